/** Changes subscriptions for their customers: one change at a time for each payer, each of them once. */
import { randomUUID } from 'node:crypto';
import type { Interval } from '../../core/billing/order.ts';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import { cancelsAtPeriodEnd, checkAct, whenToChange, type SubscriptionAct } from '../../core/subscriptions/change.ts';
import type { PlanChangeRequest, DeskRequest, SubscriptionDesk } from '../../core/subscriptions/desk.ts';
import { stripePriceOf, termsOf, type PeriodTerms, type PlanVersion } from '../../core/subscriptions/plan.ts';
import { findCustomer } from '../../db/billing/customers.ts';
import { acquireLease, releaseLease } from '../../db/leases.ts';
import { findPlan } from '../../db/subscriptions/plans.ts';
import { closeRequest, dropRequest, storeRequest } from '../../db/subscriptions/requests.ts';
import {
  askForPortal,
  bindPortal,
  findLastPeriod,
  findSubscriptionOf,
  type KnownSubscription,
} from '../../db/subscriptions/subscriptions.ts';
import { callAccount, getAccount, type AccountMeans } from '../account-calls.ts';
import { settleWithFollowing } from '../follow.ts';
import { ProviderFailed, type ProviderAccount, type Settle } from '../port.ts';
import type { SettleMeans } from '../movements.ts';

/** Longer than a change takes: some calls, each with its tries. */
const LEASE_MS = 300_000;
const PLATFORM = 'stripe';

export interface DeskMeans extends SettleMeans, AccountMeans {
  readonly settle: Settle;
}

/** Opens the desk of all customers. */
export function openSubscriptionDesk(means: DeskMeans): SubscriptionDesk {
  return {
    change: async (request) =>
      act(means, request, { what: 'change', asks: `${request.plan}:${request.interval ?? ''}` }, async (about) =>
        change(means, about, request),
      ),
    cancel: async (request) =>
      act(means, request, { what: 'cancel', asks: '' }, async ({ account, subscription, key }) => {
        const atPeriodEnd = cancelsAtPeriodEnd(subscription.state);
        await account.subscriptions.cancel({ subscription: subscription.id, key, atPeriodEnd });
      }),
    resume: async (request) =>
      act(means, request, { what: 'resume', asks: '' }, async ({ account, subscription, key }) => {
        const named = { subscription: subscription.id, key };
        if (subscription.state === 'paused') await account.subscriptions.unpause(named);
        else await account.subscriptions.keep(named);
      }),
    openPortal: async (request) => openPortal(means, request),
  };
}

/** A subscription as its provider has it now, and how to change it. */
interface About {
  readonly account: ProviderAccount;
  readonly subscription: KnownSubscription;
  /** Begins every idempotency key at the provider. */
  readonly key: string;
}

