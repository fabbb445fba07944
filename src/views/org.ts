/** An org as JSON. */
import { walletId } from '../core/ids.ts';
import { formatUsd } from '../core/money.ts';
import type { Org, Suspension } from '../db/access/orgs.ts';
import type { Standing } from '../db/ledger/balance-now.ts';

export interface OrgView {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly walletId: string;
  readonly suspendedAt: string | null;
  readonly suspendedReason: string | null;
  readonly closedAt: string | null;
  readonly closedReason: string | null;
  readonly provisionalLimitUsd: string;
  /** Of the org's own payment account. */
  readonly orgBilling: { readonly trusted: boolean };
  /** Whether it is the operator's own: reports leave it out. */
  readonly internal: boolean;
  readonly createdAt: string;
}

/** An org that was closed, with what is left to be paid out or written off. */
export interface ClosedOrgView extends OrgView {
  readonly availableUsd: string;
  readonly heldUsd: string;
}

export interface OrgDetailView extends OrgView {
  readonly availableUsd: string;
  readonly heldUsd: string;
  /** Every suspension by hand (`begins` true) and its end (false), newest first. */
  readonly suspensions: { begins: boolean; reason: string | null; actor: string; at: string }[];
}

/** The JSON of an org. */
export function viewOfOrg(org: Org): OrgView {
  return {
    id: org.id,
    name: org.name,
    externalId: org.externalId,
    metadata: org.metadata,
    walletId: walletId({ kind: 'org', id: org.id }),
    suspendedAt: org.suspendedAt?.toISOString() ?? null,
    suspendedReason: org.suspendedReason,
    closedAt: org.closedAt?.toISOString() ?? null,
    closedReason: org.closedReason,
    provisionalLimitUsd: formatUsd(org.provisionalLimitMicros),
    orgBilling: { trusted: org.billingTrusted },
    internal: org.internal,
    createdAt: org.createdAt.toISOString(),
  };
}

/** The JSON of a single org, with its balance and its suspensions. @param standing undefined: nothing was ever written */
export function viewOfOrgDetail(
  org: Org,
  suspensions: readonly Suspension[],
  standing: Pick<Standing, 'available' | 'held'> | undefined,
): OrgDetailView {
  return {
    ...viewOfOrg(org),
    availableUsd: formatUsd(standing?.available ?? 0n),
    heldUsd: formatUsd(standing?.held ?? 0n),
    suspensions: suspensions.map(({ begins, reason, actor, at }) => ({ begins, reason, actor, at: at.toISOString() })),
  };
}

/** The JSON of an org that was closed. @param left of its wallet, in micros; undefined: it has no entry yet */
export function viewOfClosedOrg(
  org: Org,
  left: { readonly available: bigint; readonly held: bigint } | undefined,
): ClosedOrgView {
  return {
    ...viewOfOrg(org),
    availableUsd: formatUsd(left?.available ?? 0n),
    heldUsd: formatUsd(left?.held ?? 0n),
  };
}
