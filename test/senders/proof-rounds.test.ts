/** What the detector makes of proofs, claims and assignments, round by round on a chain in memory. */
import { describe, expect, it, test } from 'vitest';
import type { Block } from '../../src/core/chains/transfer.ts';
import { depositId, uuidV7, walletId } from '../../src/core/ids.ts';
import { newNonce } from '../../src/core/senders/ownership-proof.ts';
import { type AssignmentOutcome } from '../../src/db/deposits/assignments.ts';
import { recordIntents } from '../../src/db/deposits/credits.ts';
import { claimEach } from '../../src/db/deposits/assignments.ts';
import { insertChallenge } from '../../src/db/senders/challenges.ts';
import { registerSender } from '../../src/db/senders/senders.ts';
import { newOrg } from '../support/chains/bench.ts';
import { TOKEN } from '../support/chains/memory-chain.ts';
import { newTxHash } from '../support/senders/proofs.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const AMOUNT = 5_000_000n;

const idOf = (txHash: string): string => depositId({ chain: bench().caip2, token: TOKEN, txHash, ordinal: 0 });
const pay = (txHash: string, amount = AMOUNT, from = bench().sender): Block =>
  bench().chain.mine([{ txHash, from, amount }]);

async function assign(txHash: string, org: string): Promise<AssignmentOutcome | undefined> {
  const { db } = bench();
  const terms = { org, actor: 'key', reason: 'a signature', at: new Date() } as const;
  const deposit = idOf(txHash);
  return db.transaction(async (trx) => (await claimEach(trx, [deposit], terms)).get(deposit));
}

/** A deposit that waits unmatched. */
async function waiting(): Promise<string> {
  const { chain, round, deposits } = bench();
  const txHash = newTxHash();
  chain.mine();
  pay(txHash);
  chain.mineMany(4);
  await round();
  expect(await deposits()).toMatchObject([{ state: 'unmatched' }]);
  return txHash;
}

/** Registers the sender with a proof, at a time. */
async function takeOver(org: string, atMs: number): Promise<void> {
  const { db, caip2, sender } = bench();
  const nonce = newNonce();
  const at = new Date(atMs);
  await insertChallenge(db, {
    domain: 'd',
    uri: 'u',
    chain: caip2,
    address: sender,
    org,
    purpose: 'register',
    txHash: null,
    nonce,
    issuedAtMs: atMs,
    expiresAtMs: atMs + 1,
  });
  const outcome = await registerSender(db, {
    id: uuidV7(Date.now()),
    org,
    family: 'eip155',
    address: sender,
    chain: null,
    label: undefined,
    policy: 'proof_required',
    at,
    order: undefined,
    proof: { nonce, signature: '0x12', at },
  });
  expect(outcome).toMatchObject({ outcome: 'registered', sender: { state: 'bound' } });
}

