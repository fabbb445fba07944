/** The JSON of the inbox of payments: objects of providers, what became of them, and the events that reported them. */
import type { FactKind, PaymentMode } from '../core/billing/facts.ts';
import type { InboxItem, InboxState } from '../db/billing/inbox.ts';
import type { StoredEvent } from '../db/billing/provider-events.ts';

export interface PaymentInboxView {
  readonly id: string;
  readonly account: string;
  readonly org: string | null;
  readonly mode: PaymentMode;
  readonly kind: FactKind;
  readonly object: string;
  readonly state: InboxState;
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

export interface PaymentEventView {
  readonly id: string;
  readonly account: string;
  readonly type: string;
  readonly object: string | null;
  readonly apiVersion: string | null;
  readonly source: string;
  readonly createdAt: string;
  readonly receivedAt: string;
}

/** An event that was received. */
export function viewOfPaymentEvent(event: StoredEvent): PaymentEventView {
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
