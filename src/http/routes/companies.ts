/** Companies: who they are, and the compute they have, rent, ordered or plan. */
import { subjectOf } from '../../../events/identity.ts';
import { CompanyAnswer, CompanyItem } from '../answers/company.ts';
import { PostureAnswer } from '../answers/posture.ts';
import { TimelineItem } from '../answers/timeline.ts';
import { hindsightParameter } from '../parameters.ts';
import { list, pageOf, question } from '../question.ts';
import { SubjectPath } from '../subjectPath.ts';

const one = {
  params: SubjectPath,
  query: hindsightParameter,
  problems: ['unknown-subject', 'not-known-then'],
} as const;

export const companies = [
  list({
    path: '/v1/companies',
    says: 'Every company that a visible event names.',
    params: {},
    query: {},
    item: CompanyItem,
    ask: (ask, standpoint, _input, slice) => pageOf(ask.companies(standpoint), slice),
  }),
  question({
    ...one,
    path: '/v1/companies/{id}',
    says: 'One company: identity, headquarters, parents, and the lists it is on.',
    answer: { company: CompanyAnswer },
    ask: (ask, standpoint, { id, hindsight }) => ask.one('company', id, standpoint, { hindsight }),
  }),
  question({
    ...one,
    path: '/v1/companies/{id}/posture',
    says: 'The compute posture of a company: what it owns, rents, ordered and plans, and who says so.',
    answer: PostureAnswer.shape,
    ask: (ask, standpoint, { id, hindsight }) => ask.posture(id, standpoint, { hindsight }),
  }),
  list({
    ...one,
    path: '/v1/companies/{id}/timeline',
    says: 'The dated steps of one company.',
    item: TimelineItem,
    ask: (ask, standpoint, { id, hindsight }, slice) =>
      pageOf(ask.timeline(subjectOf('party', id), standpoint, { hindsight }), slice),
  }),
];
