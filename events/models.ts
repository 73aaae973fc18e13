/** Which developments of AI models can be recorded? Events on subjects of kind `model`. */
import { z } from 'zod';
import { eventType } from './eventType.ts';
import { EventId, ModelId, PartyId } from './identity.ts';
import { Amount, ChipQuantity, Quantity, Text } from './values.ts';

const on = ['model'] as const;
const Chips = z.array(ChipQuantity).default([]);

export const ModelReleased = eventType(
  'ModelReleased',
  1,
  on,
  'A model is released.',
  z.strictObject({
    name: Text,
    developer: PartyId,
    openWeights: z.boolean().nullable(),
    parametersTotal: z.number().positive().nullable(),
    parametersActive: z.number().positive().nullable(),
    comparedWith: z.array(ModelId).default([]),
    claims: z.array(Text).default([]),
  }),
);
export const TrainingClaimed = eventType(
  'TrainingClaimed',
  1,
  on,
  'Somebody says what a model was trained on and what it cost. `by: null`: neither the developer nor a party.',
  z.strictObject({
    by: PartyId.nullable(),
    chips: Chips,
    chipHours: Quantity.nullable(),
    cost: Amount.nullable(),
    costCovers: Text.nullable(),
    costExcludes: Text.nullable(),
    trainingFlop: Quantity.nullable(),
  }),
);
export const TrainingDisputed = eventType(
  'TrainingDisputed',
  1,
  on,
  'Somebody disputes what was said about the training of a model.',
  z.strictObject({
    disputes: z.array(EventId).min(1),
    by: PartyId.nullable(),
    says: Text,
    chips: Chips,
    cost: Amount.nullable(),
  }),
);

export const models = [ModelReleased, TrainingClaimed, TrainingDisputed] as const;
