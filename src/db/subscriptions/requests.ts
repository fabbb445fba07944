/** Requests to change subscriptions: stored before the provider is asked, so that each takes effect once. */
import { Refusal } from '../../core/errors.ts';
import { changeRows, getRow, textOf, truth, type Queries } from '../rows.ts';

/** A request of a payer. */
export interface StoredRequest {
  /** Part of the idempotency keys at the provider. */
  readonly id: string;
  /** It has taken effect. */
  readonly done: boolean;
  /** It was stored now; of an earlier one nobody knows whether it has taken effect, unless it is done. */
  readonly isNew: boolean;
}

/**
 * Stores a request, or finds the one that had the key.
 * @throws Refusal IDEMPOTENCY_CONFLICT when it asked for something else
 */
export async function storeRequest(
  db: Queries,
  asked: {
    readonly id: string;
    readonly payer: string;
    readonly key: string;
    readonly hash: string;
    readonly at: Date;
  },
): Promise<StoredRequest> {
  const { id, payer, key, hash, at } = asked;
  const made = await changeRows(
    db,
    `INSERT INTO subscription_request (org, key, id, hash, asked_at) VALUES (:payer, :key, :id, :hash, :at)
     ON CONFLICT DO NOTHING`,
    { payer, key, id, hash, at },
  );
  const found = await getRow(
    db,
    (row) => ({ id: textOf(row['id']), hash: textOf(row['hash']), done: truth(row['done']) }),
    'SELECT id, hash, done FROM subscription_request WHERE org = ? AND key = ?',
    [payer, key],
  );
  if (found.hash === hash) return { id: found.id, done: found.done, isNew: made > 0 };
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another request; choose a new one');
}

/** Notes that a request has taken effect. */
export async function closeRequest(
  db: Queries,
  { payer, key }: { readonly payer: string; readonly key: string },
): Promise<void> {
  await changeRows(db, 'UPDATE subscription_request SET done = true WHERE org = ? AND key = ?', [payer, key]);
}

/** Forgets a request that was refused: it may be made again under its key. */
export async function dropRequest(
  db: Queries,
  { payer, key }: { readonly payer: string; readonly key: string },
): Promise<void> {
  await changeRows(db, 'DELETE FROM subscription_request WHERE org = ? AND key = ? AND NOT done', [payer, key]);
}
