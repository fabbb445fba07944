/** Endpoints of an org's billing settings: the key and the webhook secret of its own payment account, and the free tier. */
import type { z } from 'zod';
import { NO_REFILL } from '../../core/billing/auto-refill.ts';
import { accountName } from '../../core/billing/facts.ts';
import { Refusal } from '../../core/errors.ts';
import { needsApproval } from '../../core/access/approvals.ts';
import type { Org } from '../../db/access/orgs.ts';
import { freeTierChange } from '../../db/approvals/free-tier.ts';
import { findCustomer } from '../../db/billing/customers.ts';
import { findFreeTier } from '../../db/billing/free-tier.ts';
import { changeRefillSetting, findRefillSetting } from '../../db/billing/refill-settings.ts';
import { viewOfOrgBilling, type OrgBillingView } from '../../views/org-billing.ts';
import { actorOf, isMinter, mayIn, mintLimitOf, type Caller } from '../access/caller.ts';
import { invalidInput, namedOrgRoute } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { changeOrAsk } from '../money/changes.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { readRefill } from './refill.ts';
import { settingsBody, settingsReply } from './schemas.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/orgs/:org/billing';
const chapter = CHAPTERS.settings;

type Change = z.output<typeof settingsBody>;
/** Who may set a field. */
type Right = 'org admin' | 'minter';

/** The billing settings of an org. They are there, with defaults, from its creation. */
export function settingsRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: PATH,
    operation: 'getOrgBilling',
    summary: 'The billing settings of an org',
    chapter,
    replies: { 200: settingsReply },
    scopes: ['treasury:read'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  const read = namedOrgRoute(deps.guard, specification, async ({ org }) => ({ body: await viewOf(deps, org) }));
  return [read, changeRoute(deps, 'POST'), changeRoute(deps, 'PUT')];
}

/** Both methods do the same: what is given is changed, the rest stays. */
function changeRoute(deps: SurfaceDeps, method: 'POST' | 'PUT'): Route {
  const specification = {
    method,
    path: PATH,
    operation: method === 'POST' ? 'updateOrgBilling' : 'putOrgBilling',
    summary: 'Changes billing settings; what is left out stays. A free tier above the limit waits for an approval',
    chapter,
    replies: { 200: settingsReply, 202: approvalReply },
    errors: ['IDEMPOTENCY_CONFLICT'],
    scopes: ['treasury:admin'],
    operators: true,
    query: NO_QUERY,
    body: settingsBody,
  } as const;
  return namedOrgRoute(deps.guard, specification, async ({ caller, org, body, idempotencyKey }) => {
    const { cards, forOrg, clock } = deps;
    const { free_tier_amount: amountMicros, stripe_secret_key: secretKey, stripe_webhook_secret: webhookSecret } = body;
    const at = new Date(clock.nowMs());
    // Everything is checked before anything is changed.
    checkFields(deps, { caller, org, body });
    cards.orgAccounts.check({ secretKey });
    const refill = await readRefill(forOrg(org.id), org.id, body);
    if (refill) await changeRefillSetting(forOrg(org.id), { ...refill, actor: actorOf(caller), at });
    await cards.orgAccounts.change(org.id, { secretKey, webhookSecret });
    if (amountMicros !== undefined) {
      const call = { caller, idempotencyKey, input: { amountMicros }, show: (): object => ({}) };
      const reply = await changeOrAsk(deps, freeTierChange, call);
      if (reply.status === 202) return reply;
    }
    return { body: await viewOf(deps, org) };
  });
}

/**
 * Checks who may set what. Whose key an org's account has decides whose money is credited, so only an org that is trusted
 * sets it itself.
 * @throws Refusal FORBIDDEN naming the first field that the caller may not set
 */
function checkFields(
  { adminEntryLimitMicros: limitMicros }: SurfaceDeps,
  { caller, org, body }: { readonly caller: Caller; readonly org: Org; readonly body: Change },
): void {
  const has: Readonly<Record<Right, boolean>> = {
    minter: isMinter(caller),
    'org admin': mayIn(caller, org, ['treasury:admin']),
  };
  const ofAccount: readonly Right[] = org.billingTrusted ? ['org admin', 'minter'] : ['minter'];
  const rightsOf = (field: string): readonly Right[] => {
    if (field === 'free_tier_amount') return ['minter'];
    return field.startsWith('stripe_') ? ofAccount : ['org admin'];
  };
  const given = Object.keys(body);
  const barred = given.find((field) => !rightsOf(field).some((right) => has[right]));
  if (barred !== undefined) throw forbidden(barred, NEEDS[rightsOf(barred)[0] ?? 'minter']);
  if (given.length === 0 && !has['org admin']) throw forbidden(undefined, NEEDS['org admin']);
  // A second person approves the free tier; secrets and an org's own settings are not theirs to approve.
  if (given.length > 1 && needsApproval(body.free_tier_amount ?? 0n, mintLimitOf(caller, limitMicros))) {
    throw invalidInput([{ path: 'free_tier_amount', message: 'above the limit waits for an approval: send it alone' }]);
  }
}

const NEEDS: Readonly<Record<Right, string>> = {
  minter: 'is for admin keys, platform admins and platform keys with treasury:admin',
  'org admin': 'needs the role owner or admin, or a key with treasury:admin',
};

function forbidden(field: string | undefined, why: string): Refusal {
  return new Refusal('FORBIDDEN', `${field ?? 'this call'} ${why}; nothing was changed`, {
    details: field === undefined ? {} : { field },
  });
}

async function viewOf({ cards, forOrg, publicUrl }: SurfaceDeps, org: Org): Promise<OrgBillingView> {
  const db = forOrg(org.id);
  const name = accountName('stripe', org.id);
  const account = await cards.orgAccounts.describe(org.id);
  const customer = await findCustomer(db, { org: org.id, account: name, mode: account.mode ?? cards.mode });
  return viewOfOrgBilling({
    org: org.id,
    account,
    webhookUrl: `${publicUrl.replace(/\/$/, '')}/webhooks/stripe/${org.id}`,
    freeTierMicros: await findFreeTier(db),
    hasMethod: typeof customer?.method === 'string',
    refill: (await findRefillSetting(db, org.id, name)) ?? { ...NO_REFILL, consent: null, stopped: null },
  });
}
