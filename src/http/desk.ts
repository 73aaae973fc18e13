/** What do the endpoints work with? Keys, memory, figures and the description, set up around one service. */
import type { Logger } from 'pino';
import { Keyring } from '../service/keys.ts';
import type { Tidemark } from '../service/tidemark.ts';
import { AnswerMemory } from './answerMemory.ts';
import { DeterminedMemory } from './determinedMemory.ts';
import type { Desk } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { Metrics } from './metrics.ts';
import { openapi } from './openapi.ts';

/** What answers that are kept to be sent again may take in memory. */
const answerMemoryBytes = 128 * 1024 * 1024;

export interface DeskParts {
  readonly tidemark: Tidemark;
  /** The folder that holds the API keys. */
  readonly keysDirectory: string;
  readonly logger: Logger;
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly version: string;
}

export function createDesk({ keysDirectory, randomBytes, ...parts }: DeskParts): Desk {
  const memory = new AnswerMemory(answerMemoryBytes);
  const keyring = new Keyring({ directory: keysDirectory, clock: parts.clock, randomBytes });
  const metrics = new Metrics(parts.tidemark, () => memory.count);
  let description: string | null = null;
  return {
    ...parts,
    keyring,
    memory,
    determined: new DeterminedMemory(),
    metrics,
    description: () => (description ??= JSON.stringify(openapi(endpoints, parts.version))),
  };
}
