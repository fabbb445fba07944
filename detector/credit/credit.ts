/** Credits final deposits. The lease lets one leader decide; the entry's key lets the money be written only once. */
import { Refusal } from '../../src/core/errors.ts';
import { walletId } from '../../src/core/ids.ts';
import { listFreezes } from '../../src/db/chains/freezes.ts';
import { markHardFinal, recordIntents, sumExposed } from '../../src/db/deposits/credits.ts';
import {
  listPendingDeposits,
  noteProgress,
  type PendingDeposit,
  type Progress,
} from '../../src/db/deposits/pending.ts';
import { listDueCredits, markCredited, type DueCredit } from '../../src/db/deposits/dues.ts';
import { ripenDust } from '../../src/db/deposits/dust.ts';
import { noteScreenings } from '../../src/db/deposits/screening.ts';
import { failpoint } from '../../src/db/failpoint.ts';
import type { Lease } from '../../src/db/leases.ts';
import { BlockReceipts } from './block-receipts.ts';
import type { ChainContext } from '../chain/context.ts';
import type { Reach } from '../scan/reach.ts';
import { creditFields, writeCredit } from './entry.ts';
import { judgePage, matchPage, type AtRisk, type Ready } from './judge-page.ts';
import { proveDeposits } from './prove.ts';
import { reverseOrphans } from './reverse.ts';
import type { RpcPool } from '../rpc/pool.ts';
import { screenDeposits } from './screening.ts';

/** Most deposits judged at a time, and most entries in flight at a time. */
const BATCH_SIZE_MAX = 1_000;

/**
 * Brings the ledger up to date after a scan. First it reverses deposits that left the chain and writes the credits decided
 * before; then it judges every deposit that has no wallet yet: whose it is and whether it is final. In this order nothing
 * is credited that the scan did not just see in the chain.
 * @param pageSize how many deposits are judged at a time.
 * @throws RpcFault, LeaseLost, Refusal LEDGER_UNAVAILABLE: a later call continues where this one ended.
 */
export async function creditDeposits(
  context: ChainContext,
  pool: RpcPool,
  lease: Lease,
  reach: Reach,
  pageSize = BATCH_SIZE_MAX,
): Promise<void> {
  const { chain, family, db, clock } = context;
  const { hardFinal } = reach.heights;
  await reverseOrphans(context, lease);
  await writeLeftCredits(context, lease, hardFinal);
  if (hardFinal !== undefined) {
    const at = new Date(clock.nowMs());
    await markHardFinal(db, lease, { chain, hardFinal, nextBlock: reach.creditBelow, at });
  }
  const dust = { chain, minMicros: context.minDepositMicros, at: new Date(clock.nowMs()) };
  await ripenDust(db, lease, dust);
  const frozen = (await listFreezes(db, chain)).length > 0;
  const atRisk = { chainMicros: await sumExposed(db, chain) };
  const receipts = new BlockReceipts(context.tokens);
  const round = { context, pool, lease, reach, atRisk, frozen, receipts };
  let after: PendingDeposit | undefined;
  // The entries of one page are written while the next is judged.
  let writing = Promise.resolve();
  try {
    for (;;) {
      const at = new Date(clock.nowMs());
      const to = { chain, family, nextBlock: reach.creditBelow, limit: pageSize, at };
      const page = await listPendingDeposits(db, { ...to, after });
      after = page.at(-1);
      if (after === undefined) return;
      const due = await decidePage(round, page);
      await writing;
      writing = writeCredits(context, lease, { due, hardFinal });
      // Its error surfaces where it is awaited; this only prevents an unhandled rejection.
      writing.catch(() => undefined);
    }
  } finally {
    await writing;
  }
}

/** What the pages of one round share. */
interface Round {
  readonly context: ChainContext;
  readonly pool: RpcPool;
  readonly lease: Lease;
  readonly reach: Reach;
  readonly atRisk: AtRisk;
  readonly frozen: boolean;
  readonly receipts: BlockReceipts;
}

/**
 * Judges a page and decides to credit the deposits that are ready. Only deposits that are proven and cleared use up the
 * caps, so these are judged a second time, together.
 * @returns the credits to write in the ledger.
 */
async function decidePage(round: Round, deposits: readonly PendingDeposit[]): Promise<readonly DueCredit[]> {
  const { context, lease, reach, atRisk, frozen } = round;
  const { db, clock } = context;
  const steps: Progress[] = [];
  const page = await matchPage(context, deposits);
  const able = judgePage(context, reach, page, { atRisk, steps, expose: false });
  if (frozen) {
    await noteProgress(db, lease, [...steps, ...able.flatMap(waitForRelease)], new Date(clock.nowMs()));
    return [];
  }
  const proven = await proveReceipts(round, able, steps);
  const cleared = await clearScreening(context, lease, proven);
  const ready = judgePage(
    context,
    reach,
    { ...page, deposits: cleared.map(({ deposit }) => deposit) },
    { atRisk, steps, expose: true },
  );
  await noteProgress(db, lease, steps, new Date(clock.nowMs()));
  return settleReady(context, lease, ready);
}

