/** Which rules were in force, announced or proposed, and what changes next? */
import type { instrumentView } from '../../projections/views/instrument.ts';
import type { upcomingView } from '../../projections/views/upcoming.ts';
import { Claims } from './Claims.tsx';

export type Rule = NonNullable<ReturnType<typeof instrumentView>>;
export type Upcoming = ReturnType<typeof upcomingView>;

interface Group {
  readonly title: string;
  readonly statuses: readonly (string | null)[];
  readonly empty: string;
}

const groups: readonly Group[] = [
  { title: 'In force', statuses: ['in-force'], empty: 'No rule was in force.' },
  { title: 'Announced, not yet in force', statuses: ['issued'], empty: 'None was announced.' },
  {
    title: 'Suspended, or not known to apply',
    statuses: ['suspended', 'unknown'],
    empty: 'None was suspended.',
  },
  { title: 'Proposed or reported', statuses: ['proposed', 'reported'], empty: 'None was proposed.' },
];

function enforcementText(rule: Rule): string {
  if (rule.enforcement === null) return 'not stated';
  return rule.enforcementAssumed ? `${rule.enforcement} (assumed)` : rule.enforcement;
}

function RuleRow({ rule }: { readonly rule: Rule }) {
  return (
    <tr>
      <td>
        {rule.title}
        <Claims claims={rule.claims} />
      </td>
      <td>
        {rule.jurisdiction} {rule.authority}
      </td>
      <td>{rule.since === null ? 'unknown' : rule.since.on}</td>
      <td class={rule.enforcement === 'not-enforced' ? 'warn' : ''}>{enforcementText(rule)}</td>
    </tr>
  );
}

function RuleTable({ rules }: { readonly rules: readonly Rule[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Authority</th>
            <th scope="col">Since</th>
            <th scope="col">Enforcement</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow rule={rule} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The rules by legal status. */
export function Rules({ rules }: { readonly rules: readonly Rule[] }) {
  return (
    <>
      {groups.map((group) => {
        const inGroup = rules.filter((rule) => group.statuses.includes(rule.legalStatus));
        return (
          <section>
            <h3>
              {group.title} ({inGroup.length})
            </h3>
            {inGroup.length === 0 ? <p class="soft">{group.empty}</p> : <RuleTable rules={inGroup} />}
          </section>
        );
      })}
    </>
  );
}

/** The dates that were already scheduled. */
export function Scheduled({ upcoming }: { readonly upcoming: Upcoming }) {
  if (upcoming.length === 0) return <p class="soft">Nothing was scheduled in the next 180 days.</p>;
  return (
    <ul>
      {upcoming.map((step) => (
        <li>
          <strong>{step.on}</strong> {step.kind}: {step.title} <span class="soft">{step.scope}</span>
        </li>
      ))}
    </ul>
  );
}