async function act(
  means: DeskMeans,
  request: DeskRequest,
  { what, asks }: { readonly what: SubscriptionAct; readonly asks: string },
  work: (about: About) => Promise<void>,
): Promise<{ readonly replayed: boolean }> {
  const { db, clock } = means;
  const { payer } = request;
  const lease = await acquireLease(db, { name: `subscription:${payer}`, holder: randomUUID(), ttlMs: LEASE_MS });
  if (lease === undefined) throw stateRefusal('changing', 'another change of this subscription is under way');
  try {
    const nowMs = clock.nowMs();
    const hash = inputHash(`subscription:${what}:${asks}`);
    const asked = await storeRequest(db, { ...request, id: uuidV7(nowMs), hash, at: new Date(nowMs) });
    if (asked.done) return { replayed: true };
    try {
      const about = { ...(await readNow(means, payer, what)), key: `coffer-subscription-${asked.id}` };
      await callAccount(means, { account: about.account, what: `${what}_subscription` }, async () => work(about));
      await refresh(means, about);
    } catch (error) {
      // Where the outcome is not known, the same request goes on under the same keys.
      if (isRefused(error)) await dropRequest(db, request);
      throw error;
    }
    await closeRequest(db, request);
    return { replayed: false };
  } finally {
    await releaseLease(db, lease);
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof ProviderFailed ? error.fault.outcome === 'refused' : error instanceof Refusal;
}

function stateRefusal(state: string, message: string): Refusal {
  return new Refusal('SUBSCRIPTION_STATE', message, { details: { state } });
}

/** Reads the subscription from its provider, and checks that the act is allowed in its state. */
async function readNow(
  means: DeskMeans,
  payer: string,
  what: SubscriptionAct,
): Promise<Pick<About, 'account' | 'subscription'>> {
  const stored = await findSubscriptionOf(means.db, payer);
  if (stored === undefined) throw stateRefusal('none', 'there is no subscription');
  const account = await getAccount(means, stored.account);
  await refresh(means, { account, subscription: stored });
  const subscription = (await findSubscriptionOf(means.db, payer)) ?? stored;
  checkAct(what, subscription.state);
  return { account, subscription };
}

async function refresh(
  means: DeskMeans,
  { account, subscription }: Pick<About, 'account' | 'subscription'>,
): Promise<void> {
  const fact = await callAccount(means, { account, what: 'read_subscription' }, async () =>
    account.fetch({ kind: 'subscription', id: subscription.id }),
  );
  if (fact) await settleWithFollowing(means.settle, account, fact);
}

async function change(means: DeskMeans, about: About, { plan, interval: asked }: PlanChangeRequest): Promise<void> {
  const { db } = means;
  const { account, subscription, key } = about;
  const present = await findLastPeriod(db, subscription);
  if (present === undefined) throw stateRefusal(subscription.state, 'no period of the subscription is paid yet');
  const interval = asked ?? present.interval;
  const { terms, price } = sellable(await findPlan(db, plan), interval);
  const named = { subscription: subscription.id, key };
  const when = whenToChange(present, terms, subscription.plannedPrice !== null);
  if (when === 'now') await account.subscriptions.switchNow({ ...named, price });
  if (when === 'at_period_end') await account.subscriptions.switchAtPeriodEnd({ ...named, price });
  if (when === 'undo') await account.subscriptions.dropPlanned(named);
}

/**
 * What a plan costs for an interval, and the provider's price of it.
 * @throws Refusal NOT_FOUND, PLAN_NOT_SELLABLE
 */
export function sellable(
  version: PlanVersion | undefined,
  interval: Interval,
): { readonly terms: PeriodTerms; readonly price: string } {
  if (version === undefined || !version.isActive) throw new Refusal('NOT_FOUND', 'there is no such plan');
  const terms = termsOf(version, interval);
  const price = stripePriceOf(version, interval);
  if (terms !== undefined && price !== null && version.kind === 'subscription') return { terms, price };
  const why = version.kind === 'subscription' ? `it has no price for a ${interval} there` : 'it is bought once';
  throw new Refusal('PLAN_NOT_SELLABLE', `the plan cannot be subscribed to on this channel: ${why}`);
}

async function openPortal(
  means: DeskMeans,
  { payer, returnUrl }: { readonly payer: string; readonly returnUrl: string },
): Promise<string> {
  const { db, clock } = means;
  const account = await getAccount(means, PLATFORM);
  const { name, mode } = account;
  const found = await findCustomer(db, { org: payer, account: name, mode });
  const customer = found?.customer ?? null;
  if (customer === null) throw stateRefusal('none', 'there is no subscription, and the portal has nothing to show');
  const requestKey = uuidV7(clock.nowMs());
  const asked = await askForPortal(db, { account: name, mode, requestKey });
  const calls = account.subscriptions;
  return callAccount(means, { account, what: 'open_portal' }, async () => {
    const portal =
      asked.portal ??
      (await bindPortal(db, {
        account: name,
        mode,
        portal: await calls.makePortal(`coffer-portal-${asked.requestKey}`),
      }));
    return calls.openPortal({ customer, portal, returnUrl });
  });
}
