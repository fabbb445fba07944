/** Holds that live as long as their owner reports. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { settleOverdueWallets } from '../../src/jobs/expiry.ts';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import type { Answer } from '../support/http/api.ts';

const INTERVAL_MS = 60_000;
let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const post = async (
  key: string,
  name: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => api.call('POST', `/treasury/${name}`, { key, body, headers });
const msOf = (value: unknown): number => new Date(String(value)).getTime();

async function openHold(
  key: string,
  more: object = { heartbeatSeconds: INTERVAL_MS / 1_000 },
): Promise<Answer['json']> {
  const { status, json } = await post(key, 'hold', {
    serviceType: 'AI_API',
    amountUsd: '4',
    expiresInSeconds: 600,
    ...more,
  });
  expect(status).toBe(200);
  return json;
}

/** Ends what is overdue after so many milliseconds from now. */
async function settleAfter(ms: number): Promise<void> {
  const clock = { ...systemClock, nowMs: () => Date.now() + ms };
  const writer = openLedgerWriter({ url: api.database.appUrl, clock, deadlineMs: 10_000 });
  try {
    await settleOverdueWallets({ db: api.db, writer, clock }, (_wallet, error) => {
      throw error;
    });
  } finally {
    await writer.stop();
  }
}

async function stateOf(key: string, holdId: unknown): Promise<Record<string, unknown> | undefined> {
  return listIn(await api.call('GET', '/treasury/holds', { key }), 'holds').find((hold) => hold['holdId'] === holdId);
}

test('POST /treasury/heartbeat-hold: keeps a hold for another interval, and never beyond its own end', async () => {
  const { key } = await api.createCustomer(20n);
  const opened = await openHold(key);
  const { holdId, expiresAt } = opened;
  expect(msOf(opened['aliveUntil']) - msOf(opened['createdAt'])).toBe(INTERVAL_MS);
  expect(opened).toMatchObject({ heartbeatSeconds: 60 });
  const before = await stateOf(key, holdId);
  const dry = await post(key, 'heartbeat-hold', { holdId }, { 'coffer-dry-run': 'true' });
  expect(dry.json).toMatchObject({ dryRun: true, holdId, heartbeatSeconds: 60, expiresAt });
  expect(await stateOf(key, holdId)).toEqual(before);
  const alive = await post(key, 'heartbeat-hold', { holdId });
  expect([alive.status, alive.json]).toMatchObject([200, { holdId, heartbeatSeconds: 60, expiresAt }]);
  expect(msOf(alive.json['aliveUntil'])).toBeGreaterThan(msOf(opened['aliveUntil']));
  expect(await stateOf(key, holdId)).toMatchObject({ state: 'open', aliveUntil: alive.json['aliveUntil'], expiresAt });
  const short = await openHold(key, { heartbeatSeconds: 100, expiresInSeconds: 30 });
  expect([
    short['aliveUntil'],
    (await post(key, 'heartbeat-hold', { holdId: short['holdId'] })).json['aliveUntil'],
  ]).toEqual([short['expiresAt'], short['expiresAt']]);
  const ledger = listIn(await api.call('GET', '/treasury/ledger', { key }), 'entries');
  expect(ledger.filter((entry) => entry['holdId'] === holdId)).toHaveLength(1);
});

test('POST /treasury/heartbeat-hold: in a batch it answers the same, and each command is judged alone', async () => {
  const { key } = await api.createCustomer(20n);
  const { holdId } = await openHold(key);
  const plain = (await openHold(key, {}))['holdId'];
  const heartbeat = (id: unknown, idempotencyKey: string): object => ({
    op: 'heartbeat-hold',
    holdId: id,
    idempotencyKey,
  });
  const commands = [heartbeat(holdId, 'a'), heartbeat(plain, 'b'), heartbeat('hold_1', 'c'), heartbeat(holdId, 'a')];
  const results = listIn(await post(key, 'batch', { commands }), 'results');
  expect(results).toMatchObject([
    { status: 200, replayed: false, result: { holdId, heartbeatSeconds: 60 } },
    { status: 400, problem: { code: 'VALIDATION_FAILED' } },
    { status: 404 },
    { status: 200, replayed: false },
  ]);
  const dry = await post(key, 'batch', { commands: commands.slice(0, 1) }, { 'coffer-dry-run': 'true' });
  expect(listIn(dry, 'results')).toMatchObject([{ status: 200, result: { dryRun: true, holdId } }]);
  const foreign = await api.createCustomer(20n);
  const refused = async (by: string, id: unknown): Promise<number> =>
    (await post(by, 'heartbeat-hold', { holdId: id })).status;
  expect([await refused(foreign.key, holdId), await refused(key, plain)]).toEqual([404, 400]);
  await post(key, 'release-hold', { holdId });
  expect([await refused(key, holdId), await refused(key, String(holdId).replace(/_\d+$/, '_999'))]).toEqual([409, 404]);
});

test('POST /treasury/heartbeat-hold: without a report the job ends the hold, with one it does not', async () => {
  const { key } = await api.createCustomer(20n);
  const [dead, alive] = [await openHold(key), await openHold(key)];
  // The service remembers the wallet as it was before the report.
  await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '1' });
  await api.db.raw(
    "UPDATE hold_open SET expires_at = expires_at - interval '30 seconds' WHERE heartbeat_ms IS NOT NULL",
  );
  expect((await post(key, 'heartbeat-hold', { holdId: alive['holdId'] })).status).toBe(200);
  await settleAfter(45_000);
  expect([await stateOf(key, dead['holdId']), await stateOf(key, alive['holdId'])]).toMatchObject([
    { state: 'expired', leftUsd: '0.00' },
    { state: 'open', leftUsd: '4.00' },
  ]);
  expect((await post(key, 'consume-hold', { holdId: alive['holdId'], amountUsd: '4' })).status).toBe(200);
  expect((await post(key, 'heartbeat-hold', { holdId: dead['holdId'] })).json).toMatchObject({
    code: 'HOLD_NOT_PENDING',
  });
});

test('POST /treasury/hold: heartbeatSeconds is a whole number of seconds from 5', async () => {
  const { key } = await api.createCustomer(20n);
  for (const heartbeatSeconds of [0, 4, 5.5, '60', 604_801]) {
    const { status, json } = await post(key, 'hold', { serviceType: 'AI_API', amountUsd: '1', heartbeatSeconds });
    expect([status, json['errors']]).toMatchObject([400, [{ path: 'heartbeatSeconds' }]]);
  }
});
