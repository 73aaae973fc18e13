/** Which duties, caps, levies and texts bear on a question, whom do they bind, and how do they stand? */
import type { ForceStatus, HeldLicense, Notice } from './answer.ts';
import type { Facts, Rule, RuleBook } from './facts.ts';
import { activitiesOf } from './facts.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Truth } from './kleene.ts';
import { forceOf } from './ruleBook.ts';
import { boundsOf, hasBegunBy } from './timeline.ts';
import { spanAsPrinted, spanIn } from '../../events/dates.ts';

type ShownRule = RuleBook['shown'][number];

/** How a rule stands on the date; null: it is not shown, as it is over, still to come or not yet proposed. */
function statusOf(rule: ShownRule, facts: Facts): ForceStatus | null {
  const { status } = forceOf(rule, facts).force;
  if (status === 'ended' || status === 'scheduled') return null;
  const isKnown = rule.dated.instrument.firstPublished <= facts.day;
  if (status === 'proposed') return isKnown && !isDropped(rule, facts) ? status : null;
  return status;
}

function isDropped({ dated }: Rule, { day }: Facts): boolean {
  return dated.instrument.ends.some(({ from }) => hasBegunBy(from, day) === true);
}

/** Where a provision names no activities, it speaks of items; whether also of remote access is open. */
function reaches(rule: ShownRule, facts: Facts): Truth {
  const activities = activitiesOf(rule.provision);
  if (activities !== null) return activities.includes(facts.asked.activity);
  return facts.asked.activity === 'remote-access' ? 'unknown' : true;
}

/** What the item part of a levy comes to, whatever its force. */
function falls(rule: ShownRule, facts: Facts): Truth {
  return rule.judge(facts).holds;
}

function noticeOf(rule: ShownRule, status: ForceStatus, facts: Facts): Notice {
  const { provision } = rule;
  return {
    kind: provision.kind,
    instrument: rule.instrument,
    provision: rule.key,
    text: provision.text,
    status,
    reaches: reaches(rule, facts),
    binds: provision.kind === 'duty' ? { who: provision.who, must: provision.must, to: provision.to } : null,
    cap:
      provision.kind === 'cap'
        ? { measure: provision.measure, limit: provision.limit, per: provision.per }
        : null,
    levy:
      provision.kind === 'levy'
        ? { rate: provision.rate, on: provision.on, applies: falls(rule, facts) }
        : null,
    doubts: rule.doubts
      .filter(({ when }) => when === null || when(facts).holds !== false)
      .map(({ why }) => why),
  };
}

/** Those in force, not enforced, suspended or proposed on the date, in the order of the record. */
export function noticesOf(facts: Facts): Notice[] {
  return facts.book.shown.flatMap((rule) => {
    const status = statusOf(rule, facts);
    return status === null ? [] : [noticeOf(rule, status, facts)];
  });
}

/** A license is its holder's: it is shown where a party of the question holds or receives it, and it is for this chip. */
function touches({ data }: Recorded<'LicenseDecided'>, facts: Facts): boolean {
  const chip = facts.item.chipId;
  const chips = data.items.flatMap((item) => (item.chip === null ? [] : [item.chip]));
  const named: readonly string[] = [...data.licensee, ...data.recipients];
  const isForItem = chip === null || chips.length === 0 || chips.some((one) => one === chip);
  return isForItem && facts.parties.some(({ id }) => id !== null && named.includes(id));
}

function hasBegun(event: Recorded<'LicenseDecided'>, facts: Facts): boolean {
  const on = event.data.from ?? event.occurredOn;
  const since = on === null ? spanAsPrinted(event.publishedOn) : spanIn(on, 'utc');
  return hasBegunBy(boundsOf(since), facts.day) !== false;
}

/** The license decisions for a party of the question, listed beside the answer; they never change it. */
export function licensesOf(facts: Facts): HeldLicense[] {
  return facts.book.licenses
    .filter((event) => touches(event, facts) && hasBegun(event, facts))
    .map(({ id, data }) => ({
      event: id,
      decision: data.decision,
      licensees: [...data.licensee],
      recipients: [...data.recipients],
      chips: data.items.flatMap(({ chip }) => (chip === null ? [] : [chip])),
      from: data.from,
      conditions: data.conditions,
    }));
}
