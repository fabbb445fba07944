/** Endpoints of an org's billing settings: the key and the webhook secret of its own payment account, and the free tier. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import type { Org } from '../../db/access/orgs.ts';
import { findFreeTier, setFreeTier } from '../../db/billing/free-tier.ts';
import { isMinter, mayIn, type Caller } from '../access/caller.ts';
import { namedOrgRoute } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
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
    summary: 'Changes billing settings; what is left out stays',
    chapter,
    replies: { 200: settingsReply },
    scopes: ['treasury:admin'],
    operators: true,
    query: NO_QUERY,
    body: settingsBody,
  } as const;
  return namedOrgRoute(deps.guard, specification, async ({ caller, org, body }) => {
    checkFields(deps, { caller, org, body });
    const { free_tier_amount: amountMicros, stripe_secret_key: secretKey, stripe_webhook_secret: webhookSecret } = body;
    await deps.cards.orgAccounts.change(org.id, { secretKey, webhookSecret });
    const at = new Date(deps.clock.nowMs());
    if (amountMicros !== undefined) await setFreeTier(deps.crossing, { amountMicros, at });
    return { body: await viewOf(deps, org) };
  });
}

/**
 * Checks every field before anything is changed. Whose key an org's account has decides whose money is credited, so only
 * an org that is trusted sets it itself.
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
  const ofAccount: Right = org.billingTrusted ? 'org admin' : 'minter';
  const rights: Readonly<Record<keyof Change, Right>> = {
    stripe_secret_key: ofAccount,
    stripe_webhook_secret: ofAccount,
    free_tier_amount: 'minter',
  };
  const given = Object.entries(rights).filter(([field]) => body[field as keyof Change] !== undefined);
  for (const [field, right] of given) if (!has[right] && !(right === 'org admin' && has.minter)) throw notFor(field, right);
  if (given.length === 0 && !has['org admin']) throw notFor('', 'org admin');
  const amountMicros = body.free_tier_amount ?? 0n;
  if (limitMicros !== undefined && amountMicros > limitMicros) {
    throw forbidden('free_tier_amount', 'above adminEntryLimitUsd needs a second person: no call sets it');
  }
}

function notFor(field: string, right: Right): Refusal {
  return forbidden(
    field,
    right === 'minter'
      ? 'is for admin keys, platform admins and platform keys with treasury:admin'
      : 'needs the role owner or admin, or a key with treasury:admin',
  );
}

function forbidden(field: string, why: string): Refusal {
  return new Refusal('FORBIDDEN', `${field === '' ? 'this call' : field} ${why}; nothing was changed`, {
    details: field === '' ? {} : { field },
  });
}

async function viewOf({ cards, forOrg, publicUrl }: SurfaceDeps, org: Org): Promise<object> {
  const [account, amountMicros] = [await cards.orgAccounts.describe(org.id), await findFreeTier(forOrg(org.id))];
  return {
    org_id: org.id,
    mode: account.mode,
    has_stripe_key: account.keyLast4 !== null,
    stripe_key_last4: account.keyLast4,
    has_webhook_secret: account.webhookSecretLast4 !== null,
    webhook_secret_last4: account.webhookSecretLast4,
    webhook_url: new URL(`webhooks/stripe/${org.id}`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`).href,
    missing_permissions: account.lacks,
    free_tier_amount: amountMicros,
  };
}
