/** Many at once over the same deposits: each is one row and one entry, whoever was first. */
import { expect, test } from 'vitest';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { assignByHand } from '../../src/db/deposits/acts.ts';
import { claimEach } from '../../src/db/deposits/assignments.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { bind } from '../support/chains/bench.ts';
import { TOKEN } from '../support/chains/memory-chain.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const WORKERS = 50;

async function newOrg(db: RoundBench['db']): Promise<string> {
  const id = uuidV7(Date.now());
  await createOrg(db, { id, name: 'Test', externalId: null, createdAt: new Date() });
  return id;
}

/** Types of the entries of these orgs. */
async function entriesOf(db: RoundBench['db'], orgs: readonly string[]): Promise<string[]> {
  const wallets = orgs.map((id) => walletId({ kind: 'org', id }));
  const found: { rows: { type: string }[] } = await db.raw('SELECT type FROM entry WHERE wallet = ANY(?::uuid[])', [
    wallets,
  ]);
  return found.rows.map(({ type }) => type);
}

async function listIds({ db, caip2 }: RoundBench): Promise<string[]> {
  const found: { rows: { id: string }[] } = await db.raw('SELECT id FROM deposit WHERE chain = ?', [caip2]);
  return found.rows.map(({ id }) => id);
}

test('A07 a transfer that 50 workers read and credit at once is one deposit and one entry', async () => {
  const { balance, chain, db, newOwner, round, sender } = bench();
  const org = await newOwner();
  chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
  chain.mineMany(2);
  const rounds = await Promise.allSettled(Array.from({ length: WORKERS }, async () => round()));
  expect(rounds.some(({ status }) => status === 'fulfilled')).toBe(true);
  await round();
  expect(await listIds(bench())).toHaveLength(1);
  expect(await entriesOf(db, [org])).toEqual(['DEPOSIT']);
  expect(await balance(org)).toBe(5n);
});

test('A07 deposits that a claim, an operator and the detector take at once are credited once each', async () => {
  const { balance, caip2, chain, db, round, sender } = bench();
  const orgs = [await newOrg(db), await newOrg(db), await newOrg(db)] as const;
  const [owner, claimer, assignee] = orgs;
  const hashes = Array.from({ length: 12 }, (_, index) => `0x${index}`);
  chain.mine(hashes.map((txHash, ordinal) => ({ txHash, from: sender, amount: BigInt(2 ** ordinal) })));
  chain.mineMany(2);
  await round();
  const ids = await listIds(bench());
  await bind(db, owner, caip2, sender);
  const at = new Date();
  const claims = ids.map(async (deposit) =>
    db.transaction(async (trx) => claimEach(trx, [deposit], { org: claimer, actor: 'k', reason: 'signed', at })),
  );
  const assigns = ids.map(async (deposit) => {
    const request = { id: uuidV7(Date.now()), deposit, org: assignee, actor: 'tester', words: 'because', at };
    return assignByHand(db, request, (_, token) => token === TOKEN);
  });
  const outcomes = await Promise.allSettled([round(), ...claims, ...assigns, round()]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'DEPOSIT_NOT_OPEN' });
  }
  for (let again = 0; again < 3; again += 1) await round();
  expect((await bench().deposits()).map(({ state }) => state)).toEqual(hashes.map(() => 'credited'));
  const balances = await Promise.all(orgs.map(balance));
  expect(balances.reduce((sum, one) => sum + one, 0n)).toBe(2n ** 12n - 1n);
  expect(await entriesOf(db, orgs)).toEqual(hashes.map(() => 'DEPOSIT'));
});
