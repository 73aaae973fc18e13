/** How is a claim written down? The small pen that the families of events share. */
import type { Span, Zone } from '../../events/dates.ts';
import { spanIn, zoneOf } from '../../events/dates.ts';
import type { SubjectKind } from '../../events/identity.ts';
import { slugOf, subjectOf } from '../../events/identity.ts';
import type { Subject } from '../../events/identity.ts';
import type { Recorded } from '../../events/registry.ts';
import type { Standing } from '../../events/values.ts';
import type { Attribute, Attributes, Claim, Reading } from '../claim.ts';

/** When a fact began, and whether that is only assumed because nobody says. */
export interface Since {
  readonly from: Span;
  readonly assumed: boolean;
}

/** The zone in which the dates of an instrument are civil: that of its jurisdiction, which also begins its id. */
export function zoneOfInstrument(subject: Subject): Zone {
  return zoneOf(slugOf(subject).slice(0, 2).toUpperCase());
}

/** `occurredOn`, or publication where nobody says. */
export function sinceOf(event: Recorded, zone: Zone): Since {
  return event.occurredOn === null
    ? { from: spanIn(event.publishedOn, zone), assumed: true }
    : { from: spanIn(event.occurredOn, zone), assumed: false };
}

/** From a date that the event itself prints, else from `sinceOf`. */
export function sinceDate(date: string | null, event: Recorded, zone: Zone): Since {
  return date === null ? sinceOf(event, zone) : { from: spanIn(date, zone), assumed: false };
}

export interface Options {
  readonly key?: string;
  readonly since?: Since;
  readonly until?: Span | null;
  readonly standing?: Standing;
}

/** Writes the claims of one reading about one subject. */
export class Pen {
  readonly claims: Claim[];
  readonly reading: Reading;
  readonly subject: Subject;
  readonly zone: Zone;
  readonly since: Since;

  constructor(claims: Claim[], reading: Reading, subject: Subject, zone: Zone, since?: Since) {
    this.claims = claims;
    this.reading = reading;
    this.subject = subject;
    this.zone = zone;
    this.since = since ?? sinceOf(reading.event, zone);
  }

  /** The same pen on another subject. */
  on(kind: SubjectKind, slug: string): Pen {
    return new Pen(this.claims, this.reading, subjectOf(kind, slug), this.zone, this.since);
  }

  /** Asserts a value. */
  say<A extends Attribute>(attribute: A, value: Attributes[A], options: Options = {}): void {
    const since = options.since ?? this.since;
    this.claims.push({
      subject: this.subject,
      attribute,
      key: options.key ?? '',
      value,
      from: since.from,
      until: options.until ?? null,
      assumed: since.assumed,
      zone: this.zone,
      standing: options.standing ?? this.reading.event.standing,
      reading: this.reading,
    });
  }

  /** Asserts a value unless the event leaves it open. */
  sayIfKnown<A extends Attribute>(attribute: A, value: Attributes[A] | null, options: Options = {}): void {
    if (value !== null) this.say(attribute, value, options);
  }

  /** Asserts each of several values. */
  sayEach<A extends Attribute>(attribute: A, values: readonly Attributes[A][], options: Options = {}): void {
    for (const value of values) this.say(attribute, value, options);
  }

  /** Asserts a list unless it is empty, which only says that the report names none. */
  sayList<A extends Attribute>(
    attribute: A,
    values: Attributes[A] & readonly unknown[],
    options: Options = {},
  ): void {
    if (values.length > 0) this.say(attribute, values, options);
  }
}
