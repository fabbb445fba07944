/** Deposits that change or turn out to be nothing: the same scenarios for every chain, which supplies the means. */
import { expect } from 'vitest';
import type { Detector } from '../../../detector/service.ts';
import { callRpc } from '../../../devnet/json-rpc.ts';
import type { Bench } from '../chains/chain-bench.ts';
import { balanceOf, eventually } from '../chains/bench.ts';
import {
  EAGER,
  entryTypes,
  isRunning,
  isSeen,
  newParty,
  PATIENT,
  send,
  type Party,
} from '../chains/reorg-scenarios.ts';

/** Looks without a new round between them that count as quiet; a tenth of a second apart. */
const QUIET_LOOKS = 10;
/** Only pushes wake the detector. */
const NEVER_POLLING = { pollMs: 3_600_000, pushedPollMs: 3_600_000 };

/** A transaction whose outcome depends on what the chain holds before it. */
export interface Shifty {
  readonly txHash: string;
  /** Rewrites its blocks: the same transaction then moves 9 instead of 7 (more), or 10 as its second event (later). */
  readonly rewrite: () => Promise<void>;
}
export type Change = 'more' | 'later';
export type SendShifty = (bench: Bench, party: Party, change: Change) => Promise<Shifty>;

/** A deposit counts as new when its amount or its place within the transaction changes. */
export async function followsChange(bench: Bench, sendShifty: SendShifty, to: Change): Promise<void> {
  const { chain, db, depositsOf, reaches, detecting } = bench;
  for (const credited of [false, true]) {
    const party = await newParty(bench);
    await detecting(
      async () => {
        const shifty = await sendShifty(bench, party, to);
        await isSeen(bench, shifty.txHash);
        if (credited) await reaches(shifty.txHash, 'credited');
        await shifty.rewrite();
        await chain.mine();
        const wanted =
          to === 'more'
            ? [['9', 'credited']]
            : [
                ['7', credited ? 'reversed' : 'orphaned'],
                ['10', 'credited'],
              ];
        await eventually(
          async () => {
            await chain.mine();
            return (await depositsOf(shifty.txHash)).map(({ amount, state }) => [amount, state]);
          },
          (rows) => JSON.stringify(rows) === JSON.stringify(wanted),
        );
      },
      credited ? { ...EAGER, finality: { kind: 'depth', blocks: 0 } } : EAGER,
    );
    const reversed = credited ? ['DEPOSIT', 'DEPOSIT_REVERSAL'] : [];
    expect(await entryTypes(db, party.org)).toEqual([...reversed, 'DEPOSIT']);
    expect(await balanceOf(db, party.org)).toBe(to === 'more' ? 9n : 10n);
  }
}

/** A block is replaced by one that has as many transactions, and so the same hash. */
export async function detectsSameHash(bench: Bench): Promise<void> {
  const { chain, db, reaches, detecting } = bench;
  const [lost, kept] = [await newParty(bench), await newParty(bench)];
  const hashOf = async (number: number): Promise<unknown> =>
    callRpc(chain.rpcUrl, 'starknet_getBlockWithTxHashes', { block_id: { block_number: number } });
  await detecting(async () => {
    const gone = await send(bench, lost.sender, 5n);
    await isSeen(bench, gone.txHash);
    const before = await hashOf(gone.blockNumber);
    await chain.rollback(1);
    const other = await send(bench, kept.sender, 7n);
    const { block_hash: hash } = before as { block_hash: string };
    expect(await hashOf(other.blockNumber)).toMatchObject({ block_hash: hash, block_number: gone.blockNumber });
    await reaches(gone.txHash, 'orphaned');
    await reaches(other.txHash, 'credited');
  }, EAGER);
  expect([await balanceOf(db, lost.org), await balanceOf(db, kept.org)]).toEqual([0n, 7n]);
}

/** Only the notice of the reorg comes over the websocket, and nothing is polled. */
export async function wakesOnNotice(bench: Bench): Promise<void> {
  const { chain, db, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  await detecting(
    async ({ detector, lines }) => {
      const { txHash } = await send(bench, sender, 5n);
      await isSeen(bench, txHash);
      await isQuiet(detector);
      await chain.rollback(1);
      await eventually(
        async () => Promise.resolve(detector.status()[0]),
        (status) => status?.state === 'failing' && status.problem?.includes('was read before') === true,
        10_000,
      );
      await chain.mine(2);
      await reaches(txHash, 'orphaned');
      await isRunning(bench, detector);
      expect(JSON.stringify(lines)).not.toMatch(/NaN|undefined/);
    },
    EAGER,
    NEVER_POLLING,
  );
  expect(await balanceOf(db, org)).toBe(0n);
}

/** Waits until no round has ended for a while: everything pushed before has been handled. */
async function isQuiet({ status }: Pick<Detector, 'status'>): Promise<void> {
  const looks: (number | undefined)[] = [];
  await eventually(
    async () => Promise.resolve(looks.push(status()[0]?.roundEndedAtMs)),
    () => looks.length > QUIET_LOOKS && new Set(looks.slice(-QUIET_LOOKS)).size === 1,
  );
}

/** As many events as one transaction or one block can hold, stored as deposits without being credited. */
export async function countsThousands(
  bench: Bench,
  mineFull: (party: Party, transactions: number) => Promise<void>,
): Promise<void> {
  const { chain, db, detecting } = bench;
  const party = await newParty(bench);
  const count = async (): Promise<{ deposits: number; places: number; amount: string }> => {
    const result: { rows: { deposits: number; places: number; amount: string }[] } = await db.raw(
      `SELECT count(*)::int AS deposits, count(DISTINCT (tx_hash, ordinal))::int AS places, sum(amount)::text AS amount
       FROM deposit WHERE chain = ? AND from_address = ? AND state <> 'orphaned'`,
      [chain.caip2, party.sender],
    );
    return result.rows[0] ?? { deposits: 0, places: 0, amount: '0' };
  };
  await detecting(async () => {
    await mineFull(party, 1);
    await mineFull(party, 20);
    const heapBefore = process.memoryUsage().heapUsed;
    const counted = await eventually(count, ({ deposits }) => deposits >= 21_000, 60_000);
    expect(counted).toEqual({ deposits: 21_000, places: 21_000, amount: '21000' });
    expect((process.memoryUsage().heapUsed - heapBefore) / 2 ** 20).toBeLessThan(300);
  }, PATIENT);
}

/** The transaction credits nothing; a later transfer is credited, so the first has been read. */
export async function creditsNothing(bench: Bench, sendIt: (party: Party) => Promise<string>): Promise<void> {
  const { db, depositsOf, reaches, detecting } = bench;
  const party = await newParty(bench);
  await detecting(async () => {
    const txHash = await sendIt(party);
    const real = await send(bench, party.sender, 3n);
    await reaches(real.txHash, 'credited');
    expect(await depositsOf(txHash)).toEqual([]);
  }, EAGER);
  expect([await balanceOf(db, party.org), await entryTypes(db, party.org)]).toEqual([3n, ['DEPOSIT']]);
}

/** Another contract emits events before and after the true one, in the same transaction. */
export async function countsOwnEvents(bench: Bench, boast: (party: Party) => Promise<string>): Promise<void> {
  const { db, reaches, detecting } = bench;
  const party = await newParty(bench);
  await detecting(async () => {
    const rows = await reaches(await boast(party), 'credited');
    expect(rows).toMatchObject([{ amount: '5', ordinal: 1 }]);
  }, EAGER);
  expect([await balanceOf(db, party.org), await entryTypes(db, party.org)]).toEqual([5n, ['DEPOSIT']]);
}
