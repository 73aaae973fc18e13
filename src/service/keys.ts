/** Who may write? The API keys of a data directory: made once, shown once, kept as hashes, noticed while the service runs. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const scopes = ['append', 'subscribe', 'admin'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

/** The name stands in every event that the key records. */
export const KeyName = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as "news-desk"')
  .refine((name) => name !== 'chronicle', {
    message: 'is the name under which the shipped history is recorded',
  });

const StoredKey = z.strictObject({
  name: z.string(),
  scopes: z.array(Scope),
  /** SHA-256 of the key in hex. A key is 256 random bits, so a slow hash would add nothing. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});
export type StoredKey = z.infer<typeof StoredKey>;
const KeyFile = z.strictObject({ version: z.literal(1), keys: z.array(StoredKey) });

/** How long a look at the file holds for a key that is known; an unknown key is always looked up anew. */
const looksHoldMs = 1000;

export class KeyError extends Error {}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

export interface KeyringParts {
  readonly directory: string;
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number;
  /** So many random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
}

export class Keyring {
  readonly #parts: KeyringParts;
  readonly #path: string;
  #keys: readonly StoredKey[] = [];
  #seen = '';
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: KeyringParts) {
    this.#parts = parts;
    this.#path = join(parts.directory, 'keys.json');
  }

  /** Every key, revoked ones too, in the order in which they were made. */
  list(): readonly StoredKey[] {
    this.#look();
    return this.#keys;
  }

  /** Makes a key and returns it; it is not kept and cannot be shown again. Throws a KeyError for a name in use. */
  add(name: string, granted: readonly Scope[]): string {
    if (this.list().some((key) => key.name === name && key.revokedAt === null)) {
      throw new KeyError(`A key named ${name} exists already. Choose another name, or revoke it first.`);
    }
    const key = `tidemark_${Buffer.from(this.#parts.randomBytes(32)).toString('base64url')}`;
    const hash = hashOf(key).toString('hex');
    this.#write([
      ...this.#keys,
      { name, scopes: [...granted], hash, createdAt: this.#now(), revokedAt: null },
    ]);
    return key;
  }

  /** Ends a key. Throws a KeyError where no valid key has the name. */
  revoke(name: string): void {
    const valid = this.list().some((key) => key.name === name && key.revokedAt === null);
    if (!valid) throw new KeyError(`No valid key is named ${name}. "keys list" shows those there are.`);
    const revokedAt = this.#now();
    this.#write(
      this.#keys.map((key) => (key.name === name && key.revokedAt === null ? { ...key, revokedAt } : key)),
    );
  }

  /** The valid key that was presented, or null. Compares in constant time. */
  find(presented: string): StoredKey | null {
    const isStale = this.#parts.clock() - this.#lookedAtMs >= looksHoldMs;
    if (isStale) this.#look();
    const known = this.#match(presented);
    if (known !== null || isStale) return known;
    this.#look();
    return this.#match(presented);
  }

  #match(presented: string): StoredKey | null {
    const hash = hashOf(presented);
    let found: StoredKey | null = null;
    for (const key of this.#keys) {
      if (timingSafeEqual(hash, Buffer.from(key.hash, 'hex')) && key.revokedAt === null) found = key;
    }
    return found;
  }

  /** Reads the file where it has changed since the last look. */
  #look(): void {
    this.#lookedAtMs = this.#parts.clock();
    const status = statSync(this.#path, { throwIfNoEntry: false });
    const seen = status === undefined ? 'none' : `${status.mtimeMs} ${status.size} ${status.ino}`;
    if (seen === this.#seen) return;
    this.#keys = status === undefined ? [] : this.#read();
    this.#seen = seen;
  }

  #read(): readonly StoredKey[] {
    try {
      return KeyFile.parse(JSON.parse(readFileSync(this.#path, 'utf8'))).keys;
    } catch (cause) {
      throw new KeyError(`${this.#path} is no list of keys. Mend it, or remove it and make the keys anew.`, {
        cause,
      });
    }
  }

  /** A new file takes the place of the old one at once, so that no reader sees half of it. */
  #write(keys: readonly StoredKey[]): void {
    mkdirSync(this.#parts.directory, { recursive: true, mode: 0o700 });
    const draft = `${this.#path}.new`;
    writeFileSync(draft, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.#path);
    this.#look();
  }

  #now(): string {
    return new Date(this.#parts.clock()).toISOString();
  }
}
