/** The JSON of the accounts at payment providers: which there are, and what they lack. */
import type { AccountName } from '../core/billing/facts.ts';
import type { LeftBehind } from '../db/billing/account-identity.ts';
import type { StoredAccount } from '../db/billing/accounts.ts';

/** What is configured of the platform's own account. */
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

/** All accounts, the configured one first. */
export function viewOfAccounts(
  stored: readonly StoredAccount[],
  configured: ConfiguredAccount | undefined,
  left: readonly LeftBehind[] = [],
): PaymentAccountView[] {
  const own = stored.find(({ name }) => name === configured?.name);
  const others = stored.filter(({ name, org }) => name !== configured?.name && org !== null);
  const platform = configured && {
    ...stateOf(own),
    account: configured.name,
    org: null,
    mode: configured.secretKey.includes('_live_') ? 'live' : 'test',
    keyLast4: configured.secretKey.slice(-LAST_SHOWN),
    webhookSecrets: configured.webhookSecrets,
    leftBehind: [],
  };
  return [
    ...(platform ? [platform] : []),
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
