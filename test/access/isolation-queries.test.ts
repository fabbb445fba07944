/** The first wall by itself: statements whose condition no route can show, since the second wall stands behind it. */
import { expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { listTraced } from '../../src/db/deposits/trace.ts';
import { findChallenge, insertChallenge } from '../../src/db/senders/challenges.ts';
import { newOrg } from '../support/chains/bench.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';

// Its connection sees every org, as a service does that connects as a superuser.
const bench = useRoundBench();

test('A43 a deposit of one org is not told to another that its sender is registered to now', async () => {
  const { caip2, chain, db, newOwner, round, sender } = bench();
  const owner = await newOwner();
  chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
  chain.mineMany(2);
  await round();
  await db.raw('UPDATE sender SET unbound_at = now() WHERE org = ?', [owner]);
  const next = await newOrg(db, caip2, [sender]);
  const seen = async (org: string): Promise<number> => (await listTraced(db, { org, txHash: '0x1', limit: 10 })).length;
  expect([await seen(owner), await seen(next)]).toEqual([1, 0]);
});

test('A43 a challenge that one org was given is not found for another', async () => {
  const { caip2, db, newOwner, sender } = bench();
  const [owner, other] = [await newOwner(), await newOrg(db, caip2, [])];
  const nonce = uuidV7(Date.now()).replaceAll('-', '');
  const times = { issuedAtMs: Date.now(), expiresAtMs: Date.now() + 60_000 };
  const about = { chain: caip2, address: sender, purpose: 'register', txHash: null } as const;
  await insertChallenge(db, {
    nonce,
    org: owner,
    ...about,
    domain: 'example.com',
    uri: 'https://example.com',
    ...times,
  });
  expect(await findChallenge(db, { nonce, org: owner })).toMatchObject({ challenge: { nonce, org: owner } });
  expect(await findChallenge(db, { nonce, org: other })).toBeUndefined();
});
