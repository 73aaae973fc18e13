/** What would one do without an index of our own? A bitemporal table in SQLite, indexed as well as can be. */
import { DatabaseSync } from '@photostructure/sqlite';
import type { Recorded } from '../../events/registry.ts';
import { claimsOf } from '../../projections/claims/claimsOf.ts';
import type { Attribute, Claim } from '../../projections/claim.ts';
import { resolution } from '../../projections/claim.ts';
import type { Clocks, Moment } from '../../projections/clocks.ts';
import { dayAt } from '../../projections/clocks.ts';
import type { ClaimIndex } from '../../projections/claimIndex.ts';
import { rankOf } from '../../projections/resolve.ts';
import { isKeeper, readingOf } from '../../projections/readings.ts';
import { utc } from '../../events/dates.ts';
import type { Subject } from '../../events/identity.ts';
import { eventsOf } from './indexed.ts';

/**
 * One row for each claim. It is seen from position `seen` until `unseen`. Both indexes hold every column that a query
 * reads, in the order in which a winner is chosen, so that the first row that fits is the answer.
 */
const schema = `
  PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA mmap_size = 8000000000;
  CREATE TABLE claim (
    subject TEXT NOT NULL, attribute TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    starts INTEGER NOT NULL, ends INTEGER NOT NULL, published INTEGER NOT NULL,
    seen INTEGER NOT NULL, unseen INTEGER NOT NULL, rumoured INTEGER NOT NULL, standing INTEGER NOT NULL
  ) STRICT;`;
const indexes = `
  CREATE INDEX as_state ON claim
    (subject, attribute, key, rumoured, starts DESC, standing, published DESC, seen DESC, ends, unseen, value);
  CREATE INDEX as_description ON claim
    (subject, attribute, key, standing, published DESC, seen DESC, starts, ends, unseen, value);
  ANALYZE;`;
const visible =
  'starts <= $asOf AND ends > $asOf AND published <= $publishedBy AND seen <= $position AND unseen > $position';
const stateOrder = 'rumoured, starts DESC, standing, published DESC, seen DESC';
const descriptionOrder = 'standing, published DESC, seen DESC';
const never = 1_000_000_000;
type Statement = ReturnType<InstanceType<typeof DatabaseSync>['prepare']>;

const dayOf = (moment: Moment | null): number => (moment === null ? never : dayAt(moment, utc));

/** One attribute of one subject, of which there is a winner at a time. */
export interface AskedAttribute {
  readonly subject: Subject;
  readonly attribute: Attribute;
  readonly key: string;
}

/** The table, open, and its questions. */
export class BitemporalTable {
  readonly #database: InstanceType<typeof DatabaseSync>;
  readonly #statements = new Map<string, Statement>();

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(schema);
  }

  /** Takes every claim of every event; a corrected or retracted event is seen until its first correction. */
  load(index: ClaimIndex, progress: (text: string) => void): void {
    const events = eventsOf(index);
    const unseen = unseenFrom(events);
    const insert = this.#database.prepare(
      `INSERT INTO claim VALUES (${Array.from({ length: 11 }, () => '?').join(', ')})`,
    );
    this.#database.exec('BEGIN');
    for (const event of events) {
      for (const claim of claimsOf(readingOf(event, event)))
        insert.run(...rowOf(claim, unseen.get(event.id) ?? never));
      if (event.seq % 20_000 === 0) progress(`${event.seq.toLocaleString('en')} events in the table`);
    }
    this.#database.exec('COMMIT');
    progress('building its indexes');
    this.#database.exec(indexes);
  }

  /** The winning value of an attribute, parsed. */
  winner({ subject, attribute, key }: AskedAttribute, clocks: Clocks): unknown {
    const kind = resolution[attribute] === 'state' ? 'state' : 'description';
    const row = this.#statementFor(kind).get({ subject, attribute, key, ...times(clocks) });
    return row === undefined ? null : JSON.parse(String(row.value));
  }

  #statementFor(kind: 'state' | 'description') {
    const known = this.#statements.get(kind);
    if (known !== undefined) return known;
    const order = kind === 'state' ? stateOrder : descriptionOrder;
    const made = this.#database.prepare(
      `SELECT value FROM claim INDEXED BY as_${kind} WHERE subject = $subject AND attribute = $attribute AND key = $key AND ${visible} ORDER BY ${order} LIMIT 1`,
    );
    this.#statements.set(kind, made);
    return made;
  }

  /** Every attribute of which a winner can be asked, by subject. */
  attributes(): Map<Subject, AskedAttribute[]> {
    const rows = this.#database
      .prepare('SELECT DISTINCT subject, attribute, key FROM claim')
      .all() as AskedAttribute[];
    const askable = rows.filter(({ attribute }) => resolution[attribute] !== 'set');
    const bySubject = new Map<Subject, AskedAttribute[]>();
    for (const asked of askable)
      bySubject.set(asked.subject, [...(bySubject.get(asked.subject) ?? []), asked]);
    return bySubject;
  }

  close(): void {
    this.#database.close();
  }
}

function times({ asOf, publishedBy, position }: Clocks) {
  return { asOf: dayOf(asOf), publishedBy: dayOf(publishedBy), position };
}

function rowOf(claim: Claim, unseen: number): (string | number)[] {
  const { subject, attribute, key, value, from, until, standing, reading } = claim;
  const ends = until === null ? never : until.earliest;
  const rumoured = standing === 'rumoured' ? 1 : 0;
  const seen = [reading.publication.latest, reading.position, unseen, rumoured, rankOf(standing)];
  return [subject, attribute, key, JSON.stringify(value), from.earliest, ends, ...seen];
}

function unseenFrom(events: readonly Recorded[]): ReadonlyMap<string, number> {
  const unseen = new Map<string, number>();
  for (const event of events) {
    if (isKeeper(event) && !unseen.has(event.data.event)) unseen.set(event.data.event, event.seq + 1);
  }
  return unseen;
}
