/** Judges a deposit that has no wallet yet: it is credited to an org, or it waits, and for what. Pure. */
import { judgeFinality, type CreditRules, type Exposure, type Heights } from '../chains/finality.ts';
import type { Match } from '../senders/match.ts';
import { classify } from './classify.ts';
import { isDust } from './dust.ts';
import type { DepositState } from './states.ts';

/** A deposit as it is stored, as far as the judgement needs it. */
export interface JudgedDeposit {
  readonly token: string;
  readonly from: string;
  readonly to: string;
  /** Base units of the token. */
  readonly amount: bigint;
  readonly blockNumber: number;
  readonly state: DepositState;
  /** What it waits for; null where nothing holds it up. */
  readonly reason: string | null;
  readonly org: string | null;
  /** Ignored by hand, which goes before every rule. */
  readonly setAside: boolean;
  /** Small, but its org has enough of such deposits. */
  readonly dustRipe: boolean;
}

/** The owner of a deposit, and whether a claim or an operator decided it. */
export interface Owned {
  readonly match: Match;
  readonly assigned: boolean;
}

/** How a chain is configured, and its heights. */
export interface JudgedChain {
  /** Tokens that are credited, canonical. */
  readonly tokens: readonly string[];
  /** Addresses that are ours. */
  readonly recipients: ReadonlySet<string>;
  readonly rules: CreditRules;
  /** Below this a deposit is dust; 0 where there is none. */
  readonly minDepositMicros: bigint;
  readonly heights: Heights;
}

/** The state, reason and org that a deposit gets. */
export interface Step {
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
}

/** Why a deposit is not credited now. */
export type Because =
  | 'set_aside'
  /** Its token or its recipient is no longer configured, so a reorg of it would not be noticed. */
  | 'not_watched'
  /** It is never credited; `classify` says why. */
  | 'never_credited'
  | 'dust'
  /** It is final, and no org owns its sender. */
  | 'unmatched'
  | 'too_recent'
  | 'above_deposit_cap'
  | 'above_chain_cap';

export type Judgement =
  | { readonly credit: { readonly org: string; readonly provisional: boolean } }
  /** The step is undefined where the deposit already has that state: nothing changes. */
  | { readonly step: Step | undefined; readonly because: Because };

/** Judges one deposit, given the amounts of its chain and its org that are already at risk. */
export function judgeDeposit(
  deposit: JudgedDeposit,
  { match, assigned }: Owned,
  chain: JudgedChain,
  exposure: Exposure,
): Judgement {
  const { amount, blockNumber, state } = deposit;
  const wait = (because: Because, step: Step): Judgement => ({
    because,
    step: isSame(deposit, step) ? undefined : step,
  });
  const stay = (because: Because): Judgement => ({ because, step: undefined });
  if (deposit.setAside) return wait('set_aside', { state: 'ignored', reason: 'set_aside', org: null });
  if (!chain.tokens.includes(deposit.token) || !chain.recipients.has(deposit.to)) {
    if (state === 'unmatched') return stay('not_watched');
    return wait('not_watched', { state, reason: 'not_watched', org: deposit.org });
  }
  const sorted = classify({ ...deposit, malformed: null }, chain.recipients);
  if (sorted.state !== 'observed') return wait('never_credited', { ...sorted, org: null });

  const atRest = state === 'unmatched' || state === 'dust';
  const finality = judgeFinality({ blockNumber, amountMicros: amount }, chain.heights, chain.rules, exposure);
  if (finality === 'credit' || finality === 'credit_provisionally') {
    const dust = isDust({ amountMicros: amount, assigned, ripe: deposit.dustRipe }, chain.minDepositMicros);
    if ('org' in match) {
      const { org } = match;
      if (dust) return wait('dust', { state: 'dust', reason: 'below_minimum', org });
      return { credit: { org, provisional: finality === 'credit_provisionally' } };
    }
    const because = dust ? 'dust' : 'unmatched';
    return atRest ? stay(because) : wait(because, { state: because, reason: match.unmatched, org: null });
  }
  if (atRest) return stay(finality);
  return wait(finality, {
    state: chain.heights.head > blockNumber ? 'confirming' : state,
    reason: finality === 'too_recent' ? null : finality,
    org: 'org' in match ? match.org : null,
  });
}

function isSame({ state, reason, org }: JudgedDeposit, step: Step): boolean {
  return state === step.state && reason === step.reason && org === step.org;
}
