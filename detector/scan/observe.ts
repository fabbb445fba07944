/** Records transfers that were read beside the rounds, as a scan of their block would have recorded them. */
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import { commitScan, listKnownDeposits } from '../../src/db/deposits/scan.ts';
import type { Lease } from '../../src/db/leases.ts';
import type { ChainContext } from '../chain/context.ts';
import { decide } from '../../src/core/deposits/diff.ts';

/**
 * Stores these transfers of one block: new ones as observed, or as what the rules make of them. They are credited by
 * nothing but the ordinary rounds. Nothing is concluded about what is not among them.
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
