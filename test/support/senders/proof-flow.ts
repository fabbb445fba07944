/** An API and a detector on one real chain, where registration requires a proof. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { DevChain } from '../../../devnet/dev-chain.ts';
import { signAsDevAccount } from '../../../devnet/proof-signer.ts';
import { registerSenderReply } from '../../../src/http/treasury/schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../http/api.ts';
import { balanceOf, configOf, eventually, listAllDeposits, runDetector, type DepositRow } from '../chains/bench.ts';
import { ask } from './proofs.ts';

const USD = 1_000_000n;
/** Block times are whole seconds: a transfer that must come after a change of owner is sent in the next second. */
const NEXT_SECOND_MS = 1_100;

export interface ProofBench {
  readonly chain: DevChain;
  readonly api: TestApi;
  /** Answers a challenge as an account of the chain. */
  readonly prove: (
    key: string,
    about: object,
    address: string,
  ) => Promise<{ readonly message: unknown; readonly signature: string | string[] }>;
  /** Registers with a proof by an account of the chain. */
  readonly registerProven: (key: string, address: string) => Promise<Answer>;
  stop(): Promise<void>;
}

/** Opens the API on a chain whose deposits are credited as soon as they are in a block. */
export async function openProofBench(chain: DevChain): Promise<ProofBench> {
  const { caps: _, ...config } = configOf(chain, { finality: { kind: 'depth', blocks: 0 } });
  const api = await startTestApi('proof_required', [config]);
  const prove: ProofBench['prove'] = async (key, about, address) => {
    const { message } = await ask(api, key, { address, chain: chain.caip2, ...about });
    return { message, signature: await signAsDevAccount(chain, address, message) };
  };
  return {
    chain,
    api,
    prove,
    registerProven: async (key, address) => {
      const proof = await prove(key, { purpose: 'register' }, address);
      const body = { address, chain: chain.caip2, proof };
      return answered(async () => api.call('POST', '/treasury/register-sender', { key, body }));
    },
    stop: async () => api.stop(),
  };
}

/** Repeats a call that asks the chain while a busy node does not answer in time, as its 503 suggests. */
async function answered(send: () => Promise<Answer>): Promise<Answer> {
  return eventually(send, ({ status }) => status !== 503);
}

/**
 * The life of a sender that two orgs want: its deposits wait for a proof, go to the org that proved it, and to the next
 * owner only after it takes over; deposits without an owner are claimed.
 * @returns the balances of the two orgs at the end, in micros.
 */
export async function followsProofs(
  bench: ProofBench,
  [payer, stranger]: readonly [string, string],
): Promise<bigint[]> {
  const { chain, api, prove, registerProven } = bench;
  const [one, two] = [await api.createCustomer(), await api.createCustomer()];
  const { detector } = runDetector({
    chains: [configOf(chain, { finality: { kind: 'depth', blocks: 0 } })],
    databaseUrl: api.database.appUrl,
    senderPolicy: 'proof_required',
  });
  const pay = async (from: string): Promise<string> =>
    (await chain.send({ from, to: chain.creditsAddress, amountMicros: 2n * USD })).txHash;
  // A block wakes the detector; the other chain families mine none by themselves.
  const reaches = async (txHash: string, state: string): Promise<DepositRow | undefined> => {
    await chain.mine();
    return eventually(
      async () => (await listAllDeposits(api.db, chain.caip2)).find((row) => row.tx_hash === txHash),
      (row) => row?.state === state,
    );
  };
  try {
    for (const account of [payer, stranger]) await chain.faucet(account, 100n * USD);
    const first = await pay(payer);
    expect(await reaches(first, 'unmatched')).toMatchObject({ reason: 'unknown_sender', org: null });
    const body = { address: payer, chain: chain.caip2 };
    const named = await api.call('POST', '/treasury/register-sender', { key: one.key, body });
    expect(registerSenderReply.parse(named.json)).toMatchObject({ state: 'unproven', challenge: { address: payer } });
    // Registering without a proof is not enough: neither earlier nor later deposits are matched.
    expect(await reaches(await pay(payer), 'unmatched')).toMatchObject({ org: null });
    expect(await balanceOf(api.db, one.org)).toBe(0n);

    expect((await registerProven(one.key, payer)).json).toMatchObject({ state: 'bound' });
    expect(await reaches(first, 'credited')).toMatchObject({ org: one.org });
    await eventually(
      async () => balanceOf(api.db, one.org),
      (balance) => balance === 4n * USD,
    );

    const before = await pay(payer);
    await reaches(before, 'credited');
    expect((await registerProven(two.key, payer)).json).toMatchObject({ state: 'bound' });
    await sleep(NEXT_SECOND_MS);
    const after = await pay(payer);
    expect(await reaches(after, 'credited')).toMatchObject({ org: two.org });
    expect(await balanceOf(api.db, one.org)).toBe(6n * USD);

    const foreign = await pay(stranger);
    await reaches(foreign, 'unmatched');
    const about = { purpose: 'claim', txHash: foreign };
    const claim = async (key: string, proof: unknown): Promise<Answer> =>
      answered(async () => {
        const asked = { txHash: foreign, chain: chain.caip2, proof };
        return api.call('POST', '/treasury/deposits/claim', { key, body: asked });
      });
    // Signed by another account, for the stranger's address.
    const forged = await ask(api, two.key, { ...about, address: stranger, chain: chain.caip2 });
    const signature = await signAsDevAccount(chain, payer, forged.message);
    const refused = await claim(two.key, { message: forged.message, signature });
    expect([refused.status, refused.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
    expect((await claim(one.key, await prove(one.key, about, stranger))).status).toBe(200);
    expect(await reaches(foreign, 'credited')).toMatchObject({ org: one.org });
    return await Promise.all([one.org, two.org].map(async (org) => balanceOf(api.db, org)));
  } finally {
    await detector.stop();
  }
}
