/** How is the whole state shown? */
import { z } from 'zod';
import { ChipItem } from './chip.ts';
import { ClusterItem } from './cluster.ts';
import { ControlItem } from './control.ts';
import { DealItem } from './deal.ts';
import { DestinationAnswer } from './destination.ts';
import { InstrumentAnswer } from './instrument.ts';
import { ModelItem } from './model.ts';
import { PostureAnswer } from './posture.ts';

export const StateAnswer = z.strictObject({
  instruments: z.array(InstrumentAnswer),
  controls: z.array(ControlItem),
  destinations: z.array(DestinationAnswer.nullable()),
  companies: z.array(PostureAnswer.meta({ id: 'Posture' })),
  chips: z.array(ChipItem),
  deals: z.array(DealItem),
  clusters: z.array(ClusterItem),
  models: z.array(ModelItem),
});
