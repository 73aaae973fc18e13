import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyError, KeyName, Keyring } from '../../src/service/keys.ts';

let directory: string;
let nowMs = Date.parse('2026-11-26T12:00:00Z');
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tidemark-keys-'));
});
afterEach(() => rmSync(directory, { recursive: true }));
const keyring = () => new Keyring({ directory, clock: () => nowMs, randomBytes });

describe('a key', () => {
  it('is known by what was shown once, and kept only as a hash that its owner alone may read', () => {
    const key = keyring().add('news-desk', ['append']);
    expect(key).toMatch(/^tidemark_[\w-]{43}$/);
    expect(keyring().find(key)).toMatchObject({ name: 'news-desk', scopes: ['append'], revokedAt: null });
    expect(readFileSync(join(directory, 'keys.json'), 'utf8')).not.toContain(key.slice(9));
    expect(statSync(join(directory, 'keys.json')).mode & 0o777).toBe(0o600);
  });

  it('of another is none', () => {
    keyring().add('news-desk', ['append']);
    expect(keyring().find('tidemark_guess')).toBeNull();
    expect(keyring().find('')).toBeNull();
  });

  it('made by another process is known at once', () => {
    const running = keyring();
    expect(running.find('tidemark_guess')).toBeNull();
    const key = keyring().add('late', ['append']);
    expect(running.find(key)?.name).toBe('late');
  });

  it('revoked by another process is known within a second', () => {
    const running = keyring();
    const key = running.add('former', ['append']);
    expect(running.find(key)?.name).toBe('former');
    keyring().revoke('former');
    nowMs += 1_000;
    expect(running.find(key)).toBeNull();
  });

  it('may take the name of a revoked one, and of no other', () => {
    const ring = keyring();
    ring.add('desk', ['append']);
    expect(() => ring.add('desk', ['admin'])).toThrow(KeyError);
    ring.revoke('desk');
    expect(() => ring.revoke('desk')).toThrow('No valid key is named desk');
    ring.add('desk', ['admin']);
    expect(ring.list().map(({ name, revokedAt }) => [name, revokedAt === null])).toEqual([['desk', false], ['desk', true]]); // prettier-ignore
  });

  it.each(['', 'News Desk', 'chronicle', 'a--b', '-a', 'x'.repeat(65)])('is not named "%s"', (name) => {
    expect(KeyName.safeParse(name).success).toBe(false);
  });
});

describe('a file that is no list of keys', () => {
  it('is named, and not overwritten', () => {
    writeFileSync(join(directory, 'keys.json'), '{"keys": 7}');
    expect(() => keyring().add('desk', ['append'])).toThrow(/keys\.json is no list of keys/);
    expect(readFileSync(join(directory, 'keys.json'), 'utf8')).toBe('{"keys": 7}');
  });
});
