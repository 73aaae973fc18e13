/** May it ship? The form of the license determination, and its answer with the reasons on screen. */
import type { ConsideredRule, DeterminationAnswer } from '../../projections/determination/answer.ts';
import type { Evidence } from '../../projections/evidence.ts';
import type { EventId } from '../../events/identity.ts';
import { activities } from '../../events/provision.ts';
import { claimList } from '../../projections/views/claimList.ts';
import { Claims } from './Claims.tsx';
import { Standpoint } from './Page.tsx';
import type { PageStandpoint } from './questions.ts';

/** An answer, and where it stands. */
type Answered = DeterminationAnswer & { readonly at: PageStandpoint };

export type ShipFields = Readonly<Record<string, string>>;

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly fields: ShipFields;
  readonly hint?: string;
  readonly list?: string;
  readonly type?: 'text' | 'date';
}

function Field({ name, label, fields, hint, list, type = 'text' }: FieldProps) {
  return (
    <label>
      {label}
      <input type={type} name={name} value={fields[name] ?? ''} placeholder={hint} list={list} />
    </label>
  );
}

function Activity({ chosen }: { readonly chosen: string }) {
  return (
    <label>
      Activity
      <select name="activity">
        {activities.map((activity) => (
          <option value={activity} selected={activity === chosen}>
            {activity}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The form; what is left empty is left open, and the answer says what it assumes. */
export function ShipForm({
  fields,
  chips,
}: {
  readonly fields: ShipFields;
  readonly chips: readonly string[];
}) {
  return (
    <form method="get" action="/ship">
      <Field name="chip" label="Chip" fields={fields} hint="h800" list="chips" />
      <datalist id="chips">
        {chips.map((chip) => (
          <option value={chip} />
        ))}
      </datalist>
      <Activity chosen={fields['activity'] ?? 'export'} />
      <Field name="from" label="From (country code)" fields={fields} hint="US" />
      <Field name="destination" label="To (country code)" fields={fields} hint="CN" />
      <Field name="headquarters" label="End user's headquarters" fields={fields} hint="CN" />
      <Field
        name="ultimateParentHeadquarters"
        label="Headquarters of its top owner"
        fields={fields}
        hint="CN, or self"
      />
      <Field name="endUser" label="End user, if in the record" fields={fields} hint="bytedance" />
      <Field name="exporter" label="Exporter, if not the vendor" fields={fields} hint="nvidia" />
      <Field name="asOf" label="On" fields={fields} type="date" />
      <Field name="publishedBy" label="Published by" fields={fields} type="date" />
      <Field
        name="assumeProposed"
        label="As if in force (proposals)"
        fields={fields}
        hint="us-bis-iaas-kyc-nprm-2024-01"
      />
      <button type="submit">May it ship?</button>
    </form>
  );
}

const marks = { true: 'holds', false: 'does not hold', unknown: 'is not known' } as const;

function holdsText(holds: boolean | 'unknown'): string {
  return marks[`${holds}`];
}

function readingsOf(ids: readonly string[], evidence: Evidence) {
  return ids.map((id) => evidence.reading(id as EventId)).filter((reading) => reading !== null);
}

function Rule({ rule, evidence }: { readonly rule: ConsideredRule; readonly evidence: Evidence }) {
  return (
    <div class="card">
      <div>
        <strong>{rule.instrument}</strong>: {rule.text} <span class="soft">{rule.cfr.join('; ')}</span>
      </div>
      <ul class="sources">
        {rule.conditions.map((condition) => (
          <li class={condition.holds === true ? '' : 'soft'}>
            {condition.text} ({condition.input === null ? 'nothing known' : String(condition.input)}):{' '}
            {holdsText(condition.holds)}
          </li>
        ))}
      </ul>
      <Claims claims={claimList(readingsOf(rule.events, evidence), evidence)} />
    </div>
  );
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {texts.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </section>
  );
}

function policyText({ reviewPolicy }: DeterminationAnswer): string[] {
  if (reviewPolicy === null) return [];
  const otherwise = reviewPolicy.otherwise === null ? '' : `; otherwise ${reviewPolicy.otherwise}`;
  return [
    `${reviewPolicy.policy ?? 'undetermined'}${otherwise}`,
    ...reviewPolicy.conditions.map((condition) => `Open: ${condition.text}`),
  ];
}

function exceptionTexts({ exceptions }: DeterminationAnswer): string[] {
  return exceptions.map(({ code, notice, conditions }) => {
    const days = notice === null ? '' : `, notice of ${notice.days} days`;
    return `${code}${days}${conditions.map((condition) => `; ${condition.text}`).join('')}`;
  });
}

/** The same question on the day of the next change. */
function nextHref(fields: ShipFields, on: string): string {
  const query = new URLSearchParams({ ...fields, asOf: on.slice(0, 10) });
  return `/ship?${query.toString()}`;
}

/** The answer: what, under which rules, on what grounds, and what changes next. */
export function ShipAnswer({
  answer,
  evidence,
  fields,
}: {
  readonly answer: Answered;
  readonly evidence: Evidence;
  readonly fields: ShipFields;
}) {
  const counted = answer.rules.filter((rule) => rule.applies !== false);
  const others = answer.rules.filter((rule) => rule.applies === false);
  const { nextChange } = answer;
  return (
    <>
      <h2>{answer.outcome}</h2>
      <p>{answer.headline}</p>
      <Standpoint at={answer.at} />
      {answer.between === null ? null : <p class="note">Between {answer.between.join(' and ')}.</p>}
      <p>
        {nextChange === null ? 'No later change is in the record.' : 'Next change: '}
        {nextChange === null ? null : <a href={nextHref(fields, nextChange.on)}>{nextChange.on}</a>}{' '}
        <span class="soft">{nextChange === null ? '' : nextChange.because}</span>
      </p>
      <Texts title="Review policy" texts={policyText(answer)} />
      <Texts title="License exceptions" texts={exceptionTexts(answer)} />
      <h3>Why</h3>
      {counted.length === 0 ? <p class="soft">No provision of the record applies.</p> : null}
      {counted.map((rule) => (
        <Rule rule={rule} evidence={evidence} />
      ))}
      <Texts title="What would settle it" texts={answer.settledBy.map((settling) => settling.text)} />
      <Texts title="Assumed" texts={answer.assumptions} />
      <Texts title="Doubts" texts={answer.doubts} />
      <Texts
        title="Other readings"
        texts={answer.alternatives.map((other) => `${other.outcome}: ${other.because}`)}
      />
      {answer.ifEnforced === null ? null : (
        <Texts
          title="If what is not enforced were"
          texts={[`${answer.ifEnforced.outcome}: ${answer.ifEnforced.because}`]}
        />
      )}
      <Texts
        title="Also to be known"
        texts={answer.notices
          .filter((notice) => notice.reaches !== false)
          .map((notice) => `${notice.kind} (${notice.status}): ${notice.text}`)}
      />
      <details>
        <summary>Considered, and not met ({others.length})</summary>
        {others.map((rule) => (
          <Rule rule={rule} evidence={evidence} />
        ))}
      </details>
      <p class="soft">{answer.notice}</p>
    </>
  );
}
