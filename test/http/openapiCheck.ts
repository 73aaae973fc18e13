/** Does an answer say what the OpenAPI description promises? */
import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Response } from 'supertest';
import { endpoints } from '../../src/http/endpoints.ts';
import { openapi } from '../../src/http/openapi.ts';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export const description = openapi(endpoints, '0.0.0-test') as unknown as Description;
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(description, 'description');
const checks = new Map<string, ValidateFunction>();

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

function templateOf(path: string): string | undefined {
  const matches = Object.keys(description.paths).filter((template) => {
    const pattern = template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
    return new RegExp(`^${pattern}$`).test(path);
  });
  return matches.toSorted((a, b) => a.split('{').length - b.split('{').length)[0];
}

function checkOf(pointer: string): ValidateFunction {
  const known = checks.get(pointer);
  if (known !== undefined) return known;
  const check = ajv.compile({ $ref: `description#${pointer}` });
  checks.set(pointer, check);
  return check;
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
  const first = (check.errors ?? [])
    .slice(0, 4)
    .map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  expect({ url: `${method} ${path}`, isValid, errors: first }).toEqual({
    url: `${method} ${path}`,
    isValid: true,
    errors: [],
  });
  return response;
}
