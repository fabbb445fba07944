/** Who may hold a sender address: the rule behind registering one. */

/** `unproven` reserves nothing and matches nothing until a proof of ownership arrives. */
export const SENDER_STATES = ['bound', 'unproven'] as const;
export type SenderState = (typeof SENDER_STATES)[number];

/** How an org becomes the owner of an address that nobody holds: by proof, or by being the first to name it. */
export type SenderPolicy = 'proof_required' | 'first_come';

/** A registration of the address that has not ended. chain null: every chain of the family. */
export interface SenderBinding {
  readonly id: string;
  readonly org: string;
  readonly chain: string | null;
  readonly state: SenderState;
}

/** What is asked for. `proven`: with a valid proof of ownership, made now, for all of what is asked. */
export interface RegistrationRequest {
  readonly org: string;
  readonly chain: string | null;
  readonly proven: boolean;
}

/**
 * What is to be done with a registration. `bind`: the org's own row becomes bound, and proven where there is a proof, on
 * the chain that was asked for. `ends`: other orgs' bindings that end with it.
 */
export type RegistrationDecision =
  | { readonly action: 'claimed' }
  | { readonly action: 'keep'; readonly id: string }
  | { readonly action: 'bind'; readonly id: string; readonly ends: readonly string[] }
  | { readonly action: 'insert'; readonly state: SenderState; readonly ends: readonly string[] };

/**
 * Judges one registration against all others of the same address. Promises that a bound address has one owner on every
 * chain. Without a proof, a family-wide binding and one of a single chain exclude each other between orgs as two equal
 * ones do. Whoever holds the key now may have it now: a proof ends what other orgs hold within its scope, proven or not.
 * A family-wide binding that it covers in part goes on for the other chains, since a chain's own binding goes first.
 */
export function decideRegistration(
  bindings: readonly SenderBinding[],
  request: RegistrationRequest,
  policy: SenderPolicy,
): RegistrationDecision {
  const { org, chain, proven } = request;
  const others = bindings.filter((one) => one.org !== org && one.state === 'bound');
  const own = bindings.find((one) => one.org === org && one.chain === chain);
  if (proven) {
    const ends = others.filter((one) => chain === null || one.chain === chain).map(({ id }) => id);
    // A proof for one chain makes a binding of one chain of what waited for a proof on all of them.
    const waiting = bindings.find((one) => one.org === org && one.chain === null && one.state === 'unproven');
    const row = own ?? waiting;
    return row ? { action: 'bind', id: row.id, ends } : { action: 'insert', state: 'bound', ends };
  }
  if (own?.state === 'bound') return { action: 'keep', id: own.id };
  if (others.some((one) => one.chain === null || chain === null || one.chain === chain)) return { action: 'claimed' };
  const state: SenderState = policy === 'first_come' ? 'bound' : 'unproven';
  if (!own) return { action: 'insert', state, ends: [] };
  return state === 'bound' ? { action: 'bind', id: own.id, ends: [] } : { action: 'keep', id: own.id };
}
