/** From final deposits to entries. The lease guards the decision, the entry's key guards the money. */
import { classify } from '../src/core/deposits/classify.ts';
import { isDust } from '../src/core/deposits/dust.ts';
import { confirmations, isHardFinal, judgeFinality } from '../src/core/deposits/finality.ts';
import { matchDeposit, type Match } from '../src/core/deposits/match.ts';
import { Refusal } from '../src/core/errors.ts';
import { walletId } from '../src/core/ids.ts';
import { formatUsd } from '../src/core/money.ts';
import { listDepositAddressOwners } from '../src/db/deposit-addresses.ts';
import { findAssignments } from '../src/db/deposit-assign.ts';
import {
  listBindings,
  listPendingDeposits,
  markHardFinal,
  noteProgress,
  recordIntents,
  sumExposed,
  type PendingDeposit,
  type Progress,
} from '../src/db/deposit-credits.ts';
import { listDueCredits, markCredited, type DueCredit } from '../src/db/deposit-dues.ts';
import { ripenDust } from '../src/db/deposit-dust.ts';
import { failpoint } from '../src/db/failpoint.ts';
import type { Lease } from '../src/db/leases.ts';
import { mapBounded } from './bounded.ts';
import type { ChainSource, Receipt } from './chain-source.ts';
import { assetOf, type ChainContext, type Reach } from './context.ts';
import { creditFields, writeCredit } from './credit-entry.ts';
import { reverseOrphans } from './reverse.ts';

/** Deposits judged at a time, and entries that are under way at a time. */
const BATCH_SIZE_MAX = 256;
const RECEIPTS_IN_FLIGHT_MAX = 16;

interface Ready {
  readonly deposit: PendingDeposit;
  readonly org: string;
}

/**
 * Makes the books follow a scan that has just reached the head. First what is gone is taken back and what was decided
 * before is credited, then every deposit that has no wallet yet is judged: who it belongs to and whether it is final.
 * In this order nothing is credited that the chain was not seen to hold a moment ago.
 * @throws RpcFault, LeaseLost, Refusal LEDGER_UNAVAILABLE: the same call later goes on where this one ended.
 */
export async function creditDeposits(
  context: ChainContext,
  source: ChainSource,
  lease: Lease,
  reach: Reach,
): Promise<void> {
  const { chain, family, db, clock } = context;
  const { hardFinal } = reach.heights;
  await reverseOrphans(context, lease);
  await driveCredits(context, lease, hardFinal);
  if (hardFinal !== undefined) {
    const at = new Date(clock.nowMs());
    await markHardFinal(db, lease, { chain, hardFinal, nextBlock: reach.nextBlock, at });
  }
  const dust = { chain, minMicros: context.minDepositMicros, at: new Date(clock.nowMs()) };
  await ripenDust(db, lease, dust);
  let exposedMicros = await sumExposed(db, chain);
  let after: PendingDeposit | undefined;
  for (;;) {
    const page = await listPendingDeposits(db, {
      chain,
      family,
      nextBlock: reach.nextBlock,
      after,
      limit: BATCH_SIZE_MAX,
    });
    after = page.at(-1);
    if (after === undefined) return;
    const bindings = await listBindings(db, family, [...new Set(page.map(({ from }) => from))]);
    const owners = await listDepositAddressOwners(db, family, [...new Set(page.map(({ to }) => to))]);
    const foundOf = ({ from, to }: PendingDeposit): Parameters<typeof matchDeposit>[0] => {
      return { recipientOrg: owners.get(to), bindings: bindings.get(from) ?? [] };
    };
    const assigned = await findAssignments(
      db,
      page.map(({ id }) => id),
    );
    const steps: Progress[] = [];
    const judge = (deposits: readonly PendingDeposit[], expose: boolean): Ready[] =>
      deposits.flatMap((deposit) => {
        const given = assigned.get(deposit.id);
        const match =
          given === undefined
            ? matchDeposit(foundOf(deposit), { chain, ...deposit }, context.senderPolicy)
            : { org: given };
        const verdict = judgeDeposit(context, reach, deposit, { match, assigned: given !== undefined, exposedMicros });
        if ('step' in verdict) {
          if (verdict.step !== undefined) steps.push(verdict.step);
          return [];
        }
        if (expose && !isHardFinal(deposit.blockNumber, reach.heights)) exposedMicros += deposit.amount;
        return [{ deposit, org: verdict.org }];
      });
    // Only what is proven uses the cap of the chain up, so that it is judged once more with the others beside it.
    const proven = await proveReceipts(context, source, { ready: judge(page, false), steps });
    const ready = judge(
      proven.map(({ deposit }) => deposit),
      true,
    );
    await noteProgress(db, lease, steps, new Date(clock.nowMs()));
    await creditReady(context, lease, { ready, reach });
  }
}

