/** Which instant does an HTTP date name? The rfc1123-date of RFC 7089, 2.1.1, and no other form. */

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const pattern = new RegExp(
  `^(?:${days.join('|')}), \\d{2} (?:${months.join('|')}) \\d{4} \\d{2}:\\d{2}:\\d{2} GMT$`,
);

/** `Thu, 31 May 2007 20:35:00 GMT` of seconds since 1970. */
export function httpDate(second: number): string {
  return new Date(second * 1000).toUTCString();
}

/** Seconds since 1970; null where the text is no such date, or names a day or time that does not exist. */
export function secondOfHttpDate(text: string): number | null {
  if (!pattern.test(text)) return null;
  const ms = Date.parse(text);
  // What does not print as it was read is 31 February, 25 o'clock, or a Monday that was a Tuesday.
  return Number.isNaN(ms) || httpDate(ms / 1000) !== text ? null : ms / 1000;
}
