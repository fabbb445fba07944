/** Spam: transfers of zero and of one unit, from strangers and in a customer's name, between two real ones. */
import type { RoundBench } from './round-bench.ts';

const USD = 1_000_000n;
const PER_BLOCK = 1_000;
const STRANGER = `0x${'e'.repeat(40)}`;

/** Floods the chain with that many spam transfers, an even number; returns the org and its deposits by outcome. */
export async function floodWithDust(
  { caip2, chain, db, newOwner, round, sender }: RoundBench,
  transfers: number,
): Promise<{ org: string; counts: { state: string; reason: string | null; deposits: number }[] }> {
  const org = await newOwner();
  const least = { minDepositMicros: USD };
  for (let sent = 0; sent < transfers; sent += PER_BLOCK) {
    chain.mine(
      Array.from({ length: PER_BLOCK }, (_, index) => ({
        txHash: `0x${sent}-${index >> 1}`,
        ordinal: index & 1,
        from: index % 4 === 0 ? sender : STRANGER,
        amount: BigInt(index & 1),
      })),
    );
  }
  chain.mine([{ txHash: '0xreal', from: sender, amount: USD }]);
  chain.mineMany(2);
  await round(undefined, least);
  chain.mine([{ txHash: '0xnext', from: sender, amount: 2n * USD }]);
  chain.mineMany(2);
  await round(undefined, least);
  const found: { rows: { state: string; reason: string | null; deposits: number }[] } = await db.raw(
    `SELECT state, reason, count(*)::integer AS deposits FROM deposit WHERE chain = ? GROUP BY 1, 2 ORDER BY 1, 2`,
    [caip2],
  );
  return { org, counts: found.rows };
}
