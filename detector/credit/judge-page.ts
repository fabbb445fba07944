/** Judges the deposits of a page: whose each is, what it waits for, and what may be credited now. */
import { classify } from '../../src/core/deposits/classify.ts';
import { isDust } from '../../src/core/deposits/dust.ts';
import { confirmations, isHardFinal, judgeFinality, type Exposure } from '../../src/core/chains/finality.ts';
import { matchDeposit, type Match } from '../../src/core/senders/match.ts';
import { formatUsd } from '../../src/core/money.ts';
import { listDepositAddressOwners } from '../../src/db/senders/addresses.ts';
import { findAssignments } from '../../src/db/deposits/assignments.ts';
import type { PendingDeposit, Progress } from '../../src/db/deposits/pending.ts';
import { listBindings } from '../../src/db/senders/senders.ts';
import { listProvisionalRooms } from '../../src/db/access/provisional-limits.ts';
import { assetOf, type ChainContext } from '../chain/context.ts';
import type { Reach } from '../scan/reach.ts';

/** A deposit that may be credited, as far as its owner and its depth go. */
export interface Ready {
  readonly deposit: PendingDeposit;
  readonly org: string;
  /** Under the early policy, within the org's limit. */
  readonly provisional: boolean;
  /** A claim or an operator said so. */
  readonly assigned: boolean;
}

/** Whose a deposit is, and whether a claim or an operator said so. */
interface Owned {
  readonly match: Match;
  readonly assigned: boolean;
}

/** Deposits of a page with their owners, and what these may still have credited provisionally. */
export interface Page {
  readonly deposits: readonly PendingDeposit[];
  readonly owners: ReadonlyMap<string, Owned>;
  /** By org, in micros; empty where the chain has no early policy. */
  readonly rooms: Map<string, bigint>;
}

/** Finds out whose the deposits are. */
export async function matchPage(context: ChainContext, deposits: readonly PendingDeposit[]): Promise<Page> {
  const { chain, family, db, senderPolicy, rules } = context;
  const bindings = await listBindings(db, family, [...new Set(deposits.map(({ from }) => from))]);
  const recipients = await listDepositAddressOwners(db, family, [...new Set(deposits.map(({ to }) => to))]);
  const assigned = await findAssignments(
    db,
    deposits.map(({ id }) => id),
  );
  const owners = new Map(
    deposits.map((deposit) => {
      const given = assigned.get(deposit.id);
      const found = { recipientOrg: recipients.get(deposit.to), bindings: bindings.get(deposit.from) ?? [] };
      const match = given === undefined ? matchDeposit(found, { chain, ...deposit }, senderPolicy) : { org: given };
      return [deposit.id, { match, assigned: given !== undefined }];
    }),
  );
  const orgs = [...owners.values()].flatMap(({ match }) => ('org' in match ? [match.org] : []));
  const rooms = rules.provisional === undefined ? new Map() : await listProvisionalRooms(db, [...new Set(orgs)]);
  return { deposits, owners, rooms };
}

/** What is at risk on the chain; grows with what a round credits. */
export interface AtRisk {
  chainMicros: bigint;
}

/**
 * Judges deposits of a page against what is at risk. Steps of those that wait are added to `steps`.
 * @param expose what may be credited uses up what the caps and limits still allow.
 */
export function judgePage(
  context: ChainContext,
  { heights }: Reach,
  { deposits, owners, rooms }: Page,
  { atRisk, steps, expose }: { readonly atRisk: AtRisk; readonly steps: Progress[]; readonly expose: boolean },
): Ready[] {
  return deposits.flatMap((deposit) => {
    const owned = owners.get(deposit.id);
    if (!owned) return [];
    const { match } = owned;
    const room = 'org' in match ? (rooms.get(match.org) ?? 0n) : 0n;
    const exposure = { chainMicros: atRisk.chainMicros, provisionalRoomMicros: room };
    const verdict = judgeDeposit(context, { heights }, deposit, { ...owned, exposure });
    if ('step' in verdict) {
      if (verdict.step !== undefined) steps.push(verdict.step);
      return [];
    }
    const { org, provisional, assigned } = verdict;
    if (expose && !isHardFinal(deposit.blockNumber, heights)) atRisk.chainMicros += deposit.amount;
    if (expose && provisional) rooms.set(org, room - deposit.amount);
    return [{ deposit, org, provisional, assigned }];
  });
}

/** What becomes of one deposit in this round: it is credited to an org, or takes a step, or stays as it is. */
function judgeDeposit(
  context: ChainContext,
  { heights }: Pick<Reach, 'heights'>,
  deposit: PendingDeposit,
  { match, assigned, exposure }: Owned & { readonly exposure: Exposure },
): Omit<Ready, 'deposit'> | { step: Progress | undefined } {
  const { rules, log, chain } = context;
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

  const money = { blockNumber, amountMicros: deposit.amount, reason: deposit.reason };
  const finality = judgeFinality(money, heights, rules, exposure);
  if (finality === 'credit' || finality === 'credit_provisionally') {
    const small = { amountMicros: deposit.amount, assigned, ripe: deposit.dustRipe };
    const dust = isDust(small, context.minDepositMicros);
    if ('org' in match) {
      if (dust) return { step: stepToDust(deposit, match.org) };
      return { org: match.org, provisional: finality === 'credit_provisionally', assigned };
    }
    if (deposit.state === 'unmatched' || deposit.state === 'dust') return { step: undefined };
    log.warn({ event: dust ? 'deposit.dust' : 'deposit.unmatched', ...fields, reason: match.unmatched });
    return { step: { id, state: dust ? 'dust' : 'unmatched', reason: match.unmatched, org: null } };
  }
  if (deposit.state === 'unmatched' || deposit.state === 'dust') return { step: undefined };
  const progress = confirmations(money, rules, heights);
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
