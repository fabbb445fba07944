/** Finds the owner of a deposit: the org that owned its sender at the time of the block. */
import type { SenderPolicy, SenderState } from './registration.ts';

/** One registration of a sender, from its beginning to its end. */
export interface BindingSpan {
  readonly org: string;
  /** CAIP-2 name, or null for every chain of the family. */
  readonly chain: string | null;
  readonly state: SenderState;
  readonly provenAtMs: number | null;
  readonly boundAtMs: number;
  readonly unboundAtMs: number | null;
}

export type UnmatchedReason =
  /** Nobody has registered the sender. */
  | 'unknown_sender'
  /** The sender was registered after the deposit, and without a proof. */
  | 'registered_later'
  /** The token was minted to the credits address: there is no sender. */
  | 'minted'
  /** It came to an address that may have been an org's before a restore, and is nobody's since. */
  | 'burnt_address'
  /** It belongs to an org that is closed. */
  | 'org_closed';

export type Match = { readonly org: string } | { readonly unmatched: UnmatchedReason };

/** True for the address that mints come from, in either family's canonical form. */
function isZeroAddress(address: string): boolean {
  return /^0x0+$/.test(address);
}

/**
 * Finds the org of a deposit among the bindings of its sender, past and present. A binding owns the deposits whose
 * block time is in [boundAt, unboundAt). A binding of the chain goes before one of the family. When no org owned the
 * sender at that time, its owner now gets the deposit only with a proof, or under `first_come`: knowing a public
 * address proves nothing.
 */
export function matchSender(
  bindings: readonly BindingSpan[],
  deposit: { readonly chain: string; readonly from: string; readonly blockTimeMs: number },
  policy: SenderPolicy,
): Match {
  if (isZeroAddress(deposit.from)) return { unmatched: 'minted' };
  const bound = bindings.filter(({ state, chain }) => state === 'bound' && (chain === null || chain === deposit.chain));
  const then = ownerAmong(
    bound.filter(
      ({ boundAtMs, unboundAtMs }) =>
        boundAtMs <= deposit.blockTimeMs && (unboundAtMs === null || deposit.blockTimeMs < unboundAtMs),
    ),
  );
  if (then) return { org: then.org };
  const now = ownerAmong(bound.filter(({ unboundAtMs }) => unboundAtMs === null));
  if (!now) return { unmatched: 'unknown_sender' };
  return policy === 'first_come' || now.provenAtMs !== null ? { org: now.org } : { unmatched: 'registered_later' };
}

/**
 * Finds the org of a deposit. A deposit to an org's own address belongs to that org, whatever its sender and even if it
 * was minted; a deposit to the credits address belongs to the sender's org.
 * At a burnt address the sender decides nothing either: the payer paid the org that had the address before a restore.
 * @param found.recipientOrg the org whose own address the deposit came to; null for a burnt address.
 */
export function matchDeposit(
  found: { readonly recipientOrg: string | null | undefined; readonly bindings: readonly BindingSpan[] },
  deposit: Parameters<typeof matchSender>[1],
  policy: SenderPolicy,
): Match {
  if (found.recipientOrg === null) return { unmatched: 'burnt_address' };
  return found.recipientOrg === undefined ? matchSender(found.bindings, deposit, policy) : { org: found.recipientOrg };
}

/** The match of a deposit, given which orgs are closed: what belongs to a closed one waits for its reopening or an operator. */
export function parkForClosed(match: Match, closed: ReadonlySet<string>): Match {
  return 'org' in match && closed.has(match.org) ? { unmatched: 'org_closed' } : match;
}

/** The owner among bindings valid at one time: the chain's own goes first. There is at most one of each scope. */
function ownerAmong(bindings: readonly BindingSpan[]): BindingSpan | undefined {
  return bindings.find(({ chain }) => chain !== null) ?? bindings[0];
}
