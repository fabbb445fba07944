/**
 * Searches the block in which a balance and the stored transfers begin to differ, by bisection over balances, and reads it
 * again from every RPC. Transfers that a quorum's receipts hold are recorded, as a scan would have recorded them.
 */
import type { Reach } from '../scan/reach.ts';
import { findChange } from '../../src/core/chains/bisect.ts';
import { type Block, type TransferEvent, identityOf, contentKey } from '../../src/core/chains/transfer.ts';
import type { Lease } from '../../src/db/leases.ts';
import { listKnownInBlock, noteGap, reckonMoved, type AmountAt } from '../../src/db/chains/balances.ts';
import { addOutgoing } from '../../src/db/chains/outgoing.ts';
import type { ChainContext } from '../chain/context.ts';
import { observeEvents } from '../scan/observe.ts';
import type { RpcPool } from '../rpc/pool.ts';
import { eventInReceipt } from '../scan/transfer-votes.ts';

/** Blocks with gaps that one check of a balance searches; the next check continues. */
const BLOCKS_MAX = 16;

/** The balance of one token at one address of ours. */
export interface WatchedAccount {
  readonly token: string;
  readonly address: string;
}

/** What the search works with. */
export interface Auditing {
  readonly context: ChainContext;
  readonly pool: RpcPool;
  readonly lease: Lease;
  readonly reach: Pick<Reach, 'heights' | 'target'>;
}

/** The balance on the chain at the end of a block, less the balance expected from a base and stored transfers; base units. */
export async function deviationAt(
  { context, pool }: Pick<Auditing, 'context' | 'pool'>,
  { token, address }: WatchedAccount,
  base: AmountAt,
  block: Pick<Block, 'number' | 'hash'>,
): Promise<bigint> {
  const found = await pool.balanceOf(token, address, block.hash);
  const range = { chain: context.chain, token, address, afterBlock: base.block, toBlock: block.number };
  return found - (base.amount + (await reckonMoved(context.db, range)));
}

/**
 * Searches the gaps between a base, where balance and stored transfers agree, and a block, where they do not. Every block
 * in which the balance changed by an unknown transfer is stored and raises an alarm; transfers that explain it are
 * recorded as a scan would, and not credited here.
 * @returns true when nothing is left unexplained.
 * @throws RpcFault when the chain cannot be asked, LeaseLost.
 */
export async function searchGaps(
  auditing: Auditing,
  watched: WatchedAccount,
  base: AmountAt,
  top: Block,
): Promise<boolean> {
  const { pool } = auditing;
  for (let search = 0; search < BLOCKS_MAX; search += 1) {
    if ((await deviationAt(auditing, watched, base, top)) === 0n) return true;
    const number = await findChange(base.block, top.number, async (at) => {
      return (await deviationAt(auditing, watched, base, await pool.block(at))) !== 0n;
    });
    const block = number === top.number ? top : await pool.block(number);
    const found = await explain(auditing, watched, block);
    const amount = await deviationAt(auditing, watched, base, block);
    await reportGap(auditing, watched, { block, found, left: amount });
    if (amount !== 0n) return false;
  }
  return false;
}

/** Reads the block again from every RPC, and records the transfers that are proven and were unknown. */
async function explain(auditing: Auditing, { address, token }: WatchedAccount, block: Block): Promise<TransferEvent[]> {
  const { context, pool, lease } = auditing;
  const { chain, db, clock } = context;
  const known = await listKnownInBlock(db, { chain, address, block: block.number });
  const range = { fromBlock: block.number, target: block, tokens: [token], recipients: new Set([address]) };
  const proven = async (direction: 'in' | 'out'): Promise<TransferEvent[]> => {
    const answers = await pool.gatherAll(async (source) => source.transfers({ ...range, direction }));
    const events = answers
      .flatMap(({ answer }) => answer)
      .filter((event) => event.blockHash === block.hash && !known.has(identityOf(event)));
    const unique = [...new Map(events.map((event) => [contentKey(event), event])).values()];
    const held = await Promise.all(
      unique.map(async (event) => {
        const agreement = await pool.receipt(event.txHash, [token]);
        const seen = agreement.reached ? eventInReceipt(agreement.value, event) : undefined;
        return seen !== undefined && contentKey(seen) === contentKey(event);
      }),
    );
    return unique.filter((_, index) => held[index]);
  };
  const [came, left] = [await proven('in'), await proven('out')];
  if (came.length > 0) await observeEvents(auditing, block, came);
  if (left.length > 0) await addOutgoing(db, lease, { chain, events: left, at: new Date(clock.nowMs()) });
  return [...came, ...left];
}

async function reportGap(
  { context, lease }: Auditing,
  { token, address }: WatchedAccount,
  { block, found, left }: { block: Block; found: readonly TransferEvent[]; left: bigint },
): Promise<void> {
  const { chain, db, clock, log } = context;
  const explained = found.map((event) => identityOf(event));
  const amount = found.reduce(
    (sum, event) => sum + (event.to === address ? event.amount : 0n) - (event.from === address ? event.amount : 0n),
    left,
  );
  const gap = { chain, token, address, block: block.number, blockHash: block.hash, amount, found: explained };
  if (!(await noteGap(db, lease, gap, new Date(clock.nowMs())))) return;
  log.error({
    event: 'chain.balance_gap',
    chain,
    token,
    address,
    block: block.number,
    amount: String(amount),
    unexplained: String(left),
    found: explained,
  });
}
