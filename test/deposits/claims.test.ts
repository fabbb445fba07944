/** Claiming a deposit that found no org, over HTTP. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { claimReply } from '../../src/http/treasury/claim-schemas.ts';
import { EVM, EVM_TOO, STARKNET, startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import {
  ask,
  newSigner,
  newTxHash,
  prove,
  registerProven,
  storeDeposit,
  text,
  type Signer,
} from '../support/senders/proofs.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi('proof_required');
});
afterAll(async () => api.stop());

interface Claimable {
  readonly signer: Signer;
  readonly txHash: string;
  readonly id: string;
}

/** A deposit from a key of its own that waits unmatched. */
async function unmatched(change: Partial<Parameters<typeof storeDeposit>[1]> = {}): Promise<Claimable> {
  const signer = newSigner();
  return { signer, ...(await storeDeposit(api.db, { chain: EVM, from: signer.address, ...change })) };
}

const claimWith = async (key: string, txHash: string, proof: unknown, chain = EVM): Promise<Answer> =>
  api.call('POST', '/treasury/deposits/claim', { key, body: { txHash, chain, proof } });

async function proofOf(
  key: string,
  { signer, txHash }: Omit<Claimable, 'id'>,
): Promise<{ message: unknown; signature: string }> {
  return prove(api, key, { purpose: 'claim', address: signer.address, chain: EVM, txHash }, signer);
}

const claim = async (key: string, claimable: Claimable): Promise<Answer> =>
  claimWith(key, claimable.txHash, await proofOf(key, claimable));

async function assignmentsOf(deposit: string): Promise<unknown[]> {
  const found = await queryRows<unknown>(
    api.db,
    `SELECT d.org, d.state, a.org AS given, a.assigned_by AS by FROM deposit d
     LEFT JOIN deposit_assignment a ON a.deposit = d.id WHERE d.id = ?`,
    [deposit],
  );
  return found.rows;
}

describe('a claim', () => {
  it('with a signature of the sender takes the deposit', async () => {
    const { key, org } = await api.createCustomer();
    const deposit = await unmatched();
    const { status, json } = await claim(key, deposit);
    expect(status).toBe(200);
    expect(claimReply.parse(json)).toMatchObject({
      chain: EVM,
      txHash: deposit.txHash,
      fromAddress: deposit.signer.address,
      deposits: [{ id: deposit.id, amountUsd: '5.00', state: 'confirming', ordinal: 0 }],
    });
    expect(await assignmentsOf(deposit.id)).toEqual([{ org, state: 'confirming', given: org, by: 'claim' }]);
    const { json: listed } = await api.call('GET', '/treasury/deposits', { key });
    expect(listed).toMatchObject({ deposits: [{ id: deposit.id, state: 'confirming' }] });
  });

  it('takes every deposit of the transaction from that sender, and no other', async () => {
    const { key, org } = await api.createCustomer();
    const { signer, txHash } = await unmatched();
    const second = await storeDeposit(api.db, { chain: EVM, from: signer.address, txHash, ordinal: 4 });
    const foreign = await storeDeposit(api.db, { chain: EVM, from: newSigner().address, txHash, ordinal: 2 });
    const elsewhere = await storeDeposit(api.db, { chain: EVM_TOO, from: signer.address, txHash });
    const { json } = await claimWith(
      key,
      txHash.toUpperCase().replace('X', 'x'),
      await proofOf(key, { signer, txHash }),
    );
    expect(claimReply.parse(json).deposits.map(({ ordinal }) => ordinal)).toEqual([0, 4]);
    expect(await assignmentsOf(second.id)).toMatchObject([{ org }]);
    for (const { id } of [foreign, elsewhere])
      expect(await assignmentsOf(id)).toMatchObject([{ org: null, given: null }]);
  });

  it('that is repeated is answered again; another proof for what it has changes nothing', async () => {
    const { key } = await api.createCustomer();
    const deposit = await unmatched();
    const proof = await proofOf(key, deposit);
    const first = await claimWith(key, deposit.txHash, proof);
    const again = await claimWith(key, deposit.txHash, proof);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(again.json).toEqual(first.json);
    api.advance(11 * 60_000);
    expect((await claimWith(key, deposit.txHash, proof)).json).toEqual(first.json);
    expect((await claim(key, deposit)).json).toEqual(first.json);
    const { signature } = await proofOf(key, deposit);
    const other = await claimWith(key, deposit.txHash, { ...proof, signature });
    expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
  });

  it('binds nobody to the sender', async () => {
    const { key } = await api.createCustomer();
    const deposit = await unmatched();
    await claim(key, deposit);
    const { json } = await api.call('GET', '/treasury/senders', { key });
    expect(json['senders']).toEqual([]);
  });
});

