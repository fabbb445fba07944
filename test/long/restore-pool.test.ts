/**
 * A restore to an earlier time, after which a Starknet address of the pool had been given to an org: nobody gets it any
 * more, it stays watched, and what comes to it waits for an operator.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startSimDevChain, type SimDevChain } from '../../devnet/starknet-sim/sim-chain.ts';
import { addToPool } from '../../src/db/senders/address-pool.ts';
import type { Answer, TestApi } from '../support/http/api.ts';
import { openRestoredWorld, type RestoredWorld } from '../support/process/restore.ts';
import { queryRows } from '../support/process/query.ts';

const WAIT = { timeout: 70_000, interval: 200 };
const USD = 1_000_000n;
const FELT = `0x${'0'.repeat(64)}`;
/** The address of the pool before the backup, and one that is imported after the restore. */
const [POOLED, FRESH] = [`0x${'a1'.padStart(64, '0')}`, `0x${'a2'.padStart(64, '0')}`];

let chain: SimDevChain;
let world: RestoredWorld;
let api: TestApi;

beforeAll(async () => {
  chain = await startSimDevChain();
  world = await openRestoredWorld(chain);
  api = world.api;
});
afterAll(async () => {
  await world?.close();
  await chain?.stop();
});

async function importAddress(pooled: string, keyIndex: number): Promise<void> {
  await addToPool(api.db, [{ address: pooled, keyIndex, publicKey: FELT, classHash: FELT, salt: FELT }], new Date());
}

async function idOf(txHash: string): Promise<string> {
  const { rows } = await queryRows<{ id: string }>(api.db, 'SELECT id FROM deposit WHERE tx_hash = ?', [txHash]);
  return rows[0]?.id ?? '';
}

test('an address that was given since the backup is nobody’s, stays watched, and pays whom the operator names', async () => {
  const [payer = ''] = chain.accounts;
  await chain.faucet(payer, 100n * USD);
  const [had, other] = [await api.createCustomer(), await api.createCustomer()];
  const ask = async (key: string): Promise<Answer> => api.call('POST', '/treasury/create-wallet', { key, body: {} });
  const balanceOf = async (key: string): Promise<unknown> =>
    (await api.call('GET', '/treasury/balance', { key })).json['availableUsd'];
  await importAddress(POOLED, 0);
  world.detect();
  const first = await chain.send({ from: payer, to: chain.creditsAddress, amountMicros: USD });
  // The detector has read the chain before the backup.
  await world.reaches(first.txHash, 'unmatched');
  await world.backUp();

  // Between the backup and the loss.
  expect((await ask(had.key)).json['address']).toBe(POOLED);
  const lost = await chain.send({ from: payer, to: POOLED, amountMicros: 4n * USD });
  await world.reaches(lost.txHash, 'credited');
  expect(await balanceOf(had.key)).toBe('4.00');

  // The loss, and the recovery.
  await world.restore();
  await vi.waitFor(async () => {
    const { json } = await api.call('GET', '/treasury/balance', { key: other.key });
    expect(json['code']).toBe('RECOVERY_REQUIRED');
  }, WAIT);
  await world.done(['recover', '--end-keys', 'none', '--end-holds', 'none']);
  await vi.waitFor(async () => expect(await balanceOf(had.key)).toBe('0.00'), WAIT);

  // Whoever asks first does not get it, nor does the org that had it.
  for (const { key } of [other, had]) {
    expect((await ask(key)).json['code']).toBe('DEPOSIT_ADDRESS_UNAVAILABLE');
  }
  await importAddress(FRESH, 1);
  await importAddress(POOLED, 0);
  expect((await ask(other.key)).json['address']).toBe(FRESH);
  expect((await ask(had.key)).json['code']).toBe('DEPOSIT_ADDRESS_UNAVAILABLE');

  // What came to it, and what still comes, waits.
  world.detect();
  await world.done(['chain', 'release', chain.caip2, '--yes']);
  const later = await chain.send({ from: payer, to: POOLED, amountMicros: 5n * USD });
  for (const { txHash } of [lost, later]) {
    expect(await world.reaches(txHash, 'unmatched')).toMatchObject({ reason: 'burnt_address', org: null });
  }
  const own = await chain.send({ from: payer, to: FRESH, amountMicros: 7n * USD });
  await world.reaches(own.txHash, 'credited');
  for (const { txHash } of [lost, later]) {
    await world.done(['deposits', 'assign', await idOf(txHash), '--org', had.org, '--reason', 'it had this address']);
    await world.reaches(txHash, 'credited');
  }
  expect([await balanceOf(had.key), await balanceOf(other.key)]).toEqual(['9.00', '7.00']);
  await world.done(['ledger', 'verify']);
}, 300_000);