describe('a deposit that was given to an org', () => {
  it('is credited there, once, whoever its sender belongs to by now', async () => {
    const { db, caip2, round, newOwner, balance, deposits } = bench();
    const txHash = await waiting();
    const claimer = await newOrg(db, caip2, []);
    expect(await assign(txHash, claimer)).toBe('assigned');
    const owner = await newOwner();
    await round();
    await round();
    expect([await balance(claimer), await balance(owner)]).toEqual([AMOUNT, 0n]);
    expect(await deposits()).toMatchObject([{ state: 'credited' }]);
    expect([await assign(txHash, claimer), await assign(txHash, owner)]).toEqual(['kept', 'taken']);
  });

  it('is not credited to whom a round that began before had found', async () => {
    const { db, caip2, lease, round, balance } = bench();
    const txHash = await waiting();
    const [claimer, found] = [await newOrg(db, caip2, []), await newOrg(db, caip2, [])];
    await assign(txHash, claimer);
    const intent = { id: idOf(txHash), revision: 0, amountMicros: AMOUNT, blockTimeMs: 0 };
    const wallet = walletId({ kind: 'org', id: found });
    await recordIntents(db, lease, [{ ...intent, org: found, wallet, provisional: false }], new Date());
    await round();
    expect([await balance(claimer), await balance(found)]).toEqual([AMOUNT, 0n]);
  });

  it('cannot be given away any more once the detector has settled where it goes', async () => {
    const { db, caip2, round, newOwner, balance } = bench();
    const txHash = await waiting();
    const claimer = await newOrg(db, caip2, []);
    const owner = await newOwner();
    await round();
    expect(await assign(txHash, claimer)).toBe('taken');
    await round();
    expect([await balance(claimer), await balance(owner)]).toEqual([0n, AMOUNT]);
  });

  test.each([
    ['the same money', AMOUNT, 'credited'],
    ['other money', AMOUNT - 1n, 'unmatched'],
  ] as const)('that a reorg took away and that comes back as %s is judged so', async (_, amount, state) => {
    const { db, caip2, chain, round, balance, deposits } = bench();
    const txHash = await waiting();
    const claimer = await newOrg(db, caip2, []);
    await assign(txHash, claimer);
    chain.drop(5);
    chain.mineMany(6, 'other');
    await round();
    expect(await deposits()).toMatchObject([{ state: 'orphaned' }]);
    pay(txHash, amount);
    chain.mineMany(4, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([{ state }]);
    expect(await balance(claimer)).toBe(state === 'credited' ? AMOUNT : 0n);
  });

  it('to several orgs at the same instant has one owner who gets it once', async () => {
    const { db, caip2, round, balance } = bench();
    const txHash = await waiting();
    const orgs = await Promise.all(Array.from({ length: 6 }, async () => newOrg(db, caip2, [])));
    const [outcomes] = await Promise.all([Promise.all(orgs.map(async (org) => assign(txHash, org))), round()]);
    expect(outcomes.filter((outcome) => outcome === 'assigned')).toHaveLength(1);
    await round();
    const balances = await Promise.all(orgs.map(async (org) => balance(org)));
    expect(balances).toEqual(outcomes.map((outcome) => (outcome === 'assigned' ? AMOUNT : 0n)));
  });
});

describe('a sender that moved to whoever proved it', () => {
  test('F43 A37 what it sent before goes to the owner then, what it sends after to the owner now', async () => {
    const { db, caip2, chain, round, balance } = bench();
    const strict = { senderPolicy: 'proof_required' } as const;
    const [one, two] = [await newOrg(db, caip2, []), await newOrg(db, caip2, [])];
    const [unowned, before, after] = [newTxHash(), newTxHash(), newTxHash()];
    const first = pay(unowned, 1n);
    const owned = pay(before, 10n);
    const taken = pay(after, 100n);
    chain.mineMany(4);
    await takeOver(one, first.timeMs + 1);
    await takeOver(two, owned.timeMs + 1);
    expect(taken.timeMs).toBeGreaterThan(owned.timeMs + 1);
    // All of it is read only now: the times of the blocks decide, not the order of reading.
    await round(undefined, strict);
    await round(undefined, strict);
    // What nobody owned goes to whoever has proven it since.
    expect([await balance(one), await balance(two)]).toEqual([10n, 101n]);
  });

  test('F43 a registration without proof matches nothing, be it first', async () => {
    const { db, caip2, sender, chain, round, balance, deposits } = bench();
    const strict = { senderPolicy: 'proof_required' } as const;
    const [named, proven] = [await newOrg(db, caip2, []), await newOrg(db, caip2, [])];
    const at = new Date(Date.now() - 10_000_000);
    const request = { id: uuidV7(Date.now()), org: named, family: 'eip155', address: sender, chain: null } as const;
    const unproven = await registerSender(db, {
      ...request,
      label: undefined,
      policy: 'proof_required',
      at,
      order: undefined,
    });
    expect(unproven).toMatchObject({ sender: { state: 'unproven' } });
    pay(newTxHash());
    chain.mineMany(4);
    await round(undefined, strict);
    expect(await deposits()).toMatchObject([{ state: 'unmatched', reason: 'unknown_sender' }]);
    await takeOver(proven, Date.now());
    await round(undefined, strict);
    expect([await balance(named), await balance(proven)]).toEqual([0n, AMOUNT]);
  });
});
