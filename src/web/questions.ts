/** What does the page need to ask? The one seam between the page and the service. */
import type { Response } from 'express';
import type { DeterminationAnswer } from '../../projections/determination/answer.ts';
import type { Evidence } from '../../projections/evidence.ts';

/** The two clocks of the form, as the reader typed them; absent: not set. */
export interface PageClocks {
  readonly asOf?: string | undefined;
  readonly publishedBy?: string | undefined;
}

/** Where an answer stands, as far as the page shows it. */
export interface PageStandpoint {
  readonly asOf: string;
  readonly publishedBy: string | null;
  readonly position: number;
  readonly recordedAt: string | null;
  readonly prospective: boolean;
  readonly coverage: readonly {
    readonly to: string;
    readonly text: string;
    readonly asked: 'before' | 'after' | 'both';
  }[];
}

/**
 * Gives the evidence at the clocks.
 *
 * @throws what the service throws for a date that is none, or a clock in the future; its `message` says what to do.
 */
export type PageQuestions = (clocks: PageClocks) => {
  readonly at: PageStandpoint;
  readonly evidence: Evidence;
};

/**
 * Gives the license determination for the fields of the form, and the evidence behind it. Waits for a log position that
 * is not known yet no longer than the client of the response does.
 *
 * @throws what the service throws for a field that is wrong; its `message` names the field and the remedy.
 */
export type ShipQuestions = (
  fields: Readonly<Record<string, string>>,
  response: Response,
) => Promise<{
  readonly answer: DeterminationAnswer & { readonly at: PageStandpoint };
  readonly evidence: Evidence;
}>;
