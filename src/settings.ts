/** How is the service set? The one file that reads the environment. */
import { resolve } from 'node:path';
import { z } from 'zod';

/** Every setting, with its default and meaning. The README lists exactly these. */
export const Settings = z.strictObject({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port, 0 to 65535')
    .transform(Number)
    .pipe(z.int().max(65_535, 'must be a port, 0 to 65535'))
    .default(8080)
    .meta({ description: 'The port to listen on; 0 takes a free one.' }),
  HOST: z.string().min(1, 'must be an address such as 127.0.0.1').default('127.0.0.1').meta({
    description: 'The address to listen on; 0.0.0.0 for every network of the machine.',
  }),
  DATA_DIR: z
    .string()
    .min(1, 'must be a folder')
    .default('./data')
    .transform((folder) => resolve(folder))
    .meta({ description: 'The folder of the ledger and the API keys; made where it is missing.' }),
  LEDGER: z.enum(['sqlite', 'kurrent'], 'must be sqlite or kurrent').default('sqlite').meta({
    description: 'What keeps the log: sqlite, embedded; or kurrent, a KurrentDB that several nodes share.',
  }),
  KURRENT_URL: z
    .string()
    .regex(/^(?:esdb|kurrentdb)(?:\+discover)?:\/\//, 'must be a connection string that begins with esdb://')
    .optional()
    .meta({ description: 'Where the KurrentDB is, as esdb://…; needed with LEDGER=kurrent, never printed.' }),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info')
    .meta({ description: 'The least that is logged; debug also logs every read.' }),
});
export type Settings = z.infer<typeof Settings>;

/** May hold a password, so no message repeats it. */
const secret = 'KURRENT_URL';

/** Variables by name, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** That of this process. */
export const ownEnvironment: Environment = process.env;

/** Thrown for a setting that is wrong or unknown; the message is one line for the person who starts the service. */
export class SettingsError extends Error {}

const names = Object.keys(Settings.shape);

function said(issue: z.core.$ZodIssue, environment: Environment): string {
  const name = String(issue.path[0]);
  return `${name}${name === secret ? '' : `=${environment[name] ?? ''}`}: ${issue.message}`;
}

/** Whether a name or pattern of DEBUG takes in what the client of KurrentDB tells under `esdb`. */
function takesInClient(pattern: string): boolean {
  const [before = '', ...more] = pattern.split('*');
  return pattern.includes('esdb') || (more.length > 0 && 'esdb'.startsWith(before));
}

/** Throws a SettingsError where DEBUG makes the client of KurrentDB print its connection string, and so the password. */
export function refuseTalkativeClient({ DEBUG = '' }: Environment): void {
  const patterns = DEBUG.split(/[\s,]+/).filter(takesInClient);
  if (patterns.length === 0) return;
  throw new SettingsError(
    `DEBUG=${DEBUG} makes the client of KurrentDB print the password; take ${patterns.join(', ')} out of it.`,
  );
}

/**
 * Reads the settings. A variable that begins with TIDEMARK_ is meant for this program and is none of its settings, so it
 * is refused; an empty variable counts as not set.
 */
export function readSettings(environment: Environment = ownEnvironment): Settings {
  const stray = Object.keys(environment).find((name) => name.startsWith('TIDEMARK_'));
  if (stray !== undefined)
    throw new SettingsError(`${stray} is no setting; the settings are ${names.join(', ')}.`);
  const given = Object.fromEntries(
    names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const result = Settings.safeParse(given);
  if (result.success) {
    if (result.data.LEDGER !== 'kurrent') return result.data;
    refuseTalkativeClient(environment);
    if (result.data.KURRENT_URL !== undefined) return result.data;
    throw new SettingsError('LEDGER=kurrent needs KURRENT_URL, the connection string of the KurrentDB.');
  }
  throw new SettingsError(`${result.error.issues.map((issue) => said(issue, environment)).join('; ')}.`);
}
