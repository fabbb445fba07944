import { expect, it } from 'vitest';
import type { Command } from '../ledger/commands.ts';
import { readRefusal, writeRefusal, type KeptRefusal } from './kept-refusal.ts';

const ROW = { org: 'an org', requestId: 'a request', atMs: 5 };
const kept = (command: Command): KeptRefusal => ({
  ...ROW,
  command,
  by: 'rule',
  code: 'CREDIT_INSUFFICIENT',
  message: '1.00 USD needed',
  judged: { seq: 7, atMs: 4 },
  actor: 'key:k',
  idempotencyKey: '12n',
  budget: null,
});
const debit = {
  op: 'debit',
  type: 'CHARGE',
  amountMicros: 0n,
  contra: 'revenue:FEATURE',
  service: 'FEATURE',
  priced: { action: 'chat', quantity: 2n ** 62n, org: null },
} as const;

it('reads what it wrote, amounts and numbers that look like amounts alike', () => {
  const refusal = kept({ ...debit, notes: { reference: '12n', userId: '34' } });
  expect(readRefusal(writeRefusal(refusal), ROW)).toEqual(refusal);
  const byBudget = { ...refusal, budget: { id: 'a budget', name: null, leftMicros: 2n ** 60n } };
  expect(readRefusal(writeRefusal(byBudget), ROW)).toEqual(byBudget);
});

it('reads what an earlier version wrote, which kept no budget', () => {
  const { budget: _budget, ...earlier } = JSON.parse(writeRefusal(kept(debit))) as Record<string, unknown>;
  expect(readRefusal(JSON.stringify(earlier), ROW)).toEqual(kept(debit));
});

it('leaves out what callers wrote, and the events of usage', () => {
  const lines = [{ id: 'ab', content: 'cd', atMs: 1 }];
  const written = writeRefusal(
    kept({
      ...debit,
      priced: { ...debit.priced, lines },
      notes: { description: 'a secret', metadata: { who: 'a secret' }, appId: 'app' },
    }),
  );
  expect(written).not.toContain('secret');
  expect(readRefusal(written, ROW).command).toEqual({ ...debit, notes: { appId: 'app' } });
  const release = writeRefusal(kept({ op: 'release', hold: 3, reason: 'a secret' }));
  expect(release).not.toContain('secret');
  expect(readRefusal(release, ROW).command).toEqual({ op: 'release', hold: 3 });
});

it.each([
  '[]',
  '{}',
  '{"by":"rule","code":"NO_CODE"}',
  JSON.stringify({ ...kept(debit), command: '{"op":7}' }, noBigints),
])('refuses to read %s', (text) => {
  expect(() => readRefusal(text, ROW)).toThrow(TypeError);
});

function noBigints(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
