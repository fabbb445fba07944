/** Deletes what came in from payment providers once its time is over. */
import type { AccountName } from '../../core/billing/facts.ts';
import type { Database } from '../database.ts';
import { changeRows } from '../rows.ts';

/** Most rows that one statement deletes. */
export const PURGE_MAX = 1_000;
/** Most parked objects of one account that no order is known for; older ones are deleted before their time. */
export const PARKED_OF_NOTHING_MAX = 10_000;

/** Up to when things are deleted. */
export interface Ends {
  /** Events received before this. */
  readonly events: Date;
  /** Objects that were settled, or parked without an order, and last touched before this. */
  readonly done: Date;
  /** Objects of nobody, last touched before this. */
  readonly foreign: Date;
  /** Objects parked with their order, last touched before this. */
  readonly parked: Date;
}

const DONE: readonly { readonly of: string; readonly end: keyof Ends }[] = [
  { of: "state = 'settled'", end: 'done' },
  { of: "state = 'foreign'", end: 'foreign' },
  { of: "state = 'parked' AND order_id IS NULL", end: 'done' },
  { of: "state = 'parked' AND order_id IS NOT NULL", end: 'parked' },
];

/**
 * Deletes events and objects of the inbox whose time is over: of each kind up to {@link PURGE_MAX}. What is still to be worked on
 * stays. @returns how many; as long as it is above zero, there may be more
 */
export async function purgeInbox(db: Database, ends: Ends): Promise<number> {
  let deleted = await changeRows(
    db,
    `DELETE FROM payment_event WHERE (account, id) IN
       (SELECT account, id FROM payment_event WHERE received_at < ? ORDER BY received_at LIMIT ?)`,
    [ends.events, PURGE_MAX],
  );
  for (const { of, end } of DONE) {
    deleted += await changeRows(
      db,
      `DELETE FROM payment_inbox WHERE id IN (SELECT id FROM payment_inbox WHERE ${of} AND next_attempt_at IS NULL
         AND updated_at < ? ORDER BY updated_at LIMIT ?)`,
      [ends[end], PURGE_MAX],
    );
  }
  return deleted;
}

/**
 * Deletes the oldest parked objects of an account that no order is known for, above a bound: whoever has the account's webhook
 * secret can have any number of them stored. @returns how many, up to {@link PURGE_MAX}
 */
export async function purgeParked(
  db: Database,
  account: AccountName,
  keptMax: number = PARKED_OF_NOTHING_MAX,
): Promise<number> {
  return changeRows(
    db,
    `DELETE FROM payment_inbox WHERE id IN (SELECT id FROM payment_inbox WHERE account = ? AND state = 'parked'
       AND order_id IS NULL ORDER BY updated_at DESC OFFSET ? LIMIT ?)`,
    [account, keptMax, PURGE_MAX],
  );
}
