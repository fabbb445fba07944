/** Secret keys of Creem accounts: what their prefix says, without asking Creem. */
import { Refusal } from '../../core/errors.ts';
import type { PaymentMode } from '../../core/billing/facts.ts';

const KEY = /^creem_(test_)?[A-Za-z0-9_-]{8,}$/;

/**
 * The mode of a secret key: `creem_test_...` is of the test environment, any other `creem_...` is live.
 * @throws Refusal VALIDATION_FAILED, without the key in its text, for any other text
 */
export function readCreemKey(text: string, path = 'creem_secret_key'): PaymentMode {
  const found = KEY.exec(text);
  if (found) return found[1] === undefined ? 'live' : 'test';
  const message = 'must be a secret key (creem_... or creem_test_...)';
  throw new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}
