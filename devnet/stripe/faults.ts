/** Faults of calls: what can go wrong between a client and the provider. */

/** What happens to a call. */
export type CallEffect =
  /** The call takes effect, and the connection closes before its answer. */
  | { readonly kind: 'lose_answer' }
  /** The call takes effect, and half of its answer arrives. */
  | { readonly kind: 'cut_body' }
  /** The connection closes before the call takes effect. */
  | { readonly kind: 'close_before' }
  /** Another request holds the object: 409. */
  | { readonly kind: 'lock' }
  | { readonly kind: 'rate_limit' }
  /** A 500 without effect. With `kept`, it is the answer under the call's idempotency key from then on. */
  | { readonly kind: 'server_error'; readonly kept?: boolean }
  | { readonly kind: 'slow'; readonly ms: number };

export interface CallFault {
  /** Such as `POST /v1/refunds`; every call that begins so. Undefined: every call. */
  readonly call?: string;
  /** How many calls; undefined: until it is removed. */
  readonly times?: number;
  readonly effect: CallEffect;
}

export class CallFaults {
  #rules: { readonly fault: CallFault; left: number }[] = [];

  add(fault: CallFault): void {
    this.#rules.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The effect on this call, if there is one; it counts as used. */
  take(call: string): CallEffect | undefined {
    const rule = this.#rules.find(({ fault, left }) => left > 0 && call.startsWith(fault.call ?? ''));
    if (rule === undefined) return undefined;
    rule.left -= 1;
    return rule.fault.effect;
  }
}