/** The step of a deposit that is ready, on a frozen chain; none where it waits there already. */
function waitForRelease({ deposit, org }: Ready): Progress[] {
  const { id, state, reason } = deposit;
  if (state === 'confirming' && reason === 'chain_frozen' && deposit.org === org) return [];
  return [{ id, state: 'confirming', reason: 'chain_frozen', org }];
}

/** Keeps the deposits that pass screening, and stores the outcome of the others. */
async function clearScreening(context: ChainContext, lease: Lease, ready: readonly Ready[]): Promise<Ready[]> {
  // A deposit that an operator released is not screened again; an assignment alone, or a claim, releases nothing.
  const toScreen = ready.filter(({ deposit, assigned }) => !(assigned && deposit.screeningWaived));
  const out = await screenDeposits(
    context,
    toScreen.map(({ deposit }) => deposit),
  );
  const notes = ready.flatMap(({ deposit: { id }, org }) => {
    const outcome = out.get(id);
    return outcome ? [{ id, org, outcome }] : [];
  });
  await noteScreenings(context.db, lease, notes, new Date(context.clock.nowMs()));
  return ready.filter(({ deposit }) => !out.has(deposit.id));
}

async function settleReady(
  { db, clock }: ChainContext,
  lease: Lease,
  ready: readonly Ready[],
): Promise<readonly DueCredit[]> {
  if (ready.length === 0) return [];
  const intents = ready.map(({ deposit, org, provisional }) => ({
    id: deposit.id,
    revision: deposit.revision,
    org,
    wallet: walletId({ kind: 'org', id: org }),
    amountMicros: deposit.amount,
    blockTimeMs: deposit.blockTimeMs,
    provisional,
  }));
  const due = await recordIntents(db, lease, intents, new Date(clock.nowMs()));
  failpoint('detector.after-intent');
  return due;
}

const WAITS_FOR_PROOF = { differs: 'receipt_differs', missing: 'receipt_missing', open: 'no_quorum' } as const;

/**
 * Asks for the receipts once more, and keeps the deposits whose transaction succeeded and holds the same event in the same
 * block. The others wait with a reason, which is logged when it is new.
 */
async function proveReceipts(
  { context, pool, receipts }: Round,
  ready: readonly Ready[],
  steps: Progress[],
): Promise<Ready[]> {
  const { chain, log } = context;
  const deposits = ready.map(({ deposit }) => deposit);
  const proofs = await proveDeposits(context, pool, deposits, receipts);
  return ready.filter(({ deposit, org }) => {
    const { id, txHash, ordinal } = deposit;
    const proof = proofs.get(id);
    if (proof === 'holds') return true;
    const reason = WAITS_FOR_PROOF[proof ?? 'open'];
    if (deposit.reason !== reason) {
      const event = reason === 'no_quorum' ? 'deposit.no_quorum' : 'deposit.receipt_differs';
      log.error({ event, chain, txHash, ordinal, reason });
      const waits = deposit.state === 'unmatched' ? deposit : ({ state: 'confirming', org } as const);
      steps.push({ id, state: waits.state, reason, org: waits.org });
    }
    return false;
  });
}

/**
 * Writes credits that were decided before and are not known to be written, because this or another process stopped in
 * between. A credit that the ledger refuses stays decided, and the next call tries it again.
 * @throws Refusal LEDGER_UNAVAILABLE when the ledger cannot be reached.
 */
async function writeLeftCredits(context: ChainContext, lease: Lease, hardFinal: number | undefined): Promise<void> {
  const { db, chain } = context;
  let after: DueCredit | undefined;
  for (;;) {
    const due = await listDueCredits(db, { chain, after, limit: BATCH_SIZE_MAX });
    after = due.at(-1);
    if (after === undefined) return;
    await writeCredits(context, lease, { due, hardFinal });
  }
}

/**
 * Writes the entries of decided credits and marks the deposits credited; does nothing if the chain is frozen by now. An
 * entry is written once, however often this is called: its key is the deposit and its revision.
 * @throws Refusal LEDGER_UNAVAILABLE when the ledger cannot be reached.
 */
async function writeCredits(
  context: ChainContext,
  lease: Lease,
  { due, hardFinal }: { readonly due: readonly DueCredit[]; readonly hardFinal: number | undefined },
): Promise<void> {
  const { db, chain, clock, log } = context;
  if (due.length === 0 || (await listFreezes(db, chain)).length > 0) return;
  const entries = await Promise.all(due.map(async (one) => writeCredit(context, one)));
  failpoint('detector.between-entry-and-status');
  const written = due.flatMap((one, index) => {
    const entry = entries[index];
    return entry instanceof Refusal || entry === undefined ? [] : [{ one, entry }];
  });
  const credited = written.map(({ one, entry }) => ({
    id: one.id,
    revision: one.revision,
    seq: entry.seq,
    atMs: entry.atMs,
  }));
  await markCredited(db, lease, credited, { hardFinal, at: new Date(clock.nowMs()) });
  for (const { one, entry } of written) log.info({ event: 'deposit.credited', ...creditFields(context, one, entry) });
  const away = entries.find((entry) => entry instanceof Refusal && entry.code === 'LEDGER_UNAVAILABLE');
  if (away instanceof Refusal) throw away;
}
