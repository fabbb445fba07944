/** The cases that every SDK passes (`sdk/cases.json`), run behind the fault proxy before the real service. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { TestApi } from '../http/api.ts';
import type { Asked, Fault, FaultProxy } from './fault-proxy.ts';

const callSchema = z.strictObject({
  do: z.enum(['createDebit', 'createHold', 'runBatch', 'listEntries', 'listEvents', 'followEvents']),
  body: z.record(z.string(), z.unknown()).optional(),
  query: z.record(z.string(), z.unknown()).optional(),
  idempotencyKey: z.string().optional(),
  deadlineMs: z.int().optional(),
  dryRun: z.boolean().optional(),
  key: z.string().optional(),
  limit: z.int().optional(),
});
const faultSchema = z.looseObject({
  do: z.enum(['lose-request', 'lose-answer', 'cut-answer', 'repeat-events', 'refuse-lines', 'answer']),
});
const webhookSchema = z.strictObject({
  times: z.int().default(1),
  offSeconds: z.int().default(0),
  signedBy: z.enum(['own', 'another']).default('own'),
  secrets: z.array(z.enum(['own', 'another'])).default(['own']),
  changed: z.boolean().default(false),
  rewritten: z.boolean().default(false),
  unsigned: z.boolean().default(false),
});
const amountsSchema = z.strictObject({
  read: z.array(z.string()),
  refused: z.array(z.string()),
  prices: z.array(z.tuple([z.string(), z.string()])),
});
const caseSchema = z.strictObject({
  name: z.string(),
  budget: z.record(z.string(), z.unknown()).optional(),
  debits: z.int().optional(),
  before: callSchema.optional(),
  call: callSchema.optional(),
  webhook: webhookSchema.optional(),
  amounts: amountsSchema.optional(),
  faults: z.array(faultSchema.nullable()).default([]),
  expect: z.strictObject({
    asked: z.int().optional(),
    lines: z.array(z.int()).optional(),
    entries: z.int().optional(),
    rows: z.int().optional(),
    leastMs: z.int().optional(),
    mostMs: z.int().optional(),
    sameId: z.boolean().optional(),
    amounts: z.record(z.string(), z.unknown()).optional(),
    reply: z.record(z.string(), z.unknown()).optional(),
    error: z.record(z.string(), z.unknown()).optional(),
  }),
});

export type SdkCase = z.output<typeof caseSchema>;
export type SdkCall = z.output<typeof callSchema>;
export type SdkAmounts = z.output<typeof amountsSchema>;

/** A delivery as a receiver gets it. */
export interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** What came of a call: what it answered, the ids of the rows that it listed, or what it threw. */
export interface Outcome {
  readonly reply?: Readonly<Record<string, unknown>>;
  readonly ids?: readonly string[];
  readonly error?: Readonly<Record<string, unknown>>;
}

/** An SDK. What it throws comes back as an outcome. */
export interface Sdk {
  call(target: { readonly url: string; readonly key: string }, call: SdkCall): Promise<Outcome>;
  verify(delivery: Delivery): Promise<Outcome>;
  /** Replies what it writes for those to be read, which of those to be refused it took, and what it writes for the prices. */
  amounts(given: SdkAmounts): Promise<Outcome>;
}

export const FUNDS_USD = 10n;

