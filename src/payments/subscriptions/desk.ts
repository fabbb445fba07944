/** Changes subscriptions for their customers: one change at a time for each payer, each of them once. */
import { randomUUID } from 'node:crypto';
import type { Provider } from '../../core/billing/facts.ts';
import type { Interval } from '../../core/billing/order.ts';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import {
  cancelsAtPeriodEnd,
  checkAct,
  isReached,
  whenToChange,
  type SubscriptionAct,
} from '../../core/subscriptions/change.ts';
import type { PlanChangeRequest, DeskRequest, SubscriptionDesk } from '../../core/subscriptions/desk.ts';
import { priceAt, termsOf, type PeriodTerms, type PlanVersion } from '../../core/subscriptions/plan.ts';
import { findCustomer } from '../../db/billing/customers.ts';
import { acquireLease, releaseLease } from '../../db/leases.ts';
import { dropChoice, storeChoice } from '../../db/subscriptions/choices.ts';
import { findPlan } from '../../db/subscriptions/plans.ts';
import { closeRequest, dropRequest, storeRequest } from '../../db/subscriptions/requests.ts';
import {
  askForPortal,
  bindPortal,
  findLastPeriod,
  findOpenSubscribing,
  findSubscriptionOf,
  type KnownSubscription,
} from '../../db/subscriptions/subscriptions.ts';
import { callAccount, getAccount, type AccountMeans } from '../account-calls.ts';
import { cancelUnpaid } from '../cashier.ts';
import { settleWithFollowing } from '../follow.ts';
import { ProviderFailed, type ProviderAccount, type Settle } from '../port.ts';
import type { SettleMeans } from '../movements.ts';
import { checkPlanItems } from './plan-items.ts';

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
    checkPlan: async (plan) => checkPlanItems(means, plan),
    openPortal: async (request) => openPortal(means, request),
  };
}

/** A subscription as its provider has it now, and how to change it. */
interface About {
  readonly account: ProviderAccount;
  readonly subscription: KnownSubscription;
  /** Our id of the request. */
  readonly request: string;
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
    let about: About | undefined;
    try {
      if (what === 'cancel' && (await closeCheckout(means, payer))) {
        await closeRequest(db, request);
        return { replayed: false };
      }
      const known = await readNow(means, payer);
      about = { ...known, request: asked.id, key: `coffer-subscription-${asked.id}` };
      await changeOnce(means, about, { what, mayBeDone: !asked.isNew }, work);
    } catch (error) {
      // Where the outcome is not known, the same request goes on under the same keys.
      if (isRefused(error) && (asked.isNew || about !== undefined)) await forget(db, request, about);
      throw error;
    }
    await refresh(means, about);
    await closeRequest(db, request);
    return { replayed: false };
  } finally {
    await releaseLease(db, lease);
  }
}

/**
 * Closes the checkout at which a payer without a subscription could begin one. One that was paid a moment before is settled
 * instead, and then there is a subscription to cancel.
 * @returns whether a checkout was closed
 * @throws Refusal SUBSCRIPTION_STATE where its provider closes none
 */
async function closeCheckout(means: DeskMeans, payer: string): Promise<boolean> {
  const { db } = means;
  const live = await findSubscriptionOf(db, payer);
  const order = await findOpenSubscribing(db, payer);
  if (order === undefined || (live !== undefined && live.state !== 'ended')) return false;
  try {
    await cancelUnpaid(means, order);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'ORDER_NOT_OPEN') throw error;
    if ((await findOpenSubscribing(db, payer)) !== order) return false;
    throw stateRefusal('awaiting_payment', 'the checkout cannot be closed there: it can be paid until it is a day old');
  }
}

/** @param asked.mayBeDone an earlier attempt may have taken effect: then the state shows it */
async function changeOnce(
  means: DeskMeans,
  about: About,
  { what, mayBeDone }: { readonly what: SubscriptionAct; readonly mayBeDone: boolean },
  work: (about: About) => Promise<void>,
): Promise<void> {
  const { account, subscription } = about;
  if (mayBeDone && isReached(what, subscription.state)) return;
  checkAct(what, subscription.state);
  await callAccount(means, { account, what: `${what}_subscription` }, async () => work(about));
}