describe('a claim that is refused', () => {
  test('A08 a public transaction hash is no claim: the signature must be the sender’s', async () => {
    const { key } = await api.createCustomer();
    const deposit = await unmatched();
    const thief = newSigner();
    // For an address of the thief's own, which sent nothing there.
    const own = await claimWith(key, deposit.txHash, await proofOf(key, { ...deposit, signer: thief }));
    expect([own.status, own.json['code']]).toEqual([404, 'NOT_FOUND']);
    // For the sender's address, signed by the thief: no key of it, and no contract can be asked.
    const forged = { signer: { ...thief, address: deposit.signer.address }, txHash: deposit.txHash };
    expect((await claimWith(key, deposit.txHash, await proofOf(key, forged))).status).toBe(503);
    for (const proof of [undefined, {}, { message: deposit.txHash, signature: '0x12' }]) {
      expect((await claimWith(key, deposit.txHash, proof)).status).toBe(400);
    }
    expect(await assignmentsOf(deposit.id)).toMatchObject([{ org: null, state: 'unmatched' }]);
  });

  test('A08 A32 a proof for something else claims nothing', async () => {
    const [one, two] = [await api.createCustomer(), await api.createCustomer()];
    const deposit = await unmatched();
    const { signer, txHash } = deposit;
    const register = await prove(api, one.key, { purpose: 'register', address: signer.address }, signer);
    const otherHash = await proofOf(one.key, { signer, txHash: newTxHash() });
    const chainToo = { purpose: 'claim', address: signer.address, chain: EVM_TOO, txHash };
    const otherChain = await prove(api, one.key, chainToo, signer);
    const otherOrg = await proofOf(two.key, deposit);
    for (const proof of [register, otherHash, otherChain, otherOrg]) {
      expect((await claimWith(one.key, txHash, proof)).status).toBe(400);
    }
    expect(await assignmentsOf(deposit.id)).toMatchObject([{ org: null, state: 'unmatched' }]);
  });

  it.each([
    ['not final yet', { state: 'observed' }],
    ['never credited', { state: 'ignored' }],
    ['kept for a person to look at', { state: 'quarantined' }],
    ['not on the chain any more', { state: 'orphaned' }],
  ])('for a deposit that is %s says so, and leaves the proof unused', async (_, change) => {
    const { key } = await api.createCustomer();
    const deposit = await unmatched(change);
    const proof = await proofOf(key, deposit);
    const refused = await claimWith(key, deposit.txHash, proof);
    expect([refused.status, refused.json['code']]).toEqual([409, 'DEPOSIT_NOT_OPEN']);
    await api.db.raw(`UPDATE deposit SET state = 'unmatched' WHERE id = ?`, [deposit.id]);
    const { json } = await claimWith(key, deposit.txHash, proof);
    expect(json).toMatchObject({ deposits: [{ id: deposit.id }] });
  });

  it('for a deposit that another org has, by whatever way', async () => {
    const [one, two] = [await api.createCustomer(), await api.createCustomer()];
    const credited = await unmatched({ state: 'confirming', org: one.org });
    const refused = await claim(two.key, credited);
    expect([refused.status, refused.json['code']]).toEqual([409, 'DEPOSIT_NOT_OPEN']);
    expect(refused.json['detail']).toContain('another org');
    expect(refused.text).not.toContain(one.org);
    const claimed = await unmatched();
    expect((await claim(one.key, claimed)).status).toBe(200);
    expect((await claim(two.key, claimed)).json['code']).toBe('DEPOSIT_NOT_OPEN');
  });

  it('by a key that may not, or of a chain that is not there', async () => {
    const { org, key } = await api.createCustomer();
    const spender = await api.createKey({ org, scopes: ['treasury:spend', 'treasury:read'] });
    const deposit = await unmatched();
    expect((await claimWith(spender, deposit.txHash, await proofOf(key, deposit))).status).toBe(403);
    expect((await claimWith(key, deposit.txHash, await proofOf(key, deposit), 'eip155:5')).status).toBe(400);
    expect((await claimWith(key, '0x12', await proofOf(key, deposit))).status).toBe(400);
    expect((await claimWith(key, '0x12', await proofOf(key, deposit), STARKNET)).status).toBe(400);
  });

  it('late, or with a nonce that was never handed out', async () => {
    const { key } = await api.createCustomer();
    const deposit = await unmatched();
    const late = await proofOf(key, deposit);
    api.advance(10 * 60_000);
    expect((await claimWith(key, deposit.txHash, late)).status).toBe(400);
    const about = { purpose: 'claim', address: deposit.signer.address, chain: EVM, txHash: deposit.txHash };
    const { message } = await ask(api, key, about);
    const invented = text(message).replace(/^Nonce: .*$/m, `Nonce: ${'f'.repeat(32)}`);
    const proof = { message: invented, signature: await deposit.signer.sign(invented) };
    expect((await claimWith(key, deposit.txHash, proof)).status).toBe(400);
  });
});

