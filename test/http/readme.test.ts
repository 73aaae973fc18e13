/** Does the README tell the truth? Its questions, its example of recording, and its settings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Settings } from '../../src/settings.ts';
import type { TestService } from './service.ts';
import { openService } from './service.ts';

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const shell = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands]) => commands ?? '').join('\n');
const questions = [...shell.matchAll(/^curl (?:-H '([^']*)' )?'localhost:8080([^']*)'$/gm)].map(
  ([, header, path]) => ({ header, path: path ?? '' }),
);

/** What the text beside a question says comes of it; all others are answered. */
const statusOf = (path: string) => (path.includes('publishedBy=2022-08-28') ? 404 : 200);

let service: TestService;
beforeAll(async () => {
  service = await openService({ chronicle: true });
}, 60_000);
afterAll(() => service.close());

describe('the README', () => {
  it('has questions to try', () => {
    expect(questions.length).toBeGreaterThanOrEqual(10);
  });

  it.each(questions)('asks $path', async ({ header, path }) => {
    const headers = header === undefined ? {} : { Accept: header.replace('Accept: ', '') };
    const response = await fetch(`${service.url}${path}`, { headers });
    const type = header === undefined ? 'json' : header.replace('Accept: ', '');
    expect(response.status).toBe(statusOf(path));
    expect(response.headers.get('content-type')).toContain(type);
  });

  it('records its example', async () => {
    const [, body] = /curl -X POST localhost:8080\/v1\/events [^\n]* -d '([^']*)'/.exec(shell) ?? [];
    const response = await fetch(`${service.url}/v1/events`, {
      method: 'POST',
      headers: { Authorization: service.mayAppend, 'Content-Type': 'application/json' },
      body: body ?? '',
    });
    expect(response.status).toBe(201);
  });

  it('lists the settings, no more and no less', () => {
    const [, table] = /## Settings\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const named = [...(table ?? '').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(Settings.shape)));
  });
});
