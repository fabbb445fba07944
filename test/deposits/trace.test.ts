/** Why a transaction was or was not credited: what an org is told of its own, and that it learns nothing of another's. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../src/core/chains/address.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { registerSender } from '../../src/db/senders/senders.ts';
import { traceReply } from '../../src/http/treasury/trace-schemas.ts';
import { EVM, STARKNET, startTestApi, TOKENS, type Answer, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { bind } from '../support/chains/bench.ts';
import { writeDeposit } from '../support/deposits/rows.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const newAddress = (): string => `0x${randomBytes(20).toString('hex')}`;

async function trace(key: string, tx: string): Promise<Answer> {
  return api.call('GET', `/treasury/deposits/trace?tx=${tx}`, { key });
}

async function outcomesOf(key: string, tx: string): Promise<unknown[]> {
  const answer = await trace(key, tx);
  expect(answer.status).toBe(200);
  const { found, transfers } = traceReply.parse(answer.json);
  expect(found).toBe(transfers.length > 0);
  return transfers.map(({ outcome, explanation, reason }) => [outcome, reason, explanation]);
}

describe('an org is told of its own', () => {
  it('how many blocks are left', async () => {
    const { key, org } = await api.createCustomer();
    const { txHash } = await writeDeposit(api.db, { state: 'confirming', reason: null, org, blockNumber: 96 });
    expect(await outcomesOf(key, txHash)).toMatchObject([['waiting', null, expect.stringContaining('does not show')]]);
    await api.db.raw(
      `INSERT INTO chain_cursor (chain, start_block, next_block, head_block, credit_block, hard_final_block, scanned_at)
       VALUES (?, 0, 101, 100, 90, 90, now())`,
      [EVM],
    );
    const explained = 'Seen; 4 of 10 blocks, 6 left.';
    expect(await outcomesOf(key, txHash)).toEqual([['waiting', null, explained]]);
    expect((await trace(key, txHash)).json['explanation']).toBe(explained);
  });

  it('the entry that credited it', async () => {
    const { key, org, wallet } = await api.createCustomer();
    const { id, txHash } = await writeDeposit(api.db, { state: 'credited', reason: null, org, wallet });
    await api.db.raw('UPDATE deposit SET entry_seq = 1 WHERE id = ?', [id]);
    expect(await outcomesOf(key, txHash)).toEqual([['credited', null, `Credited as entry ent_${wallet}_1.`]]);
  });

  it('why its sender’s transfers were not credited, registered as they are now or were then', async () => {
    const { key, org } = await api.createCustomer();
    const [from, left] = [newAddress(), newAddress()];
    await bind(api.db, org, EVM, from);
    await bind(api.db, org, EVM, left, new Date(1_000_000));
    await api.db.raw('UPDATE sender SET unbound_at = ? WHERE address = ?', [new Date(2_000_000), left]);
    const later = await writeDeposit(api.db, { from, reason: 'registered_later' });
    const wrong = await writeDeposit(api.db, { from, state: 'ignored', reason: 'wrong_asset', token: newAddress() });
    const then = await writeDeposit(api.db, {
      from: left,
      state: 'ignored',
      reason: 'zero_amount',
      at: new Date(1_500_000),
    });
    const after = await writeDeposit(api.db, { from: left, at: new Date(2_500_000) });
    const prove = expect.stringContaining('Prove that you own the sender');
    expect(await outcomesOf(key, later.txHash)).toEqual([['not_credited', 'registered_later', prove]]);
    expect(await outcomesOf(key, wrong.txHash)).toMatchObject([['not_credited', 'wrong_asset', expect.anything()]]);
    expect((await trace(key, wrong.txHash)).json).toMatchObject({
      transfers: [{ amountUsd: null, amountUnits: '5000000' }],
    });
    expect(await outcomesOf(key, then.txHash)).toMatchObject([['not_credited', 'zero_amount', expect.anything()]]);
    expect(await outcomesOf(key, after.txHash)).toEqual([]);
  });

  it('what came to its own deposit address, whoever sent it', async () => {
    const { key, org } = await api.createCustomer();
    const to = newAddress();
    await api.db.raw(`INSERT INTO deposit_xpub (xpub, imported_at) VALUES ('xpub1', now())`);
    await api.db.raw(
      `INSERT INTO deposit_address (family, number, org, address, key_index, xpub, first_blocks, created_at)
       VALUES ('eip155', 1, ?, ?, 0, 'xpub1', '{}', now())`,
      [org, to],
    );
    const { txHash } = await writeDeposit(api.db, { to, state: 'ignored', reason: 'wrong_asset', token: newAddress() });
    expect(await outcomesOf(key, txHash)).toMatchObject([['not_credited', 'wrong_asset', expect.anything()]]);
  });

  it('each of the transfers of one transaction, and of a hash in any way of writing', async () => {
    const { key, org } = await api.createCustomer();
    const txHash = `0x${'00ab'.padEnd(64, 'c')}`;
    for (const ordinal of [0, 1, 2])
      await writeDeposit(api.db, { txHash, ordinal, org, state: 'dust', reason: 'below_minimum' });
    for (const written of [txHash, txHash.toUpperCase().replace('X', 'x'), txHash.replace('0x00', '0x')]) {
      expect(await outcomesOf(key, written)).toHaveLength(3);
    }
    expect((await trace(key, txHash)).json['explanation']).toMatch(
      /^3 transfers\. Not credited: it is below the minimum/,
    );
  });

  it('nothing for what is no hash', async () => {
    const { key } = await api.createCustomer();
    for (const tx of ['', '0x', 'abc', `0x${'a'.repeat(65)}`])
      expect(pathsOfErrors(await trace(key, tx))).toEqual(['tx']);
    expect(pathsOfErrors(await api.call('GET', '/treasury/deposits/trace', { key }))).toEqual(['tx']);
  });
});

describe('an org learns nothing of another', () => {
  it('a transaction that nobody saw, one that found nobody and another org’s are told in the same words', async () => {
    const [mine, theirs] = [await api.createCustomer(), await api.createCustomer()];
    const from = newAddress();
    await bind(api.db, theirs.org, EVM, from);
    const org = theirs.org;
    const credited = await writeDeposit(api.db, { from, state: 'credited', reason: null, org, wallet: theirs.wallet });
    const waiting = await writeDeposit(api.db, { from, state: 'confirming', reason: null, org });
    const nobodys = await writeDeposit(api.db);
    const theirDust = await writeDeposit(api.db, { from, state: 'ignored', reason: 'zero_amount' });
    const bodies: unknown[] = [];
    for (const tx of [`0x${'9'.repeat(64)}`, credited.txHash, waiting.txHash, nobodys.txHash, theirDust.txHash]) {
      const { status, json } = await trace(mine.key, tx);
      expect([status, json['txHash']]).toEqual([200, tx]);
      bodies.push({ ...json, txHash: '' });
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ found: false, transfers: [] });
    expect(await outcomesOf(theirs.key, credited.txHash)).toHaveLength(1);
  });

  it('not even by naming their sender without a proof, or holding it afterwards', async () => {
    const [mine, theirs] = [await api.createCustomer(), await api.createCustomer()];
    const [unproven, moved] = [newAddress(), newAddress()];
    const shared = { family: 'eip155' as const, chain: null, label: undefined, order: undefined };
    await registerSender(api.db, {
      ...shared,
      id: uuidV7(Date.now()),
      org: mine.org,
      address: canonicalAddress('eip155', unproven),
      policy: 'proof_required',
      at: new Date(),
    });
    await bind(api.db, mine.org, EVM, moved);
    const nobodys = await writeDeposit(api.db, { from: unproven });
    const credited = await writeDeposit(api.db, {
      from: moved,
      state: 'credited',
      reason: null,
      org: theirs.org,
      wallet: theirs.wallet,
    });
    expect(await outcomesOf(mine.key, nobodys.txHash)).toEqual([]);
    expect(await outcomesOf(mine.key, credited.txHash)).toEqual([]);
  });

  it('nor by a sender of the other family that is written alike', async () => {
    const { key, org } = await api.createCustomer();
    const felt = `0x0${'5'.repeat(63)}`;
    await bind(api.db, org, STARKNET, felt);
    const { txHash } = await writeDeposit(api.db, { from: felt, chain: EVM });
    expect(await outcomesOf(key, txHash)).toEqual([]);
    const own = await writeDeposit(api.db, { from: felt, chain: STARKNET, token: TOKENS.starknet });
    expect(await outcomesOf(key, own.txHash)).toHaveLength(1);
  });
});
