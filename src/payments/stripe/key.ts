/** Secret keys of Stripe accounts: what their prefix says, without asking Stripe. */
import { Refusal } from '../../core/errors.ts';
import type { PaymentMode } from '../../core/billing/facts.ts';

const PREFIX = /^(sk|rk)_(test|live)_[A-Za-z0-9_]{8,}$/;

/** What a key's prefix says. */
export interface KeyNature {
  readonly mode: PaymentMode;
  /** A restricted key may lack permissions. */
  readonly restricted: boolean;
}

/**
 * Reads the prefix of a secret key.
 * @throws Refusal VALIDATION_FAILED, without the key in its text, for a publishable key or any other text
 */
export function readStripeKey(text: string, path = 'stripe_secret_key'): KeyNature {
  const [, kind, mode] = PREFIX.exec(text) ?? [];
  if (kind !== undefined && (mode === 'test' || mode === 'live')) return { mode, restricted: kind === 'rk' };
  const message = text.startsWith('pk_')
    ? 'is a publishable key; give the secret key (sk_...) or a restricted key (rk_...)'
    : 'must be a secret key (sk_test_..., sk_live_...) or a restricted key (rk_test_..., rk_live_...)';
  throw new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}
