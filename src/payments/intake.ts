/**
 * Takes webhooks of payment providers in. An account is found from what the body claims, the account's secrets verify the
 * bytes, and only then the event is believed: it is stored, and the provider gets its 200. What it is about is read from
 * the provider and settled later (process.ts).
 */
import { accountName, concerns, readAccountName, type AccountName, type Provider } from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import { isUuid, uuidV7 } from '../core/ids.ts';
import { receiveEvent } from '../db/billing/inbox.ts';
import { findAccountOfOrder, listAccountsOfIds } from '../db/billing/provider-ids.ts';
import type { Database } from '../db/database.ts';
import type { PaymentAccounts } from './accounts.ts';
import type { Backlog } from './backlog.ts';
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
 * concerns us, so that nothing is stored. `foreign`: nothing assigns it to an account of ours, so it is another business of an account's, and nothing
 * is stored. `unverified`: no secret of its account signed it. `full`: verified, and not stored, since so much of its account
 * waits that the provider has to send it again later.
 */
export type Taken = 'stored' | 'ignored' | 'foreign' | 'unverified' | 'full';

export interface IntakeOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly accounts: Pick<PaymentAccounts, 'webhookSecretsOf'>;
  readonly readers: Readonly<Partial<Record<Provider, WebhookReader>>>;
  readonly backlog: Pick<Backlog, 'isFull'>;
}

/** Takes a webhook in. @throws Error when the database cannot be reached: the provider sends it again */
export async function takeWebhook(options: IntakeOptions, webhook: IncomingWebhook): Promise<Taken> {
  const { db, clock, accounts, readers, backlog } = options;
  const { provider, org, body, headers, platformOnly } = webhook;
  const reader = readers[provider];
  if (reader === undefined) return 'unverified';
  const nowMs = clock.nowMs();
  const platform = accountName(provider, null);
  const assigned = platformOnly ? undefined : await findAssigned(db, provider, reader.peek(body));
  const account = assigned ?? (platformOnly ? platform : accountName(provider, org));
  if (!reader.verify(body, headers, await accounts.webhookSecretsOf(account), nowMs)) {
    return assigned === undefined && org === null && !platformOnly ? 'foreign' : 'unverified';
  }
  const event = reader.read(body);
  // Whoever has an account's secret can sign any number of events about nothing of ours.
  if (event?.about === undefined || !concerns(account, event.about.kind)) return 'ignored';
  if (await backlog.isFull(account)) return 'full';
  await storeEvent(db, account, event, { source: 'webhook', nowMs });
  return 'stored';
}

/** Stores an event of an account that is verified, or that was read from the provider. @returns whether it was new */
export async function storeEvent(
  db: Database,
  account: AccountName,
  event: ProviderEvent,
  { source, nowMs }: { readonly source: 'webhook' | 'sweep'; readonly nowMs: number },
): Promise<boolean> {
  const { id, type, mode, apiVersion, about } = event;
  const org = readAccountName(account)?.org ?? null;
  const stored = { id, account, org, type, mode, apiVersion, about, createdAt: new Date(event.createdAtMs) };
  return receiveEvent(db, stored, { inboxId: uuidV7(nowMs), source, at: new Date(nowMs) });
}

/** The account that our order, or else an id that we stored, belongs to. The claims of the body are not verified yet. */
async function findAssigned(db: Database, provider: Provider, hints: WebhookHints): Promise<AccountName | undefined> {
  const isOf = (account: AccountName): boolean => readAccountName(account)?.provider === provider;
  const ofOrder = hints.order !== null && isUuid(hints.order) ? await findAccountOfOrder(db, hints.order) : undefined;
  if (ofOrder !== undefined && isOf(ofOrder)) return ofOrder;
  return hints.ids.length === 0 ? undefined : (await listAccountsOfIds(db, hints.ids)).find(isOf);
}
