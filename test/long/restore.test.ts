/**
 * A restore to an earlier time while everything is in use, and `coffer recover`: what was given, taken and promised between
 * the backup and the loss is there again once, or is refused for good.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startEvmDevChain, type EvmDevChain } from '../../devnet/evm-token.ts';
import { EVM_ACCOUNT_PATH } from '../../detector/evm/deposit-key.ts';
import { readSeed } from '../../src/cli/wallets/seed.ts';
import { addXpub } from '../../src/db/senders/address-pool.ts';
import type { DepositRow } from '../support/chains/bench.ts';
import { startReceiver, type Receiver } from '../support/events/webhook-receiver.ts';
import type { Answer, TestApi } from '../support/http/api.ts';
import { depositOf } from '../support/ledger/wallets.ts';
import { openRestoredWorld, type RestoredWorld } from '../support/process/restore.ts';

const WAIT = { timeout: 70_000, interval: 200 };
const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const USD = 1_000_000n;
const EVENTS_MAX = 100;
/** The events that are followed: of entries and of credits. */
const TYPES = ['entry.created', 'deposit.credited'];

let chain: EvmDevChain;
let receiver: Receiver;
let world: RestoredWorld;
let api: TestApi;

beforeAll(async () => {
  chain = await startEvmDevChain();
  receiver = await startReceiver();
  world = await openRestoredWorld(chain, { webhooks: { allowPrivate: ['127.0.0.1/32'] } });
  api = world.api;
});
afterAll(async () => {
  await world?.close();
  await receiver?.close();
  await chain?.stop();
});

/** Calls of one org. */
interface Caller {
  readonly org: string;
  readonly wallet: string;
  readonly key: string;
  readonly post: (call: string, body: unknown, key?: string) => Promise<Answer>;
  readonly debit: (key: string) => Promise<Answer>;
  readonly balance: () => Promise<unknown>;
  readonly page: (after?: string) => Promise<Answer>;
  /** Its events of TYPES. */
  readonly events: () => Promise<{ readonly id: string; readonly type: string; readonly data: unknown }[]>;
}

async function openCaller(): Promise<Caller> {
  const { org, wallet, key } = await api.createCustomer();
  const post: Caller['post'] = async (call, body, idempotencyKey) => {
    const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    return api.call('POST', `/treasury/${call}`, { key, body, headers });
  };
  const page: Caller['page'] = async (after) =>
    api.call('GET', `/events?limit=${EVENTS_MAX}${after === undefined ? '' : `&after=${after}`}`, { key });
  return {
    org,
    wallet,
    key,
    post,
    page,
    debit: async (idempotencyKey) => post('debit', { serviceType: 'AI_API', amountUsd: '1' }, idempotencyKey),
    balance: async () => (await api.call('GET', '/treasury/balance', { key })).json['availableUsd'],
    events: async () => {
      const { json } = await page();
      return (json['events'] as Awaited<ReturnType<Caller['events']>>).filter(({ type }) => TYPES.includes(type));
    },
  };
}

/** Sends from that account, and waits until the deposit has the state. */
async function deposit(from: string, to: string, amountMicros: bigint, state: string): Promise<string> {
  const { txHash } = await chain.send({ from, to, amountMicros });
  await reaches(txHash, state);
  return txHash;
}

async function reaches(txHash: string, state: string): Promise<DepositRow> {
  return world.reaches(txHash, state, async () => chain.mine());
}

/** How often the receiver got each event. */
const timesReceived = (id: string): number => receiver.received.filter((one) => one.id === id).length;

