import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { readSettings } from '../../src/settings.ts';

describe('the settings', () => {
  it('have defaults with which the service runs on one machine', () => {
    expect(readSettings({})).toEqual({
      PORT: 8080,
      HOST: '127.0.0.1',
      DATA_DIR: resolve('data'),
      LEDGER: 'sqlite',
      LOG_LEVEL: 'info',
    });
  });

  it('come from the environment, an empty one counting as not set', () => {
    expect(
      readSettings({ PORT: '9000', HOST: '0.0.0.0', DATA_DIR: '/srv/tidemark', LOG_LEVEL: '', PATH: '/bin' }),
    ).toMatchObject({
      PORT: 9000,
      HOST: '0.0.0.0',
      DATA_DIR: '/srv/tidemark',
      LOG_LEVEL: 'info',
    });
  });

  it('let other programs be debugged, and any where there is no password', () => {
    const kurrent = { LEDGER: 'kurrent', KURRENT_URL: 'esdb://admin:secret@db' };
    expect(readSettings({ ...kurrent, DEBUG: 'express:*, -body-parser*' })).toMatchObject(kurrent);
    expect(readSettings({ DEBUG: 'esdb:*' })).toMatchObject({ LEDGER: 'sqlite' });
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT=abc: must be a port, 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT=70000: must be a port, 0 to 65535.'],
    [{ LEDGER: 'foo' }, 'LEDGER=foo: must be sqlite or kurrent.'],
    [{ LEDGER: 'kurrent' }, 'LEDGER=kurrent needs KURRENT_URL, the connection string of the KurrentDB.'],
    [
      { LEDGER: 'kurrent', KURRENT_URL: 'http://admin:secret@db' },
      'KURRENT_URL: must be a connection string that begins with esdb://.',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud: must be debug, info, warn, error or silent.'],
    [
      { TIDEMARK_PORT: '80' },
      'TIDEMARK_PORT is no setting; the settings are PORT, HOST, DATA_DIR, LEDGER, KURRENT_URL, LOG_LEVEL.',
    ],
    [
      { LEDGER: 'kurrent', KURRENT_URL: 'esdb://admin:secret@db', DEBUG: 'express:*,esdb:*' },
      'DEBUG=express:*,esdb:* makes the client of KurrentDB print the password; take esdb:* out of it.',
    ],
    [
      { LEDGER: 'kurrent', KURRENT_URL: 'esdb://admin:secret@db', DEBUG: '*' },
      'DEBUG=* makes the client of KurrentDB print the password; take * out of it.',
    ],
  ])('refuse %o in one line', (environment, line) => {
    expect(() => readSettings(environment)).toThrow(line);
  });
});
