/** What holds on a day, when it changes on few days? Step functions of civil days, and imprecise dates as bounds. */
import type { Day, Span } from '../../events/dates.ts';
import type { Truth } from './kleene.ts';

/** The days between which something begins: not before `earliest`, surely from `latest` on. */
export interface Bounds {
  readonly earliest: Day;
  readonly latest: Day;
}

/** The bounds of a date as it is written. */
export function boundsOf(span: Span): Bounds {
  return { earliest: span.earliest, latest: span.latest };
}

/** Whether it has begun: unknown while the day lies inside an imprecise date (determination.md, "Truth"). */
export function hasBegunBy(bounds: Bounds, day: Day): Truth {
  if (day < bounds.earliest) return false;
  return day < bounds.latest ? 'unknown' : true;
}

/** Both ends of the bounds; one day where the date is precise. */
export function endsOf(bounds: Bounds): Day[] {
  return bounds.earliest === bounds.latest ? [bounds.earliest] : [bounds.earliest, bounds.latest];
}

/** A value that holds from a day until the day of the next step. */
export interface Step<Value> {
  readonly from: Day;
  readonly value: Value;
}

/** Earlier than every date of the record. */
export const beginningOfTime = -1_000_000_000 as Day;

/** The steps of a function that can change on the given days alone; equal neighbors are one step. */
export function stepsOf<Value>(
  days: Iterable<Day>,
  valueOn: (day: Day) => Value,
  isSame: (one: Value, other: Value) => boolean,
): Step<Value>[] {
  const steps: Step<Value>[] = [{ from: beginningOfTime, value: valueOn(beginningOfTime) }];
  for (const from of [...new Set(days)].toSorted((one, other) => one - other)) {
    const value = valueOn(from);
    const last = steps.at(-1);
    if (last === undefined || !isSame(last.value, value)) steps.push({ from, value });
  }
  return steps;
}

/** The step that holds on a day. The steps are those of `stepsOf`, of which the first has no beginning. */
export function stepOn<Value>(steps: readonly Step<Value>[], day: Day): Step<Value> {
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step !== undefined && step.from <= day) return step;
  }
  throw new RangeError('a step function has a first step without a beginning: build it with stepsOf');
}