/** What becomes of one deposit in this round: it is credited to an org, or takes a step, or stays as it is. */
function judgeDeposit(
  context: ChainContext,
  { heights }: Reach,
  deposit: PendingDeposit,
  { match, assigned, exposedMicros }: { match: Match; assigned: boolean; exposedMicros: bigint },
): { org: string } | { step: Progress | undefined } {
  const { policy, caps, log, chain } = context;
  const { id, txHash, blockNumber } = deposit;
  const fields = { chain, txHash, amountUsd: formatUsd(deposit.amount), from: deposit.from };
  if (deposit.setAside) return { step: { id, state: 'ignored', reason: 'set_aside', org: null } };
  if (!context.tokens.includes(deposit.token) || !context.recipients.has(deposit.to)) {
    // Reorgs of it are not seen any more, so it waits until it is configured again.
    if (deposit.reason === 'not_watched' || deposit.state === 'unmatched') return { step: undefined };
    log.warn({ event: 'deposit.not_watched', ...fields, token: deposit.token, to: deposit.to });
    return { step: { id, state: deposit.state, reason: 'not_watched', org: deposit.org } };
  }
  const sorted = classify({ ...deposit, malformed: null }, context.recipients, assetOf(context, deposit.token));
  if (sorted.state !== 'observed') return { step: { id, ...sorted, org: null } };

  const rules = { policy, caps, exposedMicros };
  const finality = judgeFinality({ blockNumber, amountMicros: deposit.amount }, heights, rules);
  if (finality === 'credit') {
    const small = { amountMicros: deposit.amount, assigned, ripe: deposit.dustRipe };
    const dust = isDust(small, context.minDepositMicros);
    if ('org' in match) return dust ? { step: stepToDust(deposit, match.org) } : { org: match.org };
    if (deposit.state === 'unmatched' || deposit.state === 'dust') return { step: undefined };
    log.warn({ event: dust ? 'deposit.dust' : 'deposit.unmatched', ...fields, reason: match.unmatched });
    return { step: { id, state: dust ? 'dust' : 'unmatched', reason: match.unmatched, org: null } };
  }
  if (deposit.state === 'unmatched' || deposit.state === 'dust') return { step: undefined };
  const progress = confirmations(blockNumber, policy, heights);
  log.info({ event: 'deposit.confirming', ...fields, n: progress?.n ?? 0, m: progress?.m ?? null, waitsFor: finality });
  const state = heights.head > blockNumber ? 'confirming' : deposit.state;
  const org = 'org' in match ? match.org : null;
  const reason = finality === 'too_recent' ? null : finality;
  const same = state === deposit.state && org === deposit.org && reason === deposit.reason;
  return { step: same ? undefined : { id, state, reason, org } };
}

/** It waits as dust of that org, until what the org has of it adds up to the minimum. */
function stepToDust({ id }: PendingDeposit, org: string): Progress {
  return { id, state: 'dust', reason: 'below_minimum', org };
}

async function creditReady(
  context: ChainContext,
  lease: Lease,
  { ready, reach }: { ready: readonly Ready[]; reach: Reach },
): Promise<void> {
  if (ready.length === 0) return;
  const intents = ready.map(({ deposit, org }) => ({
    id: deposit.id,
    revision: deposit.revision,
    org,
    wallet: walletId({ kind: 'org', id: org }),
    amountMicros: deposit.amount,
    blockTimeMs: deposit.blockTimeMs,
  }));
  await recordIntents(context.db, lease, intents, new Date(context.clock.nowMs()));
  failpoint('detector.after-intent');
  await driveCredits(context, lease, reach.heights.hardFinal);
}

/**
 * Keeps the deposits whose transaction, asked for once more, succeeded and holds the very same event in the same block.
 * The others wait with a reason, which is told when it is new.
 */
async function proveReceipts(
  { tokens, chain, log }: ChainContext,
  source: ChainSource,
  { ready, steps }: { ready: readonly Ready[]; steps: Progress[] },
): Promise<Ready[]> {
  const hashes = [...new Set(ready.map(({ deposit }) => deposit.txHash))];
  const receipts = new Map<string, Receipt | undefined>();
  await mapBounded(hashes, RECEIPTS_IN_FLIGHT_MAX, async (txHash) => {
    receipts.set(txHash, await source.receipt(txHash, tokens));
  });
  return ready.filter(({ deposit, org }) => {
    const { id, txHash, ordinal } = deposit;
    const proven = proves(receipts.get(txHash), deposit);
    if (!proven && deposit.reason !== 'receipt_differs') {
      log.error({ event: 'deposit.receipt_differs', chain, txHash, ordinal });
      const waits = deposit.state === 'unmatched' ? deposit : ({ state: 'confirming', org } as const);
      steps.push({ id, state: waits.state, reason: 'receipt_differs', org: waits.org });
    }
    return proven;
  });
}

function proves(receipt: Receipt | undefined, deposit: PendingDeposit): boolean {
  if (!receipt?.succeeded || receipt.blockHash !== deposit.blockHash) return false;
  const event = receipt.transfers.find(({ token, ordinal }) => token === deposit.token && ordinal === deposit.ordinal);
  return (
    event?.malformed === null &&
    event.from === deposit.from &&
    event.to === deposit.to &&
    event.amount === deposit.amount &&
    receipt.blockNumber === deposit.blockNumber
  );
}

/**
 * Drives every decided credit to its entry and notes it. Whatever stopped before, here or in another process, the
 * entry is written once: its key is the deposit and its revision. What the ledger refuses stays decided, and is tried
 * again by the next call.
 * @throws Refusal LEDGER_UNAVAILABLE when the ledger cannot be reached.
 */
async function driveCredits(context: ChainContext, lease: Lease, hardFinal: number | undefined): Promise<void> {
  const { db, chain, clock, log } = context;
  let after: DueCredit | undefined;
  for (;;) {
    const due = await listDueCredits(db, { chain, after, limit: BATCH_SIZE_MAX });
    after = due.at(-1);
    if (after === undefined) return;
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
}
