/** Calls to accounts at providers: in the mode of the deployment, with a note of what an account lacks. */
import { readAccountName, type AccountName, type PaymentMode } from '../core/billing/facts.ts';
import { Refusal } from '../core/errors.ts';
import type { PaymentAccounts } from './accounts.ts';
import { ProviderFailed, type ProviderAccount } from './port.ts';

/** What calls to accounts need. */
export interface AccountMeans {
  readonly accounts: Pick<PaymentAccounts, 'find' | 'note'>;
  /** Which money counts in this deployment. */
  readonly mode: PaymentMode;
}

/**
 * An account with a key of the deployment's mode.
 * @throws Refusal PAYMENTS_NOT_CONFIGURED, saying what is missing
 */
export async function getAccount({ accounts, mode }: AccountMeans, name: AccountName): Promise<ProviderAccount> {
  const account = await accounts.find(name);
  if (account?.mode === mode) return account;
  const key = readAccountName(name)?.org === null ? `payments.${name}` : 'stripe_secret_key';
  const missing = account === undefined ? key : `a key of mode ${mode}`;
  throw new Refusal('PAYMENTS_NOT_CONFIGURED', `card payments are not set up: ${missing} is missing`, {
    details: { missing },
  });
}

/**
 * Makes a call to an account, and notes what the account lacks for it, or that it lacks nothing.
 * @param what the kind of call, such as `open_checkout`.
 */
export async function callAccount<Result>(
  { accounts }: Pick<AccountMeans, 'accounts'>,
  { account, what }: { readonly account: ProviderAccount; readonly what: string },
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await call();
    await accounts.note(account.name, what, undefined);
    return result;
  } catch (error) {
    if (error instanceof ProviderFailed) await accounts.note(account.name, what, error.fault);
    throw error;
  }
}
