/** Instruments, controls, destinations, and what changes next: the regulatory state. */
import { z } from 'zod';
import { ControlItem } from '../answers/control.ts';
import { DestinationAnswer } from '../answers/destination.ts';
import { InstrumentAnswer, InstrumentItem, LegalStatus } from '../answers/instrument.ts';
import { StateAnswer } from '../answers/state.ts';
import { TimelineItem, UpcomingItem } from '../answers/timeline.ts';
import { subjectOf } from '../../../events/identity.ts';
import { hindsightParameter, wholeNumber } from '../parameters.ts';
import { list, pageOf, question } from '../question.ts';
import { SubjectPath } from '../subjectPath.ts';

const known = ['unknown-subject', 'not-known-then'] as const;
/** How far `upcoming` looks where nobody says. */
const defaultDays = 90;

export const regulation = [
  question({
    path: '/v1/state',
    says: "The whole regulatory state and every company's posture.",
    params: {},
    query: {},
    answer: StateAnswer.shape,
    ask: (ask, standpoint) => ask.state(standpoint),
  }),
  list({
    path: '/v1/instruments',
    says: 'Rules, letters, acts, bills and guidance, with their legal status, enforcement and dates.',
    params: {},
    query: {
      jurisdiction: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'Country code of the authority.', examples: ['US'] }),
      authority: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ examples: ['BIS'] }),
      legalStatus: LegalStatus.optional(),
      q: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'Words that the title or id must contain.' }),
    },
    item: InstrumentItem,
    ask: (ask, standpoint, { jurisdiction, authority, legalStatus, q }, slice) =>
      pageOf(ask.instruments(standpoint, { jurisdiction, authority, legalStatus, q }), slice),
  }),
  question({
    path: '/v1/instruments/{id}',
    says: 'One instrument, with its provisions and the events behind it.',
    params: SubjectPath,
    query: hindsightParameter,
    problems: known,
    answer: { instrument: InstrumentAnswer },
    ask: (ask, standpoint, { id, hindsight }) => ask.one('instrument', id, standpoint, { hindsight }),
  }),
  list({
    path: '/v1/instruments/{id}/timeline',
    says: 'The dated steps of one instrument.',
    params: SubjectPath,
    query: hindsightParameter,
    problems: known,
    item: TimelineItem,
    ask: (ask, standpoint, { id, hindsight }, slice) =>
      pageOf(ask.timeline(subjectOf('instrument', id), standpoint, { hindsight }), slice),
  }),
  list({
    path: '/v1/controls',
    says: 'The control tests in force per ECCN, with thresholds and where each comes from.',
    params: {},
    query: {},
    item: ControlItem,
    ask: (ask, standpoint, _input, slice) => pageOf(ask.controls(standpoint), slice),
  }),
  question({
    path: '/v1/destinations/{code}',
    says: 'The country groups and special arrangements of one destination.',
    params: { code: SubjectPath.id.meta({ description: 'ISO 3166-1 alpha-2 code.', examples: ['CN'] }) },
    query: hindsightParameter,
    problems: known,
    answer: { destination: DestinationAnswer },
    ask: (ask, standpoint, { code, hindsight }) => ask.one('destination', code, standpoint, { hindsight }),
  }),
  list({
    path: '/v1/upcoming',
    says: 'Scheduled effective, compliance, comment and sunset dates after asOf, soonest first.',
    params: {},
    query: {
      days: wholeNumber(1, 36_600)
        .optional()
        .meta({ description: `How many days to look ahead; ${defaultDays} where it is not given.` }),
    },
    item: UpcomingItem,
    ask: (ask, standpoint, { days }, slice) => pageOf(ask.upcoming(standpoint, days ?? defaultDays), slice),
  }),
];
