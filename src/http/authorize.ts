/** Whose key is it, and may it do this? */
import type { Keyring, Scope } from '../service/keys.ts';
import { Problem } from './problems.ts';

const how =
  'Make one with `npm run tidemark -- keys add --name <name> --scope append` and send it as `Authorization: Bearer <key>`.';

/** The name of the key that the `Authorization` header bears. Throws a Problem `no-key` or `missing-scope`. `admin` has every scope. */
export function authorize(header: string | undefined, keyring: Keyring, scope: Scope): string {
  const [, presented] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
  const key = presented === undefined ? null : keyring.find(presented);
  if (key === null) {
    const seen =
      presented === undefined ? 'There is no key in the request.' : 'The key is unknown or revoked.';
    throw new Problem('no-key', `${seen} ${how}`, {
      headers: { 'WWW-Authenticate': 'Bearer realm="tidemark"' },
    });
  }
  if (key.scopes.includes(scope) || key.scopes.includes('admin')) return key.name;
  throw new Problem(
    'missing-scope',
    `The key ${key.name} has the scope ${key.scopes.join(', ')}; this needs ${scope}.`,
    {
      headers: {
        'WWW-Authenticate': `Bearer realm="tidemark", error="insufficient_scope", scope="${scope}"`,
      },
    },
  );
}
