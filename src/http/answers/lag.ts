/** How far behind the log is a node? */
import { z } from 'zod';

export const Lag = z.strictObject({
  position: z.int().nonnegative().meta({ description: 'The last log position that this node knows.' }),
  behind: z.int().nonnegative().nullable().meta({
    description:
      'How many events of the log it does not know yet; null: the log does not say how many it has, or not within a second.',
  }),
});
export type Lag = z.infer<typeof Lag>;