/** All cases, checked for words that no runner would understand. */
export const CASES: readonly SdkCase[] = z
  .strictObject({ about: z.string(), cases: z.array(caseSchema).min(1) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../sdk/cases.json'), 'utf8'))).cases;

/** Runs a case through an SDK and expects what it says. */
export async function passCase(one: SdkCase, sdk: Sdk, api: TestApi, proxy: FaultProxy): Promise<void> {
  if (one.webhook !== undefined) return passDelivery(one, one.webhook, sdk);
  if (one.amounts !== undefined) {
    expect(await sdk.amounts(one.amounts)).toEqual({ reply: one.expect.amounts });
    return;
  }
  const { call } = one;
  if (call === undefined) throw new Error(`the case has neither a call nor a delivery: ${one.name}`);
  const { key } = await api.createCustomer(FUNDS_USD);
  await prepare(one, api, key);
  proxy.setFaults([]);
  const target = { url: proxy.url, key: call.key ?? key };
  if (one.before !== undefined) expect(await sdk.call(target, one.before)).not.toHaveProperty('error');
  proxy.setFaults(one.faults as (Fault | null)[]);
  const startedAt = performance.now();
  const outcome = await sdk.call(target, call);
  const tookMs = performance.now() - startedAt;
  const asked = [...proxy.asked];
  const { expect: wanted } = one;

  if (wanted.error === undefined) expect(outcome).not.toHaveProperty('error');
  else expect(outcome.error).toMatchObject(wanted.error);
  if (wanted.reply !== undefined) expect(outcome.reply).toMatchObject(wanted.reply);
  if (wanted.rows !== undefined)
    expect([outcome.ids?.length, new Set(outcome.ids).size]).toEqual([wanted.rows, wanted.rows]);
  if (wanted.asked !== undefined) expect(asked).toHaveLength(wanted.asked);
  if (wanted.leastMs !== undefined) expect(tookMs).toBeGreaterThanOrEqual(wanted.leastMs);
  if (wanted.mostMs !== undefined) expect(tookMs).toBeLessThan(wanted.mostMs);
  if (wanted.lines !== undefined) expect(linesOf(asked)).toEqual(wanted.lines);
  if (call.body !== undefined && call.do !== 'runBatch') {
    const keys = new Set(asked.map((request) => request.key));
    expect([keys.size, keys.has(undefined)]).toEqual([1, false]);
  }
  if (wanted.entries !== undefined) expect(await countCommands(api, key)).toBe(wanted.entries);
}

/** How many lines each request for a batch had. Expects that a line keeps its key and everything else over them. */
function linesOf(asked: readonly Asked[]): number[] {
  const batches = asked.map(
    ({ body }) => z.object({ commands: z.array(z.unknown()) }).parse(JSON.parse(body)).commands,
  );
  const first = batches[0]?.map((line) => JSON.stringify(line)) ?? [];
  expect(new Set(first).size).toBe(first.length);
  for (const lines of batches) expect(first).toEqual(expect.arrayContaining(lines.map((line) => JSON.stringify(line))));
  return batches.map((lines) => lines.length);
}

/** What the case needs before its call. */
async function prepare(one: SdkCase, api: TestApi, key: string): Promise<void> {
  if (one.budget !== undefined) {
    expect((await api.call('POST', '/treasury/budgets', { key, body: one.budget })).status).toBe(201);
  }
  const debits = one.debits ?? 0;
  if (debits === 0) return;
  const commands = Array.from({ length: debits }, (_, at) => ({
    op: 'debit',
    idempotencyKey: `debit-${at}`,
    serviceType: 'AI_API',
    amountUsd: '0.01',
  }));
  expect((await api.call('POST', '/treasury/batch', { key, body: { commands } })).status).toBe(200);
  await vi.waitFor(
    async () => {
      const { json } = await api.call('GET', '/events?types=entry.created&limit=100', { key });
      // One of them is the deposit.
      expect(json['events']).toHaveLength(debits + 1);
    },
    { timeout: 20_000, interval: 100 },
  );
}

/** How many commands the ledger has beside the deposit. */
async function countCommands(api: TestApi, key: string): Promise<number> {
  const { json } = await api.call('GET', '/treasury/ledger?limit=100', { key });
  const entries = z
    .object({ entries: z.array(z.object({ type: z.string(), commandId: z.string() })) })
    .parse(json).entries;
  return new Set(entries.filter(({ type }) => type !== 'DEPOSIT').map(({ commandId }) => commandId)).size;
}

const SECRETS = { own: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', another: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' };
const EVENT = {
  id: 'evt_8c3c7d52-0f3a-5d0e-9a53-4c5b3f6c8f0d',
  type: 'deposit.credited',
  timestamp: '2026-01-31T12:00:00.000Z',
  data: { amountUsd: '12.50', note: 'café' },
};

/** A delivery is signed here by another implementation than that of the SDKs. */
async function passDelivery(one: SdkCase, webhook: z.output<typeof webhookSchema>, sdk: Sdk): Promise<void> {
  const sent = new Date(Date.now() + webhook.offSeconds * 1_000);
  const text = `${JSON.stringify(EVENT, undefined, 2)}\n`;
  const headers: Record<string, string> = {
    'webhook-id': EVENT.id,
    'webhook-timestamp': String(Math.floor(sent.getTime() / 1_000)),
  };
  // The other signature is what a rotated secret leaves beside it.
  const own = new Webhook(SECRETS[webhook.signedBy]).sign(EVENT.id, sent, text);
  if (!webhook.unsigned) headers['webhook-signature'] = `v1,bm9uZSBvZiBvdXJz ${own}`;
  const changed = webhook.changed ? text.replace('12.50', '99.50') : text;
  const body = webhook.rewritten ? JSON.stringify(JSON.parse(changed)) : changed;
  const delivery = { body, headers, secrets: webhook.secrets.map((name) => SECRETS[name]) };
  const outcomes = [];
  for (let time = 0; time < webhook.times; time += 1) outcomes.push(await sdk.verify(delivery));
  for (const outcome of outcomes) {
    if (one.expect.error === undefined) expect(outcome).not.toHaveProperty('error');
    else expect(outcome.error).toMatchObject(one.expect.error);
    if (one.expect.reply !== undefined) expect(outcome.reply).toMatchObject(one.expect.reply);
  }
  if (one.expect.sameId === true) expect(outcomes.map(({ reply }) => reply?.['id'])).toEqual([EVENT.id, EVENT.id]);
}
