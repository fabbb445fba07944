/** The JSON of the accounts at payment providers: which there are, and what they lack. */
import type { AccountName } from '../core/billing/facts.ts';
import type { LeftBehind } from '../db/billing/account-identity.ts';
import type { StoredAccount } from '../db/billing/accounts.ts';

/** What is configured of one of the platform's own accounts. */
export interface ConfiguredAccount {
  readonly name: AccountName;
  readonly secretKey: string;
  readonly webhookSecrets: number;
}

export interface PaymentAccountView {
  readonly account: AccountName;
  readonly org: string | null;
  readonly mode: string | null;
  readonly keyLast4: string | null;
  readonly webhookSecrets: number;
  /** `key`: there is none, or it is refused; the others are permissions that it lacks. */
  readonly lacks: readonly string[];
  readonly sweptAt: string | null;
  /** Events from then on may be missing: they were older than the provider lists when they could be read again. */
  readonly gapFrom: string | null;
  /** How many of its events were deleted before their time, because more came than are kept. */
  readonly eventsDropped: number;
  /** Former accounts at the provider that its keys belonged to, with what was made there and is used no more. */
  readonly leftBehind: readonly Omit<LeftBehind, 'account'>[];
}

const LAST_SHOWN = 4;

/** All accounts, the configured ones first. */
export function viewOfAccounts(
  stored: readonly StoredAccount[],
  configured: readonly ConfiguredAccount[],
  left: readonly LeftBehind[] = [],
): PaymentAccountView[] {
  const others = stored.filter(({ org }) => org !== null);
  return [
    ...configured.map(({ name, secretKey, webhookSecrets }) => ({
      ...stateOf(stored.find((one) => one.name === name)),
      account: name,
      org: null,
      mode: secretKey.includes('_test_') ? 'test' : 'live',
      keyLast4: secretKey.slice(-LAST_SHOWN),
      webhookSecrets,
      leftBehind: [],
    })),
    ...others.map((account) => ({
      ...stateOf(account),
      ...(account.secret === null && { lacks: ['key'] }),
      account: account.name,
      org: account.org,
      mode: account.mode,
      keyLast4: account.secretLast4,
      webhookSecrets: account.webhookSecrets.length,
      leftBehind: left.flatMap(({ account: name, ...rest }) => (name === account.name ? rest : [])),
    })),
  ];
}

function stateOf(
  account: StoredAccount | undefined,
): Pick<PaymentAccountView, 'lacks' | 'sweptAt' | 'gapFrom' | 'eventsDropped'> {
  return {
    lacks: [...new Set(Object.values(account?.lacks ?? {}))],
    sweptAt: account?.sweptAt?.toISOString() ?? null,
    gapFrom: account?.gapFrom?.toISOString() ?? null,
    eventsDropped: account?.eventsDropped ?? 0,
  };
}
