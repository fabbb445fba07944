/** Judges a page of deposits: whose each one is, what it waits for, and which may be credited now. */
import { confirmations, isHardFinal } from '../../src/core/chains/finality.ts';
import { judgeDeposit, type Because, type JudgedChain, type Owned, type Step } from '../../src/core/deposits/judge.ts';
import { matchDeposit, parkForClosed } from '../../src/core/senders/match.ts';
import { formatUsd } from '../../src/core/money.ts';
import { listDepositAddressOwners } from '../../src/db/senders/addresses.ts';
import { findAssignments } from '../../src/db/deposits/assignments.ts';
import type { PendingDeposit, Progress } from '../../src/db/deposits/pending.ts';
import { listBindings } from '../../src/db/senders/senders.ts';
import { listClosedOrgs } from '../../src/db/access/orgs.ts';
import { listProvisionalRooms } from '../../src/db/access/provisional-limits.ts';
import type { ChainContext } from '../chain/context.ts';
import type { Reach } from '../scan/reach.ts';

/** A deposit that may be credited by its owner, depth and limits; receipt and screening are checked apart from that. */
export interface Ready {
  readonly deposit: PendingDeposit;
  readonly org: string;
  /** Under the early policy, within the org's limit. */
  readonly provisional: boolean;
  /** Its org was set by a claim or an operator. */
  readonly assigned: boolean;
}

/** A page of deposits with their owners, and how much each org may still be credited provisionally. */
export interface Page {
  readonly deposits: readonly PendingDeposit[];
  readonly owners: ReadonlyMap<string, Owned>;
  /** By org, in micros; empty where the chain has no early policy. */
  readonly rooms: Map<string, bigint>;
}

/** Finds the owner of each deposit. */
export async function matchPage(context: ChainContext, deposits: readonly PendingDeposit[]): Promise<Page> {
  const { chain, family, db, senderPolicy, rules } = context;
  const bindings = await listBindings(db, family, [...new Set(deposits.map(({ from }) => from))]);
  const recipients = await listDepositAddressOwners(db, family, [...new Set(deposits.map(({ to }) => to))]);
  const assigned = await findAssignments(
    db,
    deposits.map(({ id }) => id),
  );
  const found = new Map(
    deposits.map((deposit) => {
      const given = assigned.get(deposit.id);
      const owner = { recipientOrg: recipients.get(deposit.to), bindings: bindings.get(deposit.from) ?? [] };
      const match = given === undefined ? matchDeposit(owner, { chain, ...deposit }, senderPolicy) : { org: given };
      return [deposit.id, { match, assigned: given !== undefined }] as const;
    }),
  );
  const orgs = [...found.values()].flatMap(({ match }) => ('org' in match ? [match.org] : []));
  const closed = await listClosedOrgs(db, orgs);
  const owners = new Map(
    [...found].map(([id, { match, assigned: given }]) => [
      id,
      { match: parkForClosed(match, closed), assigned: given },
    ]),
  );
  const rooms = rules.provisional === undefined ? new Map() : await listProvisionalRooms(db, [...new Set(orgs)]);
  return { deposits, owners, rooms };
}

/** The credits on the chain that are not hard-final yet; grows with what a round credits. */
export interface AtRisk {
  chainMicros: bigint;
}

/**
 * Judges the deposits of a page against the caps. The steps of those that wait are added to `steps` and logged; a deposit
 * that waits for the same reason as before takes no step.
 * @param expose whether the deposits that may be credited use up the caps and limits.
 * @returns the deposits that may be credited.
 */
export function judgePage(
  context: ChainContext,
  { heights }: Reach,
  { deposits, owners, rooms }: Page,
  { atRisk, steps, expose }: { readonly atRisk: AtRisk; readonly steps: Progress[]; readonly expose: boolean },
): Ready[] {
  const { tokens, recipients, rules, minDepositMicros } = context;
  const chain = { tokens, recipients, rules, minDepositMicros, heights };
  return deposits.flatMap((deposit) => {
    const owned = owners.get(deposit.id);
    if (!owned) return [];
    const { match, assigned } = owned;
    const room = 'org' in match ? (rooms.get(match.org) ?? 0n) : 0n;
    const exposure = { chainMicros: atRisk.chainMicros, provisionalRoomMicros: room };
    const judgement = judgeDeposit(deposit, owned, chain, exposure);
    if ('step' in judgement) {
      const { step, because } = judgement;
      if (step === undefined) return [];
      logStep(context, chain, deposit, { step, because });
      steps.push({ id: deposit.id, ...step });
      return [];
    }
    const { org, provisional } = judgement.credit;
    if (expose && !isHardFinal(deposit.blockNumber, heights)) atRisk.chainMicros += deposit.amount;
    if (expose && provisional) rooms.set(org, room - deposit.amount);
    return [{ deposit, org, provisional, assigned }];
  });
}

function logStep(
  { chain, log }: ChainContext,
  { rules, heights }: JudgedChain,
  deposit: PendingDeposit,
  { step, because }: { readonly step: Step; readonly because: Because },
): void {
  const { txHash, token, from, to, amount, blockNumber, reason } = deposit;
  const fields = { chain, txHash, amountUsd: formatUsd(amount), from };
  switch (because) {
    case 'not_watched':
      log.warn({ event: 'deposit.not_watched', ...fields, token, to });
      return;
    case 'unmatched':
    case 'dust':
      // Dust that belongs to an org needs no attention.
      if (step.org === null) log.warn({ event: `deposit.${because}`, ...fields, reason: step.reason });
      return;
    case 'too_recent':
    case 'above_deposit_cap':
    case 'above_chain_cap': {
      const progress = confirmations({ blockNumber, amountMicros: amount, reason }, rules, heights);
      const [n, m] = [progress?.n ?? 0, progress?.m ?? null];
      log.info({ event: 'deposit.confirming', ...fields, n, m, waitsFor: because });
      return;
    }
    case 'set_aside':
    case 'never_credited':
      return;
    default:
      return because satisfies never;
  }
}
