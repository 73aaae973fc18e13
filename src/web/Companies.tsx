/** How does each company stand in compute, and on whose word? */
import type { postureView } from '../../projections/views/posture.ts';
import { Claims, StatusBadge } from './Claims.tsx';
import { amountText, numberText, quantityText } from './numbers.ts';

export type Posture = NonNullable<ReturnType<typeof postureView>>;
type Access = Posture['access'][number];
type Total = Posture['totals']['rented'];

const roleWords = {
  lessee: 'rents',
  lessor: 'rents out',
  buyer: 'buys',
  seller: 'sells',
  holder: 'is said to have',
  owner: 'owns',
  operator: 'operates',
  user: 'uses',
} as const;

function chipsText(access: Access): string {
  if (access.chips.length === 0) return 'chips not named';
  return access.chips
    .map((line) => {
      const what = line.chip ?? line.unit;
      const shared = line.sharedBy.length === 0 ? '' : `, shared by ${line.sharedBy.join(', ')}`;
      return line.count === null
        ? `${what}, number not reported${shared}`
        : `${quantityText(line.count)} ${what}${shared}`;
    })
    .join('; ');
}

function AccessCard({ access }: { readonly access: Access }) {
  const others = access.counterparties.map((other) => `${other.party} (${other.role})`).join(', ');
  return (
    <div class="card">
      <div>
        <strong>{roleWords[access.role]}</strong>, {access.stage} since {access.since.on}
        {access.since.assumed ? ' (counted from publication)' : ''}: {chipsText(access)}{' '}
        <StatusBadge status={access.status} /> <span class="soft">{access.standing}</span>
      </div>
      {access.place === null ? null : <div>Where: {access.place.text}</div>}
      {access.amount === null ? null : <div>{amountText(access.amount)}</div>}
      {others === '' ? null : <div class="soft">With {others}</div>}
      {access.alternatives.length === 0 ? null : (
        <div class="warn">
          Other sources say otherwise on: {access.alternatives.map((other) => other.attribute).join(', ')}
        </div>
      )}
      <Claims claims={access.claims} />
    </div>
  );
}

function totalText(total: Total): string {
  const notes = [
    total.uncounted === 0 ? null : `${total.uncounted} lines without a number`,
    total.excluded === 0 ? null : `${total.excluded} not counted`,
  ].filter((note) => note !== null);
  const units = total.units === null ? 'not reported' : `${quantityText(total.units)} chips`;
  const tpp = total.units === null || total.tpp === null ? [] : [`TPP ${quantityText(total.tpp)}`];
  return [units, ...tpp, ...notes].join('; ');
}

function Totals({ totals }: { readonly totals: Posture['totals'] }) {
  return (
    <p>
      Owned: {totalText(totals.owned)}. Rented: {totalText(totals.rented)}. On order:{' '}
      {totalText(totals.ordered)}.
    </p>
  );
}

function Plans({ spending }: { readonly spending: Posture['spending'] }) {
  return (
    <>
      {spending.map((plan) => (
        <div class="card">
          <div>
            <strong>plans to spend</strong> ({plan.of}):{' '}
            {plan.amount === null ? 'amount not reported' : amountText(plan.amount)}{' '}
            <StatusBadge status={plan.status} />
          </div>
          {plan.claim === null ? null : <div>“{plan.claim}”</div>}
          {plan.comparedWith.length === 0 ? null : <div>Compared with {plan.comparedWith.join(', ')}</div>}
          <Claims claims={plan.claims} />
        </div>
      ))}
    </>
  );
}

function Training({ models }: { readonly models: Posture['models'] }) {
  return (
    <>
      {models.flatMap((model) =>
        model.training.map((training) => (
          <div class="card">
            <div>
              <strong>{model.name ?? model.model}</strong>:{' '}
              {training.chips
                .map(
                  (line) =>
                    `${line.count === null ? 'unknown number of' : quantityText(line.count)} ${line.chip ?? line.unit}`,
                )
                .join('; ')}
              {training.chipHours === null ? '' : `; ${quantityText(training.chipHours)} chip-hours`}
              {training.cost === null ? '' : `; ${amountText(training.cost)}`}{' '}
              <StatusBadge status={training.status} /> <span class="soft">{training.standing}</span>
            </div>
            <Claims claims={training.claims} />
          </div>
        )),
      )}
    </>
  );
}

function Listings({ listings }: { readonly listings: Posture['listings'] }) {
  return (
    <>
      {listings.map((listing) => (
        <div class="card">
          <strong>listed</strong> on {listing.list} since {listing.since.on}
          {listing.footnotes.length === 0 ? '' : `, footnote ${listing.footnotes.join(', ')}`}
          <Claims claims={listing.claims} />
        </div>
      ))}
    </>
  );
}

/** Whether the record says anything of the company's compute at the date. */
export function hasCompute(posture: Posture): boolean {
  return (
    posture.access.length + posture.spending.length + posture.models.length + posture.licenses.length > 0
  );
}

function Company({ posture }: { readonly posture: Posture }) {
  const { company, totals, access } = posture;
  return (
    <details id={company.id}>
      <summary>
        <strong>{company.name ?? company.id}</strong>
        <span class="soft">
          {company.headquarters ?? 'headquarters unknown'}; {numberText(access.length)} entries; owned{' '}
          {totals.owned.units === null ? 'not reported' : quantityText(totals.owned.units)}
        </span>
      </summary>
      <Totals totals={totals} />
      {access.map((entry) => (
        <AccessCard access={entry} />
      ))}
      <Plans spending={posture.spending} />
      <Training models={posture.models} />
      <Listings listings={posture.listings} />
      {posture.nextChange === null ? null : <p>Next change: {posture.nextChange.on}</p>}
    </details>
  );
}

/** Every company of whose compute the record says something. */
export function Companies({ postures }: { readonly postures: readonly Posture[] }) {
  if (postures.length === 0) return <p class="soft">Nothing was known of any company's compute.</p>;
  return (
    <>
      {postures.map((posture) => (
        <Company posture={posture} />
      ))}
    </>
  );
}
