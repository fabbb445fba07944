/**
 * Settles a fact and what it points to. A checkout that began a subscription leads to that subscription, a subscription to its
 * newest invoice, and an invoice that is paid to its payment, and to refunds, disputes and warnings about it that came before its order
 * was here: they were about nothing of ours then, and nobody reports them again.
 */
import type { FactKind, ProviderFact } from '../core/billing/facts.ts';
import type { ObjectName, ProviderAccount, Settle, Settlement } from './port.ts';

/** An account, as far as what follows from a fact is read from it. */
type Followed = Pick<ProviderAccount, 'fetch' | 'listFollowing' | 'lists'>;

/** Settles a fact, then what it points to. @returns what became of the fact itself */
export async function settleWithFollowing(settle: Settle, account: Followed, fact: ProviderFact): Promise<Settlement> {
  const settlement = await settleForward(settle, account, fact);
  if (fact.kind !== 'invoice' || fact.subscription === null || account.lists === 'events') return settlement;
  // A provider without a list of events reports a renewal by its payment alone: the subscription has come to another state.
  const subscription = await account.fetch({ kind: 'subscription', id: fact.subscription });
  if (subscription !== undefined) await settle(subscription);
  return settlement;
}

async function settleForward(settle: Settle, account: Followed, fact: ProviderFact): Promise<Settlement> {
  const settlement = await settle(fact);
  if (settlement.outcome !== 'settled' && settlement.outcome !== 'parked') return settlement;
  for (const object of pointedTo(fact)) {
    const next = await account.fetch(object);
    if (next !== undefined) await settleForward(settle, account, next);
  }
  if (fact.kind === 'invoice' && fact.payment !== null) {
    for (const next of await account.listFollowing(fact.payment)) await settle(next);
  }
  return settlement;
}

/** The objects that a fact leads to. None of them leads back to it. */
function pointedTo(fact: ProviderFact): ObjectName[] {
  const named = (kind: FactKind, id: string | null): ObjectName[] => (id === null ? [] : [{ kind, id }]);
  if (fact.kind === 'checkout') return named('subscription', fact.subscription);
  if (fact.kind === 'subscription') return named('invoice', fact.invoice);
  return fact.kind === 'invoice' ? named('payment', fact.payment) : [];
}
