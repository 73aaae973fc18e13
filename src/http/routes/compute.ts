/** Chips, deals, clusters and models: what there is to compute on, who has it, and what was made with it. */
import { ChipAnswer, ChipItem } from '../answers/chip.ts';
import { ClusterAnswer, ClusterItem } from '../answers/cluster.ts';
import { DealAnswer, DealItem } from '../answers/deal.ts';
import { ModelAnswer, ModelItem } from '../answers/model.ts';
import { hindsightParameter } from '../parameters.ts';
import { list, pageOf, question } from '../question.ts';
import { SubjectPath } from '../subjectPath.ts';

const one = {
  params: SubjectPath,
  query: hindsightParameter,
  problems: ['unknown-subject', 'not-known-then'],
} as const;
const all = { params: {}, query: {} } as const;

export const compute = [
  list({
    ...all,
    path: '/v1/chips',
    says: 'Every chip, with its figures.',
    item: ChipItem,
    ask: (ask, standpoint, _input, slice) => pageOf(ask.chips(standpoint), slice),
  }),
  question({
    ...one,
    path: '/v1/chips/{id}',
    says: 'One chip: its figures, each with its ground and source.',
    answer: { chip: ChipAnswer },
    ask: (ask, standpoint, { id, hindsight }) => ask.one('chip', id, standpoint, { hindsight }),
  }),
  list({
    ...all,
    path: '/v1/deals',
    says: 'Every deal: purchases, rentals, and what became of them.',
    item: DealItem,
    ask: (ask, standpoint, _input, slice) => pageOf(ask.deals(standpoint), slice),
  }),
  question({
    ...one,
    path: '/v1/deals/{id}',
    says: 'One deal, with every side of it.',
    answer: { deal: DealAnswer },
    ask: (ask, standpoint, { id, hindsight }) => ask.one('deal', id, standpoint, { hindsight }),
  }),
  list({
    ...all,
    path: '/v1/clusters',
    says: 'Every cluster, with its owner, operator and users.',
    item: ClusterItem,
    ask: (ask, standpoint, _input, slice) => pageOf(ask.clusters(standpoint), slice),
  }),
  question({
    ...one,
    path: '/v1/clusters/{id}',
    says: 'One cluster.',
    answer: { cluster: ClusterAnswer },
    ask: (ask, standpoint, { id, hindsight }) => ask.one('cluster', id, standpoint, { hindsight }),
  }),
  list({
    ...all,
    path: '/v1/models',
    says: 'Every model, by whom and since when.',
    item: ModelItem,
    ask: (ask, standpoint, _input, slice) => pageOf(ask.models(standpoint), slice),
  }),
  question({
    ...one,
    path: '/v1/models/{id}',
    says: 'One model: what it was trained on, at what claimed cost, and who disputes it.',
    answer: { model: ModelAnswer },
    ask: (ask, standpoint, { id, hindsight }) => ask.one('model', id, standpoint, { hindsight }),
  }),
];
