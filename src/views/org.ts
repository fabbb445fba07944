/** An org as JSON. */
import { walletId } from '../core/ids.ts';
import { formatUsd } from '../core/money.ts';
import type { Org, Suspension } from '../db/access/orgs.ts';

export interface OrgView {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly walletId: string;
  readonly suspendedAt: string | null;
  readonly suspendedReason: string | null;
  readonly provisionalLimitUsd: string;
  /** Of the org's own payment account. */
  readonly orgBilling: { readonly trusted: boolean };
  /** Whether it is the operator's own: reports leave it out. */
  readonly internal: boolean;
  readonly createdAt: string;
}

export interface OrgDetailView extends OrgView {
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
    provisionalLimitUsd: formatUsd(org.provisionalLimitMicros),
    orgBilling: { trusted: org.billingTrusted },
    internal: org.internal,
    createdAt: org.createdAt.toISOString(),
  };
}

/** The JSON of a single org, with its suspensions. */
export function viewOfOrgDetail(org: Org, suspensions: readonly Suspension[]): OrgDetailView {
  return {
    ...viewOfOrg(org),
    suspensions: suspensions.map(({ begins, reason, actor, at }) => ({ begins, reason, actor, at: at.toISOString() })),
  };
}
