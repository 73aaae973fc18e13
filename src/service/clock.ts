/** What time is it? The one place that reads the clock; all else is given it. */

/** Milliseconds since 1970 in UTC. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
