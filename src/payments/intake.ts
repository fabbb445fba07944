/**
 * Takes webhooks of payment providers in. An account is found from what the body claims, the account's secrets verify the
 * bytes, and only then the event is believed: it is stored, and the provider gets its 200. What it is about is read from
 * the provider and settled later (process.ts).
 */
import {
  accountName,
  concerns,
  PROVIDERS_OF_ORGS,
  readAccountName,
  type AccountName,
  type Provider,
} from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import { uuidV7 } from '../core/ids.ts';
import type { ReceivedEvent } from '../db/billing/provider-events.ts';
import type { PaymentAccounts } from './accounts.ts';
import type { Backlog } from './backlog.ts';
import type { Inlet } from './inlet.ts';
import type { ProviderEvent, WebhookHeaders, WebhookHints, WebhookReader } from './port.ts';

/** A webhook as it came. */
export interface IncomingWebhook {
  readonly provider: Provider;
  /** The org that its path names; null for the bare path. */
  readonly org: string | null;
  readonly body: Buffer;
  readonly headers: WebhookHeaders;
  /** Believe only the platform's secrets and look nothing up: its address has sent too much that nothing signs. */
  readonly platformOnly: boolean;
}

/**
 * What became of a webhook. `stored`: verified and stored, also when it was known. `ignored`: verified, and about nothing that
 * concerns us, so that nothing is stored. `foreign`: nothing assigns it to an account of ours, so it is another business of an org's account, and nothing
 * is stored. `unverified`: no secret of its account signed it. `full`: verified, and not stored, since so much of its account
 * waits that the provider has to send it again later.
 */
export type Taken = 'stored' | 'ignored' | 'foreign' | 'unverified' | 'full';

export interface IntakeOptions {
  readonly clock: Clock;
  readonly inlet: Pick<Inlet, 'findAccounts' | 'findAccount' | 'store'>;
  readonly accounts: Pick<PaymentAccounts, 'webhookSecretsOf'>;
  readonly readers: Readonly<Partial<Record<Provider, WebhookReader>>>;
  readonly backlog: Pick<Backlog, 'isFull'>;
}

/**
 * Takes a webhook in.
 * @throws Refusal LEDGER_UNAVAILABLE when too many wait, Error when the database cannot be reached: the provider sends it again
 */
export async function takeWebhook(options: IntakeOptions, webhook: IncomingWebhook): Promise<Taken> {
  const { clock, inlet, accounts, readers, backlog } = options;
  const { provider, org, body, headers, platformOnly } = webhook;
  const reader = readers[provider];
  if (reader === undefined) return 'unverified';
  const nowMs = clock.nowMs();
  const platform = accountName(provider, null);
  const { hints, event } = reader.read(body);
  const assigned = platformOnly ? undefined : await findAssigned(inlet, provider, hints);
  const account = assigned ?? (platformOnly ? platform : accountName(provider, org));
  const secrets = await accounts.webhookSecretsOf(account, async (name) => inlet.findAccount(name));
  if (!reader.verify(body, headers, secrets, nowMs)) {
    const mayBeAnOrgs = PROVIDERS_OF_ORGS.includes(provider) && org === null && !platformOnly;
    return assigned === undefined && mayBeAnOrgs ? 'foreign' : 'unverified';
  }
  // Whoever has an account's secret can sign any number of events about nothing of ours.
  if (event?.about === undefined || !concerns(account, event.about.kind)) return 'ignored';
  if (await backlog.isFull(account)) return 'full';
  await inlet.store(receivedOf(account, event, { source: 'webhook', nowMs }));
  return 'stored';
}

/** An event of an account, as it is stored: it is verified, or was read from the provider. */
export function receivedOf(
  account: AccountName,
  event: ProviderEvent,
  { source, nowMs }: { readonly source: ReceivedEvent['source']; readonly nowMs: number },
): ReceivedEvent {
  const { createdAtMs, ...rest } = event;
  const org = readAccountName(account)?.org ?? null;
  const times = { createdAt: new Date(createdAtMs), at: new Date(nowMs) };
  return { ...rest, ...times, account, org, source, inboxId: uuidV7(nowMs) };
}

/** The account that our order, or else an id that we stored, belongs to. The claims of the body are not verified yet. */
async function findAssigned(
  inlet: Pick<Inlet, 'findAccounts'>,
  provider: Provider,
  hints: WebhookHints,
): Promise<AccountName | undefined> {
  const accounts = await inlet.findAccounts(hints);
  return accounts.find((account) => readAccountName(account)?.provider === provider);
}