test('what was lost between the backup and the loss is there again, once', async () => {
  const [known = '', lostSender = '', payer = ''] = chain.accounts;
  for (const account of [known, lostSender, payer]) await chain.faucet(account, 100n * USD);
  const xpub = readSeed(MNEMONIC).derive(EVM_ACCOUNT_PATH).publicExtendedKey;
  await addXpub(api.db, { xpub, isSameKey: () => false, at: new Date() });
  const one = await openCaller();
  const hook = await api.call('POST', '/webhook-endpoints', {
    key: one.key,
    body: { url: receiver.url, types: TYPES },
  });
  receiver.secrets.push(String(hook.json['secret']));
  await api.writer.submit(depositOf(one.wallet, 100n));
  world.detect();

  // Before the backup.
  expect((await one.post('register-sender', { address: known })).status).toBe(200);
  await deposit(known, chain.creditsAddress, 2n * USD, 'credited');
  const { json: held } = await one.post('hold', { serviceType: 'AI_API', amountUsd: '5' });
  const revoked = await api.createKey({ org: one.org });
  const creditsOf = async (): Promise<string[]> =>
    (await one.events()).filter(({ type }) => type === 'deposit.credited').map(({ id }) => id);
  await vi.waitFor(async () => {
    // Of the first money, of the deposit and of the hold.
    expect((await one.events()).filter(({ type }) => type === 'entry.created')).toHaveLength(3);
    expect(receiver.taken.toSorted()).toEqual((await one.events()).map(({ id }) => id).toSorted());
  }, WAIT);
  const kept = await creditsOf();
  let answerHook = (): void => undefined;
  receiver.behaviour = async () =>
    new Promise((resolve) => {
      answerHook = () => resolve(200);
    });
  const received = receiver.received.length;
  expect((await one.debit('before')).status).toBe(200);
  await vi.waitFor(() => expect(receiver.received.length).toBe(received + 1), WAIT);
  const inFlight = receiver.received.at(-1)?.id ?? '';
  const { json: early } = await one.page();
  await world.backUp();

  // Between the backup and the loss.
  receiver.behaviour = () => 200;
  answerHook();
  expect((await one.post('release-hold', { holdId: held['holdId'] })).status).toBe(200);
  const revokedId = revoked.slice('ck_live_'.length, 'ck_live_'.length + 8);
  await api.db.raw('UPDATE api_key SET revoked_at = now() WHERE id = ?', [revokedId]);
  const newKey = await api.createKey({ org: one.org });
  const wallet = await one.post('create-wallet', {});
  expect(wallet.status).toBe(200);
  const own = String(wallet.json['address']);
  expect((await one.post('register-sender', { address: lostSender })).status).toBe(200);
  const lost = [
    await deposit(known, chain.creditsAddress, 3n * USD, 'credited'),
    await deposit(payer, own, 4n * USD, 'credited'),
    await deposit(lostSender, chain.creditsAddress, 6n * USD, 'credited'),
  ];
  expect((await one.debit('after')).status).toBe(200);
  const balance = await one.balance();
  await vi.waitFor(async () => {
    expect(await creditsOf()).toHaveLength(kept.length + 3);
    expect(receiver.taken.toSorted()).toEqual((await one.events()).map(({ id }) => id).toSorted());
  }, WAIT);
  const [credits, events] = [await creditsOf(), await one.events()];
  const { json: late } = await one.page();

  // The loss.
  await world.restore();
  await vi.waitFor(async () => {
    expect((await one.page(String(early['cursor']))).json['code']).toBe('RECOVERY_REQUIRED');
    expect((await world.coffer(['doctor'])).stdout).toMatch(/database: recovery\nstate +fail/);
  }, WAIT);
  const printed = await world.done(['recover', '--end-keys', revokedId, '--end-holds', String(held['holdId'])]);
  for (const text of [`revoked: ${revokedId}`, `released: ${String(held['holdId'])}`, chain.caip2]) {
    expect(printed).toContain(text);
  }
  await vi.waitFor(async () => expect((await one.page(String(early['cursor']))).status).toBe(200), WAIT);

  // Cursors, keys and holds.
  const ahead = await one.page(String(late['cursor']));
  expect([ahead.status, ahead.json['code']]).toEqual([409, 'CURSOR_AHEAD']);
  expect((await one.page(String(ahead.json['readAgainAfter']))).status).toBe(200);
  for (const key of [revoked, newKey]) {
    expect((await api.call('GET', '/treasury/balance', { key })).status).toBe(401);
  }
  const consumed = await one.post('consume-hold', { holdId: held['holdId'], amountUsd: '1' });
  expect(consumed.json['code']).toBe('HOLD_NOT_PENDING');

  // Calls are sent again under their keys.
  for (const key of ['before', 'after', 'after']) expect((await one.debit(key)).status).toBe(200);
  expect((await one.debit('after')).headers.get('idempotency-replayed')).toBe('true');
  expect((await one.post('create-wallet', {})).json['address']).toBe(own);

  // Deposits: nothing is credited before the chain is released.
  world.detect();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await creditsOf()).toEqual(kept);
  await world.done(['chain', 'release', chain.caip2, '--yes']);
  for (const txHash of lost.slice(0, 2)) await reaches(txHash, 'credited');
  expect(await reaches(lost[2] ?? '', 'unmatched')).toMatchObject({ reason: 'unknown_sender', org: null });
  expect((await one.post('register-sender', { address: lostSender })).status).toBe(200);
  await reaches(lost[2] ?? '', 'credited');

  // Everything is as it was, once.
  await vi.waitFor(async () => {
    expect((await creditsOf()).toSorted()).toEqual(credits.toSorted());
    expect(receiver.taken).toEqual(expect.arrayContaining((await one.events()).map(({ id }) => id)));
  }, WAIT);
  expect(await one.balance()).toBe(balance);
  const again = (await one.events()).map(({ id }) => id);
  expect(new Set(again).size).toBe(again.length);
  const redone = events.map(({ id }) => id).filter((id) => again.includes(id));
  expect(redone).toEqual(expect.arrayContaining([...credits, inFlight]));
  await vi.waitFor(() => {
    // Lost with the restore, or on its way while the backup was made: sent once more, under the same id.
    for (const id of [inFlight, ...credits.slice(kept.length)]) expect([id, timesReceived(id)]).toEqual([id, 2]);
  }, WAIT);
  for (const id of kept) expect([id, timesReceived(id)]).toEqual([id, 1]);
  expect(receiver.taken.length).toBe(new Set(receiver.taken).size);
  await world.done(['ledger', 'verify']);
});
