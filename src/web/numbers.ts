/** How is a number of the record printed, without saying more than it says? */
import type { Amount, Quantity } from '../../events/values.ts';

const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `1,234`, `1.5 million`, `7 billion`; exact below a million. */
export function numberText(value: number): string {
  if (value >= 1e15) return value.toExponential().replace('+', '');
  if (value >= 1e9 && value % 1e6 === 0) return `${value / 1e9} billion`;
  if (value >= 1e6 && value % 1e3 === 0) return `${value / 1e6} million`;
  return Number.isInteger(value) ? grouped(value) : String(value);
}

/** `1,500`, `600,000 to 700,000`, `at least 1,500`, `up to 7 billion`. */
export function quantityText({ low, best, high }: Quantity): string {
  const range =
    low !== null && high !== null && low !== high ? `${numberText(low)} to ${numberText(high)}` : null;
  if (best !== null) return range === null ? numberText(best) : `${numberText(best)} (${range})`;
  if (range !== null) return range;
  if (low !== null) return high === null ? `at least ${numberText(low)}` : numberText(low);
  return high === null ? 'not stated' : `up to ${numberText(high)}`;
}

/** `USD 7 billion for … (2025)`. */
export function amountText(amount: Amount): string {
  const period =
    amount.period === null
      ? ''
      : ` (${[amount.period.from, amount.period.to].filter((end, at, all) => end !== null && end !== all[at - 1]).join(' to ')})`;
  return `${amount.currency} ${quantityText(amount.value)}: ${amount.what}${period}`;
}