describe('at the same instant', () => {
  it('twelve orgs claim one deposit: one has it', async () => {
    const deposit = await unmatched();
    const customers = await Promise.all(Array.from({ length: 12 }, async () => api.createCustomer()));
    const answers = await Promise.all(customers.map(async ({ key }) => claim(key, deposit)));
    const won = answers.flatMap(({ status }, index) => (status === 200 ? [customers[index]?.org] : []));
    expect(won).toHaveLength(1);
    expect(answers.filter(({ json }) => json['code'] === 'DEPOSIT_NOT_OPEN')).toHaveLength(11);
    expect(await assignmentsOf(deposit.id)).toMatchObject([{ org: won[0], given: won[0] }]);
  });

  it('one org claims with one proof twelve times: all are answered alike', async () => {
    const { key } = await api.createCustomer();
    const deposit = await unmatched();
    const proof = await proofOf(key, deposit);
    const answers = await Promise.all(Array.from({ length: 12 }, async () => claimWith(key, deposit.txHash, proof)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  });

  it('an operator assigns what an org claims: one of them has it', async () => {
    const admin = await api.createKey({ kind: 'admin' });
    const [claimer, other] = [await api.createCustomer(), await api.createCustomer()];
    const results = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const deposit = await unmatched();
        const proof = await proofOf(claimer.key, deposit);
        const [claimed, assigned] = await Promise.all([
          claimWith(claimer.key, deposit.txHash, proof),
          api.call('POST', `/admin/deposits/${deposit.id}/assign`, {
            key: admin,
            body: { org: other.org, reason: 'a person looked at it' },
          }),
        ]);
        const rows = await assignmentsOf(deposit.id);
        return { claimed: claimed.status, assigned: assigned.status, rows };
      }),
    );
    for (const { claimed, assigned, rows } of results) {
      const winner = claimed === 200 ? claimer.org : other.org;
      expect([claimed === 200, assigned === 200].filter(Boolean)).toHaveLength(1);
      expect(rows).toMatchObject([{ org: winner, given: winner }]);
    }
  });

  it('an org claims what it also proves: it has it either way', async () => {
    const { key, org } = await api.createCustomer();
    const deposit = await unmatched();
    const [claimed, registered] = await Promise.all([claim(key, deposit), registerProven(api, key, deposit.signer)]);
    expect([claimed.status, registered.status]).toEqual([200, 200]);
    expect(await assignmentsOf(deposit.id)).toMatchObject([{ org }]);
  });
});
