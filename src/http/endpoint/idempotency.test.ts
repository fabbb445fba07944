import { describe, expect, it } from 'vitest';
import { readIdempotencyKey, requestHash } from './idempotency.ts';

describe('the idempotency key of a request', () => {
  it('comes from the header or either body field', () => {
    expect(readIdempotencyKey(['k'], {}).key).toEqual({ text: 'k' });
    expect(readIdempotencyKey([], { idempotencyKey: 'k' }).key).toEqual({ text: 'k' });
    expect(readIdempotencyKey([], { idempotency_key: 'k' }).key).toEqual({ text: 'k' });
    expect(readIdempotencyKey(['k'], { idempotencyKey: 'k', idempotency_key: 'k' }).key).toEqual({ text: 'k' });
    expect(readIdempotencyKey([], undefined)).toEqual({ key: undefined, issues: [] });
  });

  it.each([
    [['a', 'b'], {}],
    [['a'], { idempotencyKey: 'b' }],
    [[], { idempotencyKey: 'a', idempotency_key: 'b' }],
  ])('must be one: %j %j', (headers, body) => {
    expect(readIdempotencyKey(headers, body).issues).toEqual([
      { path: 'Idempotency-Key', message: 'the keys given in header and body must agree' },
    ]);
  });

  it.each(['', ' ', ' a', 'a ', 'é', 'a\n', 'x'.repeat(256)])('cannot be %j', (key) => {
    expect(readIdempotencyKey([key], {}).issues).toHaveLength(1);
    expect(readIdempotencyKey([], { idempotencyKey: key }).issues[0]?.path).toBe('idempotencyKey');
  });

  it.each([7, null, ['a'], {}])('cannot be %j in a body', (idempotencyKey) => {
    expect(readIdempotencyKey([], { idempotencyKey }).issues).toHaveLength(1);
  });

  it('takes 255 characters', () => {
    for (const key of ['x'.repeat(255), `"${'x'.repeat(255)}"`]) {
      expect(readIdempotencyKey([key], {}).key?.text).toBe('x'.repeat(255));
    }
  });

  it.each([
    ['"k"', 'k'],
    ['"a \\"b\\" \\\\"', 'a "b" \\'],
  ])('S06 %s is the key in its quotes', (quoted, text) => {
    expect(readIdempotencyKey([quoted], {}).key).toEqual({ text, quoted });
    expect(readIdempotencyKey([text], { idempotencyKey: quoted }).key).toEqual({ text, quoted });
  });

  it.each(['""', '"', '" k"', '"k', '"a"b"', '"\\k"', `"${'x'.repeat(253)}`])(
    'S06 %s is a key as it stands',
    (text) => {
      expect(readIdempotencyKey([text], {}).key).toEqual({ text });
    },
  );
});

describe('the hash of a request', () => {
  const input = { amountMicros: 1n, reference: 'r', appId: undefined };
  const base = requestHash('debit', 'org', input);

  it('does not depend on the order of fields or on absent ones', () => {
    expect(requestHash('debit', 'org', { reference: 'r', amountMicros: 1n })).toBe(base);
  });

  it('depends on operation, org and every field', () => {
    const others = [
      requestHash('hold', 'org', input),
      requestHash('debit', 'other', input),
      requestHash('debit', 'org', { ...input, amountMicros: 2n }),
      requestHash('debit', 'org', { ...input, reference: 'q' }),
      requestHash('debit', 'org', { ...input, appId: 'a' }),
      requestHash('debit', 'org', { amountMicros: 1n, appId: 'r' }),
    ];
    expect(new Set([base, ...others]).size).toBe(others.length + 1);
  });
});
