/** The JSON of the inbox of payments: objects of providers, what became of them, and the events that reported them. */
import type { InboxItem, StoredEvent } from '../db/billing/inbox.ts';

export interface PaymentInboxView {
  readonly id: string;
  readonly account: string;
  readonly org: string | null;
  readonly mode: string;
  readonly kind: string;
  readonly object: string;
  readonly state: string;
  readonly reason: string | null;
  readonly orderId: string | null;
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An object of the inbox. */
export function viewOfInbox(item: InboxItem): PaymentInboxView {
  const { id, account, org, mode, kind, object, state, reason, order, attempts } = item;
  return {
    id,
    account,
    org,
    mode,
    kind,
    object,
    state,
    reason,
    orderId: order,
    attempts,
    nextAttemptAt: item.nextAttemptAt?.toISOString() ?? null,
    createdAt: item.createdAt.toISOString(),
    updatedAt: item.updatedAt.toISOString(),
  };
}

/** An event that was received. */
export function viewOfPaymentEvent(event: StoredEvent): Readonly<Record<string, string | null>> {
  const { id, account, type, object, apiVersion, source } = event;
  return {
    id,
    account,
    type,
    object,
    apiVersion,
    source,
    createdAt: event.createdAt.toISOString(),
    receivedAt: event.receivedAt.toISOString(),
  };
}
