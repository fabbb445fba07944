/** What the secrets of an account at a payment provider, and its evidence, are sealed for: they open in no other place. */
import type { AccountName } from './facts.ts';

/** The context of an account's key. */
export function accountKeyContext(name: AccountName): string {
  return `payment_account.secret:${name}`;
}

/** The context of the secrets that sign an account's webhooks. */
export function accountHookContext(name: AccountName): string {
  return `payment_account.webhook_secrets:${name}`;
}

/** The context of evidence against a dispute. */
export function evidenceContext(account: AccountName, dispute: string): string {
  return `dispute_evidence.secret:${account}:${dispute}`;
}
