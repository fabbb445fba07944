/** Who may hold a sender address: the rule behind registering one. */

/** `unproven` reserves nothing and matches nothing until a proof of ownership arrives. */
export type SenderState = 'bound' | 'unproven';

/** How an org becomes the owner of an address that nobody holds: by proof, or by being the first to name it. */
export type SenderPolicy = 'proof_required' | 'first_come';

/** A registration of the address that has not ended. chain null: every chain of the family. */
export interface SenderBinding {
  readonly id: string;
  readonly org: string;
  readonly chain: string | null;
  readonly state: SenderState;
}

/** What is to be done with a registration. `bind`: the org's own unproven row becomes bound. */
export type RegistrationDecision =
  | { readonly action: 'claimed' }
  | { readonly action: 'keep' | 'bind'; readonly id: string }
  | { readonly action: 'insert'; readonly state: SenderState };

/**
 * Judges one registration against all others of the same address. Promises that a bound address has one owner on every
 * chain: a family-wide binding and one of a single chain exclude each other between orgs as two equal ones do.
 */
export function decideRegistration(
  bindings: readonly SenderBinding[],
  request: { readonly org: string; readonly chain: string | null },
  policy: SenderPolicy,
): RegistrationDecision {
  const overlaps = (chain: string | null): boolean =>
    chain === null || request.chain === null || chain === request.chain;
  const held = bindings.some(({ org, chain, state }) => org !== request.org && state === 'bound' && overlaps(chain));
  if (held) return { action: 'claimed' };
  const state: SenderState = policy === 'first_come' ? 'bound' : 'unproven';
  const own = bindings.find(({ org, chain }) => org === request.org && chain === request.chain);
  if (!own) return { action: 'insert', state };
  return { action: own.state === 'unproven' && state === 'bound' ? 'bind' : 'keep', id: own.id };
}
