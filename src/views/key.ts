/** An API key as JSON: everything but its secret and the hash of the secret. */
import { keyStateOf, type KeyKind, type KeyState, type Scope } from '../core/access/api-key.ts';
import { formatUsd } from '../core/money.ts';
import type { ApiKey } from '../db/access/api-keys.ts';

export interface KeyView {
  readonly id: string;
  readonly kind: KeyKind;
  readonly org: string | null;
  readonly name: string;
  readonly scopes: Scope[];
  readonly state: KeyState;
  /** Null: the key works from every address. */
  readonly allowedIps: string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** Accurate to a minute. */
  readonly lastUsedAt: string | null;
  /** The key that replaces it. */
  readonly replacedBy: string | null;
  /** Above it its calls that create credit wait for a second person; null: the deployment's limit holds alone. */
  readonly mintLimitUsd: string | null;
  /** Its maker, the maker of the key that made it, and so on; empty for keys made at the command line. */
  readonly madeBy: string[];
}

/** The JSON of a key; its state is that at the given time. */
export function viewOfKey(key: ApiKey, nowMs: number): KeyView {
  return {
    id: key.id,
    kind: key.kind,
    org: key.org,
    name: key.name,
    scopes: [...key.scopes],
    state: keyStateOf(key, nowMs),
    allowedIps: key.allowedIps && [...key.allowedIps],
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    replacedBy: key.replacedBy,
    mintLimitUsd: key.mintLimitMicros === null ? null : formatUsd(key.mintLimitMicros),
    madeBy: [...key.madeBy],
  };
}
