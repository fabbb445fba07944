import { expect, test } from 'vitest';
import {
  composeEvidence,
  EVIDENCE_CHARS_MAX,
  evidenceHash,
  evidenceText,
  type EvidenceFacts,
  type Use,
} from './evidence.ts';

const use = (n: number, reference: string | null = `r-${n}`): Use => ({
  atMs: Date.UTC(2026, 10, 1) + n * 60_000,
  entry: `ent_${n}`,
  service: 'AI_API',
  amountMicros: 10_000n,
  reference,
  appId: null,
});

const facts: EvidenceFacts = {
  dispute: { id: 'dp_1', reason: 'fraudulent' },
  order: {
    id: 'order-1',
    pack: 'growth',
    priceMicros: 25_000_000n,
    bonusMicros: 5_000_000n,
    freeGiftCards: 10,
    openedAtMs: Date.UTC(2026, 10, 1),
    payment: 'pi_1',
    charge: 'ch_1',
    receiptUrl: 'https://pay.example/receipt',
  },
  steps: [{ atMs: Date.UTC(2026, 10, 1), what: 'paid', source: 'provider' }],
  consents: [{ atMs: Date.UTC(2026, 9, 1), to: 'automatic purchases', by: 'user:u1' }],
  uses: { first: [use(1)], last: [], count: 1, amountMicros: 10_000n, whole: true },
};

test('says what was sold, how it was used with service, time and reference, and what was agreed to', () => {
  const evidence = composeEvidence(facts);
  expect(evidence.product).toContain('Price: 25.00 USD\nCredit: 30.00 USD\nVouchers that came with it: 10');
  expect(evidence.activity).toBe(
    '1 uses of this credit, 0.01 USD in all. Times are UTC.\n2026-11-01T00:01:00.000Z AI_API 0.01 USD reference r-1 (ent_1)',
  );
  expect(evidence.statement).toContain('Dispute dp_1, reason fraudulent. Order order-1.\nPayment pi_1, charge ch_1.');
  expect(evidence.statement).toContain('2026-10-01T00:00:00.000Z automatic purchases (user:u1)');
  expect(evidence.statement).toContain('2026-11-01T00:00:00.000Z paid (provider)');
  for (const text of Object.values(evidence)) expect(evidenceText(evidence)).toContain(text);
});

test('of credit that nothing was used of says so, and of a payer without consents how it was paid', () => {
  const uses = { first: [], last: [], count: 0, amountMicros: 0n, whole: true };
  const { activity, statement } = composeEvidence({ ...facts, uses, consents: [] });
  expect(activity).toBe('Nothing of this credit has been used yet.');
  expect(statement).toContain("entered the payment on the provider's own page");
});

test('fits the bounds of providers: the middle of a long log is left out and counted', () => {
  const all = Array.from({ length: 500 }, (_, n) => use(n, 'x'.repeat(200)));
  const uses = {
    first: all.slice(0, 250),
    last: all.slice(250),
    count: 100_000,
    amountMicros: 1_000_000_000n,
    whole: false,
  };
  const long = { ...facts, uses, steps: Array.from({ length: 5_000 }, () => facts.steps).flat() };
  const evidence = composeEvidence(long);
  for (const text of Object.values(evidence)) expect(text.length).toBeLessThanOrEqual(EVIDENCE_CHARS_MAX);
  const lines = evidence.activity.split('\n');
  expect(lines[0]).toBe(
    '100000 uses of this credit, 1000.00 USD in all, in the part of the history that was read. Times are UTC.',
  );
  expect(lines[1]).toContain('(ent_0)');
  expect(lines.at(-1)).toContain('(ent_499)');
  expect(lines.find((line) => line.startsWith('...'))).toBe(`... ${100_000 - (lines.length - 2)} further uses ...`);
  expect(evidence.activity.length).toBeGreaterThan(EVIDENCE_CHARS_MAX - 600);
});

test('the hash is of the text: it is the same for the same facts, and another for others', () => {
  const hash = evidenceHash(composeEvidence(facts));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(evidenceHash(composeEvidence(structuredClone(facts)))).toBe(hash);
  const other = { ...facts, uses: { ...facts.uses, first: [use(2)] } };
  expect(evidenceHash(composeEvidence(other))).not.toBe(hash);
});
