/**
 * Checks completeness without trust in logs: the balance of each address of ours must equal what came in less what went
 * out since a recorded base. Part of an audit, about once a minute and after credits.
 */
import type { Block } from '../../src/core/chains/transfer.ts';
import { freezeChain } from '../../src/db/chains/freezes.ts';
import type { AuditPosition } from '../../src/db/chains/audit-position.ts';
import {
  addWatchedBalances,
  dropWatchedBalances,
  listBalancesToCheck,
  reckonMoved,
  storeBalanceChecks,
  type AmountAt,
  type BalanceCheck,
  type WatchedBalance,
} from '../../src/db/chains/balances.ts';
import { storeOutgoing } from '../../src/db/chains/outgoing.ts';
import { deviationAt, searchGaps, type Auditing } from './balance-gap.ts';
import { type WatchedAccount } from './balance-gap.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import { readRange } from '../scan/read-range.ts';
import { RpcFault, type RpcFaultKind } from '../rpc/fault.ts';

/** Most balances checked in one audit; when there are more, they take turns. */
const BALANCES_MAX = 300;
const BALANCES_IN_FLIGHT_MAX = 8;
/** Blocks read at a time for outgoing transfers, and most such pieces of one audit; the next audit continues. */
const OUTGOING_BLOCKS_MAX = 5_000;
const OUTGOING_PIECES_MAX = 20;
/** Every node in use keeps the states of this many blocks (geth: 128). */
const RECENT_BLOCKS = 100;
/** Faults that do not show whether the node still has a state. */
const PASSING_FAULTS: ReadonlySet<RpcFaultKind> = new Set(['timeout', 'network', 'rate_limited', 'spared', 'server']);
/** Audits in a row that must find money missing before the chain is frozen. */
const REPEATS_TO_FREEZE = 3;

/** Reads the outgoing transfers of our addresses up to the target. @returns false when some blocks are left to read. */
export async function readOutgoing(auditing: Auditing, position: AuditPosition, target: Block): Promise<boolean> {
  const { context, pool, lease } = auditing;
  const { chain, db, tokens, recipients, overlapBlocks, startBlock, clock, log } = context;
  let from = Math.max(startBlock, position.outgoingNext - overlapBlocks);
  for (let piece = 0; piece < OUTGOING_PIECES_MAX && from <= target.number; piece += 1) {
    const to = Math.min(target.number, from + OUTGOING_BLOCKS_MAX - 1);
    const end = to === target.number ? target : await pool.block(to);
    const query = { fromBlock: from, target: end, tokens, recipients, direction: 'out' } as const;
    const { settled } = await readRange(pool, query, log);
    await storeOutgoing(db, lease, {
      chain,
      fromBlock: from,
      toBlock: to,
      events: settled,
      at: new Date(clock.nowMs()),
    });
    from = to + 1;
  }
  return from > target.number;
}

/** Makes sure that every address has a row; repeated only when their number has changed. @returns that number. */
export async function watchAddresses({ context, lease }: Auditing, position: AuditPosition): Promise<number> {
  const { chain, db, tokens, recipients } = context;
  const wanted = recipients.size * tokens.length;
  if (wanted !== position.addressesKnown) {
    await addWatchedBalances(db, lease, { chain, tokens, addresses: [...recipients] });
  }
  return wanted;
}

/**
 * Checks the balances that are due at the target, searches every gap and stores the results. A shortage that stays
 * unexplained in three audits in a row freezes the chain.
 * @throws RpcFault when the chain cannot be asked at all, LeaseLost.
 */
export async function checkBalances(auditing: Auditing, position: AuditPosition, target: Block): Promise<void> {
  const { context, lease } = auditing;
  const { chain, db, tokens, recipients, clock } = context;
  // The credits address is the first of the set, and always checked.
  const [credits = ''] = recipients;
  const sinceBlock = position.auditedBlock ?? -1;
  const due = await listBalancesToCheck(db, { chain, tokens, first: [credits], sinceBlock, limit: BALANCES_MAX });
  const gone = due.filter(({ address }) => !recipients.has(address)).map(({ address }) => address);
  await dropWatchedBalances(db, lease, { chain, addresses: gone });
  const ours = due.filter(({ address }) => recipients.has(address));
  const rows = await mapBounded(ours, BALANCES_IN_FLIGHT_MAX, async (one) => checkBalance(auditing, one, target));
  await storeBalanceChecks(db, lease, { chain, rows, at: new Date(clock.nowMs()) });
  await judgeShortages(auditing, rows);
}

