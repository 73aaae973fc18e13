/** Does an answer say what the OpenAPI description promises? */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { ValidateFunction } from 'ajv';
import type { Response } from 'supertest';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What prepare.mjs wrote before the suite. */
const prepared = join(import.meta.dirname, '..', '..', 'dist', 'for-tests');
const read = (name: string): unknown => JSON.parse(readFileSync(join(prepared, name), 'utf8'));

/** The description of the interface. */
export const description = read('openapi.json') as Description;
/** By the pointer to the schema, the program that checks a body against it. */
const programs = read('checks.json') as Readonly<Record<string, string>>;
const load = createRequire(import.meta.url);

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

function templateOf(path: string): string | undefined {
  const matches = Object.keys(description.paths).filter((template) => {
    const pattern = template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
    return new RegExp(`^${pattern}$`).test(path);
  });
  return matches.toSorted((a, b) => a.split('{').length - b.split('{').length)[0];
}

function checkOf(pointer: string): ValidateFunction {
  const program = programs[pointer];
  if (program === undefined) throw new Error(`the description has no schema at ${pointer}`);
  return load(join(prepared, program)) as ValidateFunction;
}

/** Fails unless the description has the answer's status and type, and its body is of the schema. Returns the answer. */
export function asDescribed<R extends Response>(response: R): R {
  const { method, url } = response.request as unknown as { method: string; url: string };
  const path = new URL(url).pathname;
  const template = templateOf(path);
  if (template === undefined) {
    expect(response.status).toBe(404);
    return response;
  }
  const operation = description.paths[template]?.[method.toLowerCase()];
  if (operation === undefined) return response;
  const status = String(response.status);
  expect(Object.keys(operation.responses)).toContain(status);
  if (response.status === 304 || method === 'HEAD') return response;
  const type = response.headers['content-type']?.split(';')[0] ?? '';
  expect(Object.keys(operation.responses[status]?.content ?? {})).toContain(type);
  if (!type.includes('json') || type.includes('ndjson')) return response;
  const steps = ['paths', template, method.toLowerCase(), 'responses', status, 'content', type, 'schema'];
  const check = checkOf(steps.map((step) => `/${escaped(step)}`).join(''));
  const isValid = check(response.body);
  const errors = (check.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
  expect({ url: `${method} ${path}`, isValid, errors }).toEqual({
    url: `${method} ${path}`,
    isValid: true,
    errors: [],
  });
  return response;
}
