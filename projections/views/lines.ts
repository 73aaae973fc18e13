/** So many of which chip, and who says so? One line per chip, or per unit of equivalents. */
import type { Subject } from '../../events/identity.ts';
import type { Basis, Quantity, Standing } from '../../events/values.ts';
import type { ChipQuantity } from '../../events/values.ts';
import type { Claim } from '../claim.ts';
import { lineKey } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import type { Resolved } from '../resolve.ts';
import { holding, resolve } from '../resolve.ts';
import type { ClaimStatus } from '../status.ts';
import { statusOf } from '../status.ts';
import type { Alternative } from './claimList.ts';
import { alternativesOf } from './claimList.ts';

/** `count: null` with a reason where no report gives a number; `event` is the one that gives it. */
export interface Line {
  readonly chip: string | null;
  readonly count: Quantity | null;
  readonly reason: 'not-reported' | null;
  readonly basis: Basis | null;
  readonly unit: ChipQuantity['unit'];
  readonly sharedBy: readonly string[];
  readonly note: string | null;
  readonly standing: Standing;
  /** Of the event that gives the count, or else the name. */
  readonly status: ClaimStatus;
  readonly event: string;
}

/** The claims of an attribute that hold for one of several keys. */
export function holdingFor<A extends 'chips' | 'count' | 'place' | 'amount' | 'stage'>(
  evidence: Evidence,
  subject: Subject,
  attribute: A,
  keys: readonly string[],
): Claim<A>[] {
  return keys.flatMap((key) => [...holding(evidence, subject, attribute, key)]);
}

function lineOf(
  named: ChipQuantity,
  by: Claim<'chips'>,
  count: Resolved<'count'> | null,
  evidence: Evidence,
): Line {
  const said = count?.winner ?? by;
  return {
    chip: named.chip,
    count: count === null ? null : count.winner.value.count,
    reason: count === null ? 'not-reported' : null,
    basis: count === null ? null : count.winner.value.basis,
    unit: named.unit,
    sharedBy: named.sharedBy,
    note: named.note,
    standing: said.standing,
    status: statusOf(said.reading, evidence),
    event: said.reading.event.id,
  };
}

/** The lines that the best report names, each with the best report of its count, and what other reports say instead. */
export function linesOf(
  evidence: Evidence,
  subject: Subject,
  keys: readonly string[],
): { lines: Line[]; alternatives: Alternative[] } {
  const named = resolve(holdingFor(evidence, subject, 'chips', keys));
  if (named === null) return { lines: [], alternatives: [] };
  const counts = named.winner.value.map((line) =>
    resolve(
      holdingFor(
        evidence,
        subject,
        'count',
        keys.map((key) => `${key}/${lineKey(line.chip, line.unit)}`),
      ),
    ),
  );
  return {
    lines: named.winner.value.map((line, at) => lineOf(line, named.winner, counts[at] ?? null, evidence)),
    alternatives: [
      ...alternativesOf([namesOnly(named)], 'chips'),
      ...named.winner.value.flatMap((line, at) =>
        alternativesOf([counts[at] ?? null], `count of ${lineKey(line.chip, line.unit)}`),
      ),
    ],
  };
}

/** Two reports that name the same chips do not disagree about which chips; their counts are compared line by line. */
function namesOnly(named: Resolved<'chips'>): Resolved<'chips'> {
  const names = (claim: Claim<'chips'>) =>
    claim.value
      .map((line) => lineKey(line.chip, line.unit))
      .toSorted()
      .join();
  return {
    winner: named.winner,
    losers: named.losers.filter((loser) => names(loser.claim) !== names(named.winner)),
  };
}

/** One line for each chip that any report names: what somebody holds is told chip by chip. */
export function heldLinesOf(
  evidence: Evidence,
  subject: Subject,
  claims: readonly Claim<'chips'>[],
): { lines: Line[]; alternatives: Alternative[] } {
  const keys = [...new Set(claims.map((claim) => claim.key))].toSorted();
  const parts = keys.map((key) => {
    const named = resolve(claims.filter((claim) => claim.key === key));
    const count = resolve(holding(evidence, subject, 'count', key));
    const lines =
      named === null ? [] : named.winner.value.map((line) => lineOf(line, named.winner, count, evidence));
    return { lines, alternatives: alternativesOf([count], `count of ${key.slice('held/'.length)}`) };
  });
  return {
    lines: parts.flatMap((part) => part.lines),
    alternatives: parts.flatMap((part) => part.alternatives),
  };
}
