/** Random calls through an SDK while requests and answers get lost, and what the ledger must then say of them. */
import { expect } from 'vitest';
import { z } from 'zod';
import { formatUsd, parseUsdOrZero } from '../../../src/core/money.ts';
import type { TestApi } from '../http/api.ts';
import type { Asked, Fault, FaultProxy } from './fault-proxy.ts';

/** One thing that a program wants, or a hold and what is then done with it. Amounts are text, keys unique. */
export interface Intent {
  readonly key: string;
  readonly op: 'debit' | 'hold' | 'capture' | 'close' | 'release' | 'grow';
  readonly amountUsd: string;
  readonly steps?: readonly Intent[];
}

/** What became of an intent in the eyes of the program: `done`, or the code of its refusal. */
export interface Became {
  readonly key: string;
  readonly outcome: string;
}

/** A program that does what it wants through an SDK, some at a time, and repeats under its key what got no answer. */
export type Program = (
  target: { readonly url: string; readonly key: string },
  intents: readonly Intent[],
) => Promise<readonly Became[]>;

const AMOUNT_MICROS_MAX = 50_000n;
const STEPS_MAX = 4;
/** Of a hundred requests. */
const FAULTY = 25;
/** Statuses after which the same request must not come again. */
const FINAL = new Set([200, 400, 401, 402, 403, 404, 409, 413, 500]);

/** Whole numbers below a bound, the same for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** So many calls: debits, and holds with captures, growths and their end. */
export function randomIntents(calls: number, seed: number): Intent[] {
  const next = numbersFrom(seed);
  const amount = (): string => formatUsd((BigInt(next(1_000_000)) % AMOUNT_MICROS_MAX) + 1n);
  const made = { count: 0 };
  const one = (op: Intent['op'], steps?: readonly Intent[]): Intent => {
    made.count += 1;
    return { key: `intent-${seed}-${made.count}`, op, amountUsd: amount(), ...(steps === undefined ? {} : { steps }) };
  };
  const intents: Intent[] = [];
  while (made.count < calls) {
    if (next(3) > 0) intents.push(one('debit'));
    else {
      const ops = ['capture', 'grow', 'capture', 'close', 'release'] as const;
      const then = Array.from({ length: 1 + next(STEPS_MAX) }, () => one(ops[next(ops.length)] ?? 'release'));
      intents.push(one('hold', [...then, one('release')]));
    }
  }
  return intents;
}

/** Faults for a quarter of all requests. A refusal is only made up for a request that the service has not heard of. */
function randomFaults(proxy: FaultProxy, seed: number): () => Fault | undefined {
  const next = numbersFrom(seed);
  const answer = (status: number, code: string | undefined, retryAfter?: string): Fault => ({
    do: 'answer',
    status,
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
    body: code === undefined ? '<h1>Bad gateway</h1>' : { code, detail: 'made up' },
  });
  const faults: readonly Fault[] = [
    { do: 'lose-request' },
    { do: 'lose-answer' },
    { do: 'lose-answer' },
    { do: 'cut-answer' },
    answer(503, 'LEDGER_UNAVAILABLE', '0'),
    answer(429, 'RATE_LIMITED', '0'),
    answer(502, undefined),
  ];
  const seen = new Set<string | undefined>();
  return () => {
    const key = proxy.asked.at(-1)?.key;
    const isFirst = !seen.has(key);
    seen.add(key);
    if (next(100) >= FAULTY) return undefined;
    if (isFirst && next(10) === 0) return answer(403, 'FORBIDDEN');
    return faults[next(faults.length)];
  };
}

const entrySchema = z.object({
  type: z.string(),
  commandId: z.string(),
  idempotencyKey: z.string().nullable(),
  availableDeltaUsd: z.string(),
  heldDeltaUsd: z.string(),
});

const microsOf = (text: string): bigint =>
  text.startsWith('-') ? -parseUsdOrZero(text.slice(1)) : parseUsdOrZero(text);

/** Every entry of the key's org. */
async function listEntries(api: TestApi, key: string): Promise<z.output<typeof entrySchema>[]> {
  const entries: z.output<typeof entrySchema>[] = [];
  for (let cursor = ''; ;) {
    const { json } = await api.call('GET', `/treasury/ledger?limit=100${cursor}`, { key });
    entries.push(...z.array(entrySchema).parse(json['entries']));
    if (typeof json['nextCursor'] !== 'string') return entries;
    cursor = `&cursor=${json['nextCursor']}`;
  }
}

/**
 * Runs a program behind the proxy with random faults, and expects of the ledger: what the program believes to be done is there
 * exactly once, what it believes to be refused is not, and nothing else is. And of the proxy: nothing came again after its answer.
 */
export async function passRandomCalls(
  program: Program,
  {
    api,
    proxy,
    calls,
    seed,
  }: { readonly api: TestApi; readonly proxy: FaultProxy; readonly calls: number; readonly seed: number },
): Promise<void> {
  const intents = randomIntents(calls, seed);
  // Less than all of them want, so that some are refused for want of it.
  const { key } = await api.createCustomer(BigInt(calls) / 200n + 1n);
  proxy.setFaults([]);
  proxy.setFaults(randomFaults(proxy, seed + 1));
  const became = await program({ url: proxy.url, key }, intents);
  const asked = [...proxy.asked];
  proxy.setFaults([]);

  const all = intents.flatMap((intent) => [intent, ...(intent.steps ?? [])]);
  const outcomes = new Map(became.map(({ key: one, outcome }) => [one, outcome]));
  expect(all.filter((intent) => !outcomes.has(intent.key))).toEqual([]);
  const entries = await listEntries(api, key);
  const commands = new Map<string, Set<string>>();
  for (const entry of entries.filter(({ type }) => type !== 'DEPOSIT')) {
    const one = entry.idempotencyKey ?? 'none';
    commands.set(one, (commands.get(one) ?? new Set()).add(entry.commandId));
  }
  const wrong = all.flatMap(({ key: one }) => {
    const count = commands.get(one)?.size ?? 0;
    return count === (outcomes.get(one) === 'done' ? 1 : 0)
      ? []
      : [`${one}: ${outcomes.get(one)}, ${count} times in the ledger`];
  });
  expect(wrong).toEqual([]);
  const known = new Set(all.map((intent) => intent.key));
  expect([...commands.keys()].filter((one) => !known.has(one))).toEqual([]);
  expect(repeatedAfterAnswer(asked)).toEqual([]);

  const sum = (field: 'availableDeltaUsd' | 'heldDeltaUsd'): string =>
    formatUsd(entries.reduce((total, entry) => total + microsOf(entry[field]), 0n));
  const { json } = await api.call('GET', '/treasury/balance', { key });
  expect(json).toMatchObject({ availableUsd: sum('availableDeltaUsd'), heldUsd: sum('heldDeltaUsd') });
  // Else the test shows nothing.
  const kinds = new Set(outcomes.values());
  expect([...kinds]).toEqual(expect.arrayContaining(['done', 'FORBIDDEN', 'CREDIT_INSUFFICIENT']));
  expect(asked.length).toBeGreaterThan(all.length);
}

/** Requests that came again although their sender had got a final answer. */
function repeatedAfterAnswer(asked: readonly Asked[]): string[] {
  const answered = new Map<string, number>();
  const found: string[] = [];
  for (const { method, path, key = '', body, status } of asked) {
    const request = `${method} ${path} ${key} ${body}`;
    const before = answered.get(request);
    if (method !== 'GET' && before !== undefined) found.push(`${request}: after ${before}`);
    if (status !== undefined && FINAL.has(status)) answered.set(request, status);
  }
  return found;
}
