/** Idempotency keys: where a request's key comes from, and the hash by which a repeated request is recognised. */
import type { InputIssue } from '../../core/errors.ts';
import type { NamedKey } from '../../core/ids.ts';
import { inputHash } from '../../core/ledger/entry.ts';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
export const REPLAYED_HEADER = 'Idempotency-Replayed';

/** 1-255 printable ASCII characters without a space at either end, which a header could not carry. */
const KEY = /^[!-~](?:[ -~]{0,253}[!-~])?$/;
/** A quoted string of RFC 9651, in which a backslash stands before a quote and before a backslash. */
const QUOTED = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;

/**
 * The key that a request names in its header, or in a field `idempotencyKey` or `idempotency_key` of its body.
 * `key` is undefined when it names none, and when `issues` lists what is wrong. A quoted string is the key in its quotes,
 * unless those are no key by themselves.
 */
export function readIdempotencyKey(
  headers: readonly string[],
  body: unknown,
): { readonly key: NamedKey | undefined; readonly issues: readonly InputIssue[] } {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const named = fields.filter(([name]) => name === 'idempotencyKey' || name === 'idempotency_key');
  const given: (readonly [string, unknown])[] = [
    ...headers.map((value) => [IDEMPOTENCY_HEADER, value] as const),
    ...named,
  ];
  const keys: NamedKey[] = [];
  const issues: InputIssue[] = [];
  for (const [path, value] of given) {
    const key = typeof value === 'string' ? unquoted(value) : { text: '' };
    if (KEY.test(key.text)) keys.push(key);
    else issues.push({ path, message: 'must be 1 to 255 printable ASCII characters' });
  }
  if (issues.length > 0) return { key: undefined, issues };
  const [first] = keys;
  if (keys.some(({ text }) => text !== first?.text)) {
    const message = 'the keys given in header and body must agree';
    return { key: undefined, issues: [{ path: IDEMPOTENCY_HEADER, message }] };
  }
  return { key: keys.find(({ quoted }) => quoted !== undefined) ?? first, issues: [] };
}

function unquoted(value: string): NamedKey {
  const text = QUOTED.exec(value)?.[1]?.replaceAll(/\\(.)/g, '$1');
  return text !== undefined && KEY.test(text) ? { text, quoted: value } : { text: value };
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