/** A refused request may be made again under its key. */
async function forget(db: DeskMeans['db'], request: DeskRequest, about: About | undefined): Promise<void> {
  if (about !== undefined) await dropChoice(db, about.subscription, about.request);
  await dropRequest(db, request);
}

function isRefused(error: unknown): boolean {
  return error instanceof ProviderFailed ? error.fault.outcome === 'refused' : error instanceof Refusal;
}

function stateRefusal(state: string, message: string): Refusal {
  return new Refusal('SUBSCRIPTION_STATE', message, { details: { state } });
}

/** Reads the subscription of a payer from its provider. @throws Refusal SUBSCRIPTION_STATE where there is none */
async function readNow(means: DeskMeans, payer: string): Promise<Pick<About, 'account' | 'subscription'>> {
  const stored = await findSubscriptionOf(means.db, payer);
  if (stored === undefined) throw stateRefusal('none', 'there is no subscription');
  const account = await getAccount(means, stored.account);
  await refresh(means, { account, subscription: stored });
  const subscription = (await findSubscriptionOf(means.db, payer)) ?? stored;
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
  const { db, clock } = means;
  const { account, subscription, key } = about;
  const calls = account.subscriptions;
  const present = await findLastPeriod(db, subscription);
  if (present === undefined) throw stateRefusal(subscription.state, 'no period of the subscription is paid yet');
  const interval = asked ?? present.interval;
  const { terms, price } = sellable(await findPlan(db, plan), interval, account.provider);
  const coming = subscription.plannedPrice ?? subscription.price ?? present.price;
  const when = whenToChange(present, terms, coming !== present.price);
  if (when === 'none' || (when === 'at_period_end' && coming === price)) return;
  if (when === 'now' && !calls.switchesNow) {
    throw notSellable('this provider begins no new period at once: cancel, and subscribe when the period is over');
  }
  const to = when === 'undo' ? present : { price, priceMinor: terms.priceMinor, interval };
  const { priceMinor } = to;
  const named = { subscription: subscription.id, key, price: to.price, priceMinor, interval: to.interval };
  await storeChoice(db, subscription, { request: about.request, price: to.price, at: new Date(clock.nowMs()) });
  if (when === 'now') await calls.switchNow(named);
  else if (when === 'at_period_end') await calls.switchAtPeriodEnd(named);
  else await calls.dropPlanned(named);
}

/**
 * What a plan costs for an interval, and the provider's price of it.
 * @throws Refusal NOT_FOUND, PLAN_NOT_SELLABLE
 */
export function sellable(
  version: PlanVersion | undefined,
  interval: Interval,
  provider: Provider,
): { readonly terms: PeriodTerms; readonly price: string } {
  if (version === undefined || !version.isActive) throw new Refusal('NOT_FOUND', 'there is no such plan');
  const terms = termsOf(version, interval);
  const price = priceAt(version, interval, provider);
  if (terms !== undefined && price !== null && version.kind === 'subscription') return { terms, price };
  throw notSellable(version.kind === 'subscription' ? `it has no price for a ${interval} there` : 'it is bought once');
}

function notSellable(why: string): Refusal {
  return new Refusal('PLAN_NOT_SELLABLE', `the plan cannot be subscribed to on this channel: ${why}`);
}

async function openPortal(
  means: DeskMeans,
  { payer, returnUrl }: { readonly payer: string; readonly returnUrl: string },
): Promise<string> {
  const { db, clock } = means;
  const subscription = await findSubscriptionOf(db, payer);
  const account = await getAccount(means, subscription?.account ?? PLATFORM);
  const { name, mode } = account;
  const found = await findCustomer(db, { org: payer, account: name, mode });
  const customer = found?.customer ?? subscription?.customer ?? null;
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
