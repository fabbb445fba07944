/** A rescan ordered by an operator: previewed without writing, or carried out by the leader of the chain. */
import { canonicalAddress } from '../../src/core/chains/address.ts';
import { quorumOf } from '../../src/core/chains/quorum.ts';
import { sleep } from '../../src/core/clock.ts';
import { acquireLease, releaseLease } from '../../src/db/leases.ts';
import { findRescan, orderRescan, type RescanChange, type RescanOrder } from '../../src/db/chains/rescan-orders.ts';
import { buildContext, type ChainContext } from '../chain/context.ts';
import type { ChainSettings } from '../chain/settings.ts';
import type { Reach } from '../scan/reach.ts';
import { openSource } from '../open-source.ts';
import { carryOnRescan, listChanges, piecesOf, readAgain } from '../audit/rescan.ts';
import { RpcPool } from '../rpc/pool.ts';

const LEASE_TTL_MS = 30_000;
/** How often the state of an order is checked while its operator waits. */
const LOOK_MS = 500;

/** The rescan cannot be previewed, or has not ended in time; the message says why. */
export class RescanRefused extends Error {
  override name = 'RescanRefused';
}

/** A chain opened for one piece of work by a process that does not lead it. */
export interface ChainByHand {
  readonly context: ChainContext;
  readonly pool: RpcPool;
  /** The newest block that a quorum agrees on. */
  readonly reach: Pick<Reach, 'heights' | 'target'>;
}

/** Runs work on a chain's RPCs, with all watched addresses, and closes them. @throws ChainRefused, RpcFault. */
export async function withChainByHand<Result>(
  config: ChainSettings,
  shared: Parameters<typeof buildContext>[1],
  work: (chain: ChainByHand) => Promise<Result>,
): Promise<Result> {
  const { clock, log, db } = shared;
  const sources = config.rpcUrls.map((url) => openSource(config.caip2, { url, clock }));
  try {
    const context = buildContext(config, shared);
    const { chain, family, watch } = context;
    const tokens = config.tokens.map(({ address }) => canonicalAddress(family, address));
    const pool = new RpcPool({ sources, quorum: quorumOf(config), config, tokens, clock, log });
    const { target, hardFinal } = await pool.survey();
    await watch.refresh(db, { chain, family, readUpTo: 0 });
    const reach = { heights: { head: target.number, hardFinal }, target };
    return await work({ context, pool, reach });
  } finally {
    for (const source of sources) source.close();
  }
}

/** What reading the range again would change; writes nothing. @throws RescanRefused where receipts hold what logs lack. */
export async function previewRescan(
  chain: ChainByHand,
  range: { readonly fromBlock: number; readonly toBlock: number },
): Promise<RescanChange[]> {
  const found: RescanChange[] = [];
  for (const piece of piecesOf(range)) {
    const { changes, kept } = await readAgain(chain, piece);
    const [first] = kept;
    if (first) {
      throw new RescanRefused(
        `${kept.length} stored transfers from block ${first.blockNumber} on are in their receipts but not in the logs: use RPCs that keep old logs`,
      );
    }
    for (const change of listChanges(changes)) found.push(change);
  }
  return found;
}

/**
 * Orders a rescan and waits for its end. The chain's leader carries it out; where nobody leads, this process takes the
 * lease while it does so, so that there is never a second writer.
 * @throws RescanRefused when it has not ended after timeoutMs: the order stays open, and the leader continues it.
 */
export async function rescanNow(
  chain: ChainByHand,
  order: {
    readonly fromBlock: number;
    readonly toBlock: number;
    readonly orderedBy: string;
    readonly timeoutMs: number;
  },
): Promise<RescanOrder> {
  const { context } = chain;
  const { clock, db } = context;
  const { fromBlock, toBlock, orderedBy, timeoutMs } = order;
  const untilMs = clock.nowMs() + timeoutMs;
  const orderedAt = new Date(clock.nowMs());
  const id = await orderRescan(db, { chain: context.chain, fromBlock, toBlock, orderedBy, orderedAt });
  while (clock.nowMs() < untilMs) {
    await leadOnce(chain, `${orderedBy}:${id}`);
    const found = await findRescan(db, id);
    if (found && found.state !== 'open') return found;
    await sleep(clock, LOOK_MS);
  }
  throw new RescanRefused(`order ${id} has not ended yet: the chain's leader continues it`);
}

async function leadOnce(chain: ChainByHand, holder: string): Promise<void> {
  const { context } = chain;
  const lease = await acquireLease(context.db, { name: `chain:${context.chain}`, holder, ttlMs: LEASE_TTL_MS });
  if (!lease) return;
  try {
    await carryOnRescan({ ...chain, lease });
  } finally {
    await releaseLease(context.db, lease);
  }
}
