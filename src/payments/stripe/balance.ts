/** Reads the movements on a Stripe account's balance: what each payment, refund and dispute really moved. */
import type Stripe from 'stripe';
import type { BalanceMovement } from '../../core/billing/facts.ts';
import type { BalancePage } from '../port.ts';
import { ORDER_KEY } from './events.ts';
import { callStripe } from './faults.ts';

const PAGE = 100;
/** Stripe's own bills: they are not about a payer's money, whatever they name as their source. */
const BILLS: ReadonlySet<string> = new Set(['application_fee', 'stripe_fee', 'stripe_fx_fee', 'tax_fee']);

/** One page of movements, newest first. @throws ProviderFailed */
export async function listBalance(
  stripe: Stripe,
  { sinceMs, untilMs, after }: { readonly sinceMs: number; readonly untilMs: number; readonly after?: string },
): Promise<BalancePage> {
  const call = { name: 'list balance transactions', reads: true, permission: 'balance_transaction_read' };
  const page = await callStripe(call, async () =>
    stripe.balanceTransactions.list({
      created: { gte: Math.floor(sinceMs / 1_000), lte: Math.floor(untilMs / 1_000) },
      limit: PAGE,
      expand: ['data.source'],
      ...(after !== undefined && { starting_after: after }),
    }),
  );
  return {
    movements: page.data.flatMap((one) => movementOf(one) ?? []),
    next: page.has_more ? page.data.at(-1)?.id : undefined,
  };
}

const KINDS = { charge: 'payment', refund: 'refund', dispute: 'dispute' } as const;

/** A movement, if it is about a payment, with `source` expanded. */
function movementOf(transaction: Stripe.BalanceTransaction): BalanceMovement | undefined {
  const { id, type, source, fee, currency, created } = transaction;
  if (BILLS.has(type) || typeof source !== 'object' || source === null) return undefined;
  if (source.object !== 'charge' && source.object !== 'refund' && source.object !== 'dispute') return undefined;
  const charge = source.object === 'charge' ? source.id : idOf(source.charge);
  return {
    id,
    kind: KINDS[source.object],
    amountMinor: amountOf(transaction, source),
    currency: source.currency,
    fee: fee === 0 ? null : { currency, amountMinor: BigInt(fee) },
    atMs: created * 1_000,
    source: source.id,
    payment: idOf(source.payment_intent),
    charge,
    order: source.metadata?.[ORDER_KEY] ?? null,
  };
}

/**
 * What moved, in the currency of the payment. Where the balance is in another one, the whole amount of the charge, refund or
 * dispute is taken to have moved, in the direction of the movement.
 */
function amountOf(
  { amount, currency }: Stripe.BalanceTransaction,
  source: Stripe.Charge | Stripe.Refund | Stripe.Dispute,
): bigint {
  if (currency === source.currency) return BigInt(amount);
  return BigInt(amount < 0 ? -source.amount : source.amount);
}

function idOf(value: string | { readonly id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}
