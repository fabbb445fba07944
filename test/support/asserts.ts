import { expect } from 'vitest';
import type { Answer } from './http/api.ts';

/** Expects a refusal of bad input; returns the paths named in its list of errors, sorted. */
export function pathsOfErrors({ status, json, headers }: Answer): string[] {
  expect([status, json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const errors = json['errors'];
  if (!Array.isArray(errors)) throw new TypeError('a list was expected');
  for (const error of errors) expect(error).toEqual({ path: expect.any(String), message: expect.stringMatching(/./) });
  return errors.map((error: { path: string }) => error.path).toSorted();
}

/** The list that an answer holds under `name`. */
export function listIn({ json }: Answer, name: string): Record<string, unknown>[] {
  const list = json[name];
  if (!Array.isArray(list)) throw new TypeError(`a list ${name} was expected`);
  return list.map((one: object) => ({ ...one }));
}
