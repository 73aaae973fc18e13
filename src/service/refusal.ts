/** Why did the service not do what was asked? The refusals, by the names that the catalogue of problems knows. */
import type { Subject } from '../../events/identity.ts';
import type { Flaw } from '../../events/registry.ts';

export type RefusalName =
  | 'invalid-parameter'
  | 'clock-ahead'
  | 'unknown-subject'
  | 'not-known-then'
  | 'unknown-event'
  | 'id-conflict'
  | 'wrong-revision'
  | 'event-too-large'
  | 'invalid-event'
  | 'invalid-question'
  | 'not-a-proposal'
  | 'not-ready'
  | 'unavailable'
  | 'outcome-unknown';

/** One thing that is wrong: with a parameter, or at a place of the body (RFC 6901). */
export type Fault = { readonly parameter: string; readonly message: string } | Flaw;

/** Thrown by the service for what it will not or cannot do; nothing has been recorded unless the name says otherwise. */
export class Refusal extends Error {
  override readonly name: RefusalName;
  readonly faults: readonly Fault[];

  constructor(name: RefusalName, detail: string, faults: readonly Fault[] = [], options?: ErrorOptions) {
    super(detail, options);
    this.name = name;
    this.faults = faults;
  }
}

/** Thrown where a subject has been merged into another one, under whose id it answers. */
export class Moved extends Error {
  readonly from: Subject;
  readonly into: Subject;

  constructor(from: Subject, into: Subject) {
    super(`${from} is the same as ${into} and answers under that id.`);
    this.from = from;
    this.into = into;
  }
}

/** A refusal of one parameter. */
export function refuseParameter(
  name: 'invalid-parameter' | 'clock-ahead',
  parameter: string,
  message: string,
): Refusal {
  return new Refusal(name, `${parameter} ${message}`, [{ parameter, message }]);
}
