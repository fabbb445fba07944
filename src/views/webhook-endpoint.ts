/** A webhook endpoint as JSON: everything but its secrets. */
import type { EventKind } from '../core/events/kinds.ts';
import type { DisabledReason, WebhookEndpoint } from '../db/webhooks/endpoints.ts';

export interface EndpointView {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Null: all kinds but entry.created. */
  readonly types: EventKind[] | null;
  readonly enabled: boolean;
  readonly disabledAt: string | null;
  readonly disabledReason: DisabledReason | null;
  /** Since when no delivery has succeeded; null while deliveries succeed. */
  readonly failingSince: string | null;
  /** Until when the previous secret signs too; null where only one secret signs. */
  readonly previousSecretExpiresAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The JSON of an endpoint at the given time. */
export function viewOfEndpoint(endpoint: WebhookEndpoint, nowMs: number): EndpointView {
  const { previousExpiresAt } = endpoint;
  const overlaps = previousExpiresAt !== null && previousExpiresAt.getTime() > nowMs;
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    types: endpoint.kinds === null ? null : [...endpoint.kinds],
    enabled: endpoint.disabledAt === null,
    disabledAt: endpoint.disabledAt?.toISOString() ?? null,
    disabledReason: endpoint.disabledReason,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    previousSecretExpiresAt: overlaps ? previousExpiresAt.toISOString() : null,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}
