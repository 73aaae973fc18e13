/** Which control tests bind on the day, with which thresholds, and where does each come from? */
import type { Slug } from '../../events/identity.ts';
import { slugOf, subjectOf } from '../../events/identity.ts';
import type { Provision, ProvisionOf, Test } from '../../events/provision.ts';
import type { Claim } from '../claim.ts';
import { metricText, partyText, placeText } from '../determination/words.ts';
import type { Evidence } from '../evidence.ts';
import { standingOf } from './legalStatus.ts';
import { provisionEntry } from './provisions.ts';

function joined(parts: readonly Test[], word: 'and' | 'or'): string {
  return parts.map((part) => (parts.length > 1 ? inner(part) : testText(part))).join(` ${word} `);
}

const inner = (test: Test) => ('all' in test || 'any' in test ? `(${testText(test)})` : testText(test));

/** A condition in words: `TPP ≥ 4800 or (TPP ≥ 1600 and performance density ≥ 5.92)`. */
export function testText(test: Test): string {
  if ('all' in test) return joined(test.all, 'and');
  if ('any' in test) return joined(test.any, 'or');
  if ('not' in test) return `not ${inner(test.not)}`;
  if ('maybe' in test) return `perhaps ${inner(test.maybe)}`;
  if ('metric' in test) return metricText(test.metric, test.op, test.value);
  if ('chip' in test) return `the chip is ${test.chip.join(', ')}`;
  if ('eccn' in test) return `classified in ${test.eccn}`;
  return circumstanceText(test);
}

/** What a condition asks of the transaction and not of the item. */
function circumstanceText(
  test: Exclude<
    Test,
    | { all: Test[] }
    | { any: Test[] }
    | { not: Test }
    | { maybe: Test }
    | { metric: unknown }
    | { chip: unknown }
    | { eccn: string }
  >,
): string {
  if ('test' in test) return `meets the test ${test.test}`;
  if ('destination' in test) return `destination in ${placeText(test.destination)}`;
  if ('party' in test) return partyText(test.party.roles, test.party.headquarters);
  if ('activity' in test) return `activity is ${test.activity.join(', ')}`;
  return 'from' in test ? `from ${test.from.join(', ')}` : `yes to the question ${test.input}`;
}

type Kept = ProvisionOf<'control-test' | 'exclusion'>;

function isKept(provision: Provision): provision is Kept {
  return provision.kind === 'control-test' || provision.kind === 'exclusion';
}

/**
 * Whether a control is enforced. `enforced: "unknown"`: the day lies inside an imprecise date, or the record does not say
 * whether the rule binds. `enforcementAssumed`: no event speaks of enforcement; what binds is taken to be enforced.
 */
interface Activity {
  readonly enforced: true | 'unknown';
  readonly enforcementAssumed: boolean;
}

/** How a provision is active (determination.md, "Truth"); null: it is not. */
function activityOf(evidence: Evidence, claim: Claim<'provision'>): Activity | null {
  const { phase } = provisionEntry(evidence, claim);
  if (phase !== 'binding' && phase !== 'unknown') return null;
  const { enforcement, enforcementAssumed } = standingOf(evidence, claim.subject);
  if (enforcement === 'not-enforced') return null;
  return {
    enforced: phase === 'unknown' || enforcement === 'unknown' ? 'unknown' : true,
    enforcementAssumed: enforcementAssumed || enforcement === null,
  };
}

function shownOf(evidence: Evidence, claim: Claim<'provision'>, when: Test, activity: Activity) {
  const { key, event, cfr, text, doubts, begins } = provisionEntry(evidence, claim);
  const instrument = slugOf(claim.subject);
  return {
    key,
    instrument,
    event,
    since: begins,
    cfr,
    text,
    condition: testText(when),
    when,
    doubts,
    ...activity,
  };
}

interface Active {
  readonly provision: Kept;
  readonly shown: ReturnType<typeof shownOf>;
}

function activeOf(evidence: Evidence, instrument: Slug): Active[] {
  return evidence.claims(subjectOf('instrument', instrument), 'provision').flatMap((claim) => {
    const provision = claim.value;
    if (!isKept(provision)) return [];
    const activity = activityOf(evidence, claim);
    return activity === null
      ? []
      : [{ provision, shown: shownOf(evidence, claim, provision.when, activity) }];
  });
}

const codeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The names that tests go by: ECCN paragraphs, and those of letters, each sorted. */
function namesOf(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))].toSorted(codeUnits);
}

/**
 * The control tests that bind at `asOf`, by ECCN paragraph, then those of letters by name (`eccn` null). An item is in
 * a paragraph when one of `tests` holds and none of `exclusions` does. `condition` says the tree `when` in words.
 */
export function controlsView(evidence: Evidence) {
  const active = evidence.subjects('instrument').flatMap((slug) => activeOf(evidence, slug));
  const shown = (isWanted: (provision: Kept) => boolean) =>
    active.filter(({ provision }) => isWanted(provision)).map((one) => one.shown);
  const eccns = namesOf(
    active.flatMap(({ provision }) => (provision.kind === 'exclusion' ? provision.of : [provision.eccn])),
  );
  const names = namesOf(
    active.map(({ provision }) => (provision.kind === 'exclusion' ? undefined : provision.name)),
  );
  return [
    ...eccns.map((eccn) => ({
      eccn,
      name: null,
      tests: shown((provision) => provision.kind === 'control-test' && provision.eccn === eccn),
      exclusions: shown((provision) => provision.kind === 'exclusion' && provision.of.includes(eccn)),
    })),
    ...names.map((name) => ({
      eccn: null,
      name,
      tests: shown((provision) => provision.kind === 'control-test' && provision.name === name),
      exclusions: [],
    })),
  ];
}
