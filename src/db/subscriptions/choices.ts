/** Which prices payers chose for their subscriptions, and when. */
import type { ChosenPrice } from '../../core/subscriptions/chosen.ts';
import type { DatabaseTransaction } from '../database.ts';
import { changeRows, listRows, textOf, timeMsOf, type Queries } from '../rows.ts';
import type { KnownSubscription, SubscriptionName } from './subscriptions.ts';

/** Stores that a request chose a price. The first time that it is stored for a request stays. */
export async function storeChoice(
  db: Queries,
  { account, id }: SubscriptionName,
  chosen: { readonly request: string; readonly price: string; readonly at: Date },
): Promise<void> {
  await changeRows(
    db,
    `INSERT INTO subscription_choice (account, subscription, request, price, from_at)
     VALUES (:account, :id, :request, :price, :at) ON CONFLICT DO NOTHING`,
    { account, id, ...chosen },
  );
}

/** Forgets what a request chose that was refused. */
export async function dropChoice(db: Queries, { account, id }: SubscriptionName, request: string): Promise<void> {
  await changeRows(
    db,
    'DELETE FROM subscription_choice WHERE account = :account AND subscription = :id AND request = :request',
    { account, id, request },
  );
}

/** The prices that were chosen for a subscription, oldest first: at its checkout, and by later changes. */
export async function listChosen(
  trx: DatabaseTransaction,
  { account, id, firstOrder }: KnownSubscription,
): Promise<ChosenPrice[]> {
  return listRows(
    trx,
    (row) => ({ price: textOf(row['price']), fromMs: timeMsOf(row['from_at']) }),
    `SELECT c.item AS price, o.opened_at AS from_at, NULL AS request FROM order_checkout c JOIN pack_order o ON o.id = c.order_id
     WHERE c.order_id = :firstOrder AND c.item IS NOT NULL
     UNION ALL
     SELECT price, from_at, request FROM subscription_choice WHERE account = :account AND subscription = :id
     ORDER BY from_at, request NULLS FIRST`,
    { account, id, firstOrder },
  );
}