async function checkBalance(auditing: Auditing, watched: WatchedBalance, target: Block): Promise<BalanceCheck> {
  const { token, address } = watched;
  const about = { token, address, checkedBlock: target.number };
  try {
    const base = await settledBase(auditing, watched, target);
    const { chain, db } = auditing.context;
    const range = { chain, token, address, afterBlock: base.block, toBlock: target.number };
    const compute = async (): Promise<bigint> => base.amount + (await reckonMoved(db, range));
    const found = await auditing.pool.balanceOf(token, address, target.hash);
    let reckoned = await compute();
    if (found !== reckoned) {
      await searchFrom(auditing, { ...watched, base }, target);
      reckoned = await compute();
    }
    const agree = found === reckoned;
    const here = { block: target.number, hash: target.hash, amount: found };
    const kept = watched.proven && watched.proven.block > base.block ? watched.proven : undefined;
    const hardFinal = auditing.reach.heights.hardFinal ?? -1;
    // A proven point is kept until it is hard-final; only then may a newer one replace it.
    const proven = agree && (kept === undefined || kept.block <= hardFinal) ? here : kept;
    const problem = agree ? undefined : `${found - reckoned} base units more than the transfers that were read explain`;
    const repeats = agree ? 0 : watched.repeats + 1;
    return { ...about, base, proven, found, reckoned, state: agree ? 'OK' : 'GAP', problem, repeats };
  } catch (error) {
    if (!(error instanceof RpcFault)) throw error;
    const { base, proven, repeats } = watched;
    const unknown = { found: undefined, reckoned: undefined, state: 'UNKNOWN', problem: error.message } as const;
    return { ...about, base, proven, repeats, ...unknown };
  }
}

/** Searches the gap, if there is one, from the nearest point at which balance and stored transfers agree. */
async function searchFrom(
  auditing: Auditing,
  watched: WatchedBalance & { readonly base: AmountAt },
  target: Block,
): Promise<boolean> {
  const { base, proven } = watched;
  if ((await deviationAt(auditing, watched, base, target)) === 0n) return true;
  // Many nodes prune old states: a search that starts near its end needs few of them.
  const isNearer = proven !== undefined && proven.block > base.block && proven.block < target.number;
  const held = isNearer && (await isStillProven(auditing, watched, base, proven));
  return searchGaps(auditing, watched, held ? proven : base, target);
}

async function isStillProven(
  { context, pool }: Auditing,
  { token, address }: WatchedAccount,
  base: AmountAt,
  proven: AmountAt & { readonly hash: string },
): Promise<boolean> {
  if ((await pool.block(proven.block)).hash !== proven.hash) return false;
  const range = { chain: context.chain, token, address, afterBlock: base.block, toBlock: proven.block };
  return base.amount + (await reckonMoved(context.db, range)) === proven.amount;
}

/**
 * The base that a balance is computed from: the proven point once it is hard-final, else the base as before. The first base
 * is the balance before the first block that is read; on nodes that have pruned that state, about 100 blocks ago or now.
 */
async function settledBase(auditing: Auditing, watched: WatchedBalance, target: Block): Promise<AmountAt> {
  const { reach } = auditing;
  const { base, proven } = watched;
  if (base === undefined) return findBase(auditing, watched, target);
  const hardFinal = reach.heights.hardFinal ?? -1;
  if (proven === undefined || proven.block <= base.block || proven.block > hardFinal) return base;
  return (await isStillProven(auditing, watched, base, proven)) ? proven : base;
}

async function findBase(
  { context, pool }: Auditing,
  { token, address }: WatchedAccount,
  target: Block,
): Promise<AmountAt> {
  if (context.startBlock === 0) return { block: -1, amount: 0n };
  const recent = Math.max(context.startBlock - 1, target.number - RECENT_BLOCKS);
  for (const number of [context.startBlock - 1, recent]) {
    try {
      const { hash } = await pool.block(number);
      return { block: number, amount: await pool.balanceOf(token, address, hash) };
    } catch (error) {
      if (!(error instanceof RpcFault) || PASSING_FAULTS.has(error.kind)) throw error;
    }
  }
  return { block: target.number, amount: await pool.balanceOf(token, address, target.hash) };
}

async function judgeShortages({ context }: Auditing, rows: readonly BalanceCheck[]): Promise<void> {
  const { chain, db, clock, log } = context;
  for (const { token, address, found, reckoned, state, repeats } of rows) {
    if (state !== 'GAP' || found === undefined || reckoned === undefined) continue;
    const fields = { chain, token, address, found: String(found), reckoned: String(reckoned), repeats };
    if (repeats === 1) log.error({ event: 'chain.balance_differs', ...fields });
    // More than was read is a deposit that was missed; less means that something was credited that does not exist.
    if (found > reckoned || repeats < REPEATS_TO_FREEZE) continue;
    const reason = `${address} has ${found} base units of ${token}, but ${reckoned} by the transfers that were read`;
    const freeze = { chain, kind: 'reconciliation', reason, by: 'detector', at: new Date(clock.nowMs()) } as const;
    if (await freezeChain(db, freeze)) log.error({ event: 'chain.frozen', chain, kind: freeze.kind, reason });
  }
}
