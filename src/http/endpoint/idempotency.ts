/** Idempotency keys: where a request's key comes from, and the hash by which a repeated request is recognised. */
import type { InputIssue } from '../../core/errors.ts';
import { inputHash } from '../../core/ledger/entry.ts';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
export const REPLAYED_HEADER = 'Idempotency-Replayed';

/** 1-255 printable ASCII characters without a space at either end, which a header could not carry. */
const KEY = /^[!-~](?:[ -~]{0,253}[!-~])?$/;

/**
 * The key that a request names in its header, or in a field `idempotencyKey` or `idempotency_key` of its body.
 * `key` is undefined when it names none, and when `issues` lists what is wrong.
 */
export function readIdempotencyKey(
  headers: readonly string[],
  body: unknown,
): { readonly key: string | undefined; readonly issues: readonly InputIssue[] } {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const named = fields.filter(([name]) => name === 'idempotencyKey' || name === 'idempotency_key');
  const given: (readonly [string, unknown])[] = [
    ...headers.map((value) => [IDEMPOTENCY_HEADER, value] as const),
    ...named,
  ];
  const issues = given
    .filter(([, value]) => typeof value !== 'string' || !KEY.test(value))
    .map(([path]) => ({ path, message: 'must be 1 to 255 printable ASCII characters' }));
  if (issues.length > 0) return { key: undefined, issues };
  const keys = new Set(given.map(([, value]) => String(value)));
  if (keys.size > 1) {
    const message = 'the keys given in header and body must agree';
    return { key: undefined, issues: [{ path: IDEMPOTENCY_HEADER, message }] };
  }
  const [key] = keys;
  return { key, issues: [] };
}

/**
 * The hash of what a request asks for: operation, owner and every field in a fixed order, amounts in micros, so that
 * "1.5" and "1.50" are the same request.
 */
export function requestHash(
  operation: string,
  owner: string,
  input: Readonly<Record<string, string | bigint | boolean | undefined>>,
): string {
  const fields = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return inputHash(JSON.stringify([operation, owner, fields]));
}
