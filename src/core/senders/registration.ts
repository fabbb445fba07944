/** Registration of a sender address: who may own it. */

/** `unproven` reserves nothing and matches nothing until a proof of ownership arrives. */
export const SENDER_STATES = ['bound', 'unproven'] as const;
export type SenderState = (typeof SENDER_STATES)[number];

/** How an org becomes the owner of an address that nobody holds: by proof, or by being the first to name it. */
export type SenderPolicy = 'proof_required' | 'first_come';

/** A registration of the address that has not ended. `chain` null: every chain of the family. */
export interface SenderBinding {
  readonly id: string;
  readonly org: string;
  readonly chain: string | null;
  readonly state: SenderState;
}

/** A requested registration. `proven`: with a valid proof of ownership, made now, for everything that it asks for. */
export interface RegistrationRequest {
  readonly org: string;
  readonly chain: string | null;
  readonly proven: boolean;
}

/**
 * The decision on a registration. `claimed`: refused, since another org owns the address. `keep`: the org's own row
 * stays as it is. `bind`: the org's own row becomes bound, on the chain that was asked for, and proven where there is a
 * proof. `ends`: other orgs' bindings that end with it.
 */
export type RegistrationDecision =
  | { readonly action: 'claimed' }
  | { readonly action: 'keep'; readonly id: string }
  | { readonly action: 'bind'; readonly id: string; readonly ends: readonly string[] }
  | { readonly action: 'insert'; readonly state: SenderState; readonly ends: readonly string[] };

/**
 * Judges one registration against all others of the same address. Promises that a bound address has one owner on every
 * chain. Without a proof, bindings of two orgs exclude each other when they share a chain, be they family-wide or of
 * one chain. A proof shows who holds the key now, so it ends the bindings of other orgs within its scope, proven or
 * not. A family-wide binding that it covers only in part stays valid for the other chains, since a chain's own binding
 * goes first.
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
    // A row that waits for a proof on all chains becomes a binding of the one chain that the proof is for.
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
