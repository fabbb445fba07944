/** Records transfers that an audit found, as a scan of their block would have recorded them. */
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import { commitScan, listKnownDeposits } from '../../src/db/deposits/scan.ts';
import type { Lease } from '../../src/db/leases.ts';
import type { ChainContext } from '../chain/context.ts';
import { decide } from '../../src/core/deposits/diff.ts';

/**
 * Stores transfers of one block; new ones start in the state that the rules give them, as in a scan. Only the ordinary
 * rounds credit them. Stored deposits that are not among them stay as they are.
 * @throws LeaseLost when another leads.
 */
export async function observeEvents(
  { context, lease }: { readonly context: ChainContext; readonly lease: Lease },
  block: Block,
  events: readonly TransferEvent[],
): Promise<void> {
  const { chain, db, clock } = context;
  const range = { fromBlock: block.number, toBlock: block.number };
  const known = await listKnownDeposits(db, { chain, ...range, events });
  await commitScan(db, lease, {
    chain,
    changes: decide(known, events, context, undefined),
    blocks: [block],
    ancestor: undefined,
    thin: [],
    cursor: undefined,
    at: new Date(clock.nowMs()),
  });
}
