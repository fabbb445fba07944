/** Records transfers that were read beside the rounds, as a scan of their block would have recorded them. */
import { classify } from '../../src/core/deposits/classify.ts';
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import { commitScan, listKnownDeposits } from '../../src/db/deposits/scan.ts';
import type { Lease } from '../../src/db/leases.ts';
import { assetOf, type ChainContext } from '../chain/context.ts';
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
  const { chain, db, recipients, clock } = context;
  const range = { fromBlock: block.number, toBlock: block.number };
  const known = await listKnownDeposits(db, { chain, ...range, events });
  await commitScan(db, lease, {
    chain,
    changes: decide(known, events, { ...range, tokens: [], recipients: new Set() }),
    blocks: [block],
    ancestor: undefined,
    thin: [],
    sort: (event) => classify(event, recipients, assetOf(context, event.token)),
    cursor: undefined,
    at: new Date(clock.nowMs()),
  });
}
