import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { endpoints } from '../../src/http/endpoints.ts';
import { problemNames } from '../../src/http/problems.ts';
import { problemsTable } from '../../src/http/problemsTable.ts';
import { asDescribed, description } from './openapiCheck.ts';
import type { TestService } from './service.ts';
import { openService } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());
const get = async (path: string) => asDescribed(await request(service.url).get(path));

describe('the addresses', () => {
  it('say what they take when asked otherwise', async () => {
    const answer = asDescribed(await request(service.url).delete('/v1/events'));
    expect([answer.status, answer.body.type, answer.headers['allow']]).toEqual([
      405,
      '/problems/method-not-allowed',
      'GET, HEAD, POST, OPTIONS',
    ]);
    expect((await request(service.url).options('/v1/state')).headers['allow']).toBe('GET, HEAD, OPTIONS');
  });

  it('that are none are unknown-route', async () => {
    for (const path of ['/v1/nothing', '/v2/state', '/V1/state']) {
      const { status, body } = await request(service.url).get(path);
      expect([status, body.type]).toEqual([404, '/problems/unknown-route']);
    }
  });

  it('that are not well encoded are a problem of the client', async () => {
    const { status, body } = await request(service.url).get('/v1/models/%E0%A4%A');
    expect([status, body.type]).toEqual([400, '/problems/invalid-parameter']);
  });

  it('answer HEAD like GET, without the body', async () => {
    const head = await request(service.url).head('/v1/models?asOf=2026-01-01');
    const whole = await request(service.url)
      .get('/v1/models?asOf=2026-01-01')
      .set('Accept-Encoding', 'identity');
    expect([head.status, head.text ?? '', head.headers['content-length']]).toEqual([
      200,
      '',
      String(whole.text.length),
    ]);
  });
});

describe('the service itself', () => {
  it('is alive, ready, and of a version', async () => {
    expect((await get('/livez')).body).toEqual({ status: 'alive' });
    expect((await get('/readyz')).body).toEqual({ status: 'ready', position: 0, behind: 0 });
    expect((await get('/version')).body).toEqual({ name: 'tidemark', version: '0.0.0-test', position: 0 });
  });

  it('is alive and not ready before the log is taken in', async () => {
    const young = await openService({ isStarted: false });
    expect((await request(young.url).get('/livez')).status).toBe(200);
    for (const path of ['/readyz', '/v1/state']) {
      const answer = asDescribed(await request(young.url).get(path));
      expect([answer.status, answer.body.type]).toEqual([503, '/problems/not-ready']);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    }
    await young.close();
  });

  it('tells its figures to Prometheus', async () => {
    await get('/v1/models?asOf=2026-01-02');
    const { text, headers } = await get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('tidemark_http_requests_total{method="GET",route="/v1/models",status="200"}');
    for (const name of [
      'tidemark_position',
      'tidemark_subscribers',
      'tidemark_remembered_answers_total',
      'tidemark_events_recorded_total',
    ]) {
      expect(text).toContain(`# TYPE ${name} `);
    }
  });

  it('keeps the request id of the client, and gives one where there is none', async () => {
    const given = await request(service.url).get('/v1/models').set('X-Request-Id', 'desk-7');
    expect(given.headers['x-request-id']).toBe('desk-7');
    expect((await request(service.url).get('/livez')).headers['x-request-id']).toMatch(/^spec-/);
    const unlawful = await request(service.url).get('/livez').set('X-Request-Id', 'a b<script>');
    expect(unlawful.headers['x-request-id']).toMatch(/^spec-/);
  });

  it('lets nothing in its answers run, be framed or be guessed at', async () => {
    const { headers } = await get('/v1/models');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 and names every endpoint', async () => {
    const { body } = await get('/openapi.json');
    expect(body.openapi).toMatch(/^3\.1/);
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.toSorted()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it('refers to nothing that it does not have', () => {
    const text = JSON.stringify(description);
    const components = (description as unknown as { components: { schemas: object } }).components.schemas;
    const referred = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]),
    );
    expect([...referred].filter((name) => !(String(name) in components))).toEqual([]);
    expect(text).not.toContain('#/$defs');
  });

  it('describes each parameter and names the clocks of every question', () => {
    const posture = description.paths['/v1/companies/{id}/posture']?.['get'] as unknown as {
      parameters: { name: string; in: string }[];
    };
    expect(posture.parameters.map(({ name, in: where }) => `${where} ${name}`)).toEqual([
      'path id',
      'query asOf',
      'query publishedBy',
      'query recordedBy',
      'query hindsight',
      'header Accept-Datetime',
    ]);
  });

  it('can be read at /docs with nothing from elsewhere', async () => {
    const page = await request(service.url).get('/docs/');
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/https?:\/\//);
    const loaded = [...page.text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map((match) =>
      String(match[1]),
    );
    expect(loaded).toHaveLength(4);
    for (const file of loaded) expect((await request(service.url).get(file)).status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });
});

describe('the catalogue of problems', () => {
  it('is served, problem by problem', async () => {
    const { body } = await get('/problems');
    expect(body.problems.map((problem: { name: string }) => problem.name)).toEqual(problemNames);
    expect((await get('/problems/not-known-then')).body).toMatchObject({
      status: 404,
      name: 'not-known-then',
    });
    expect((await get('/problems/nothing')).status).toBe(404);
  });

  it('is what OpenAPI names, no more and no less', () => {
    const named = new Set(
      [...JSON.stringify(description).matchAll(/`([a-z-]+)`: [A-Z]/g)].map((match) => match[1]),
    );
    // What has no address has no description.
    named.add('unknown-route');
    expect(named).toEqual(new Set(problemNames));
  });

  it('is what the README lists, no more and no less', () => {
    const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
    expect(readme).toContain(problemsTable());
  });
});
