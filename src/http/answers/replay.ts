/** What does a replay tell? */
import { z } from 'zod';
import { AtAnswer } from './at.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
export const ReplayAnswer = z.strictObject({
  at: AtAnswer,
  position: z.int().nonnegative(),
  digest: Digest.meta({
    description: 'SHA-256 of the canonical JSON (RFC 8785) of the whole state, derived from the log alone.',
  }),
  events: z.int().nonnegative().meta({ description: 'How many events were read.' }),
  seconds: z.number().nonnegative(),
  runningDigest: Digest.meta({ description: 'The same of the index from which questions are answered.' }),
  agrees: z.boolean(),
});
