/** Records the events of users' wallets for the platform's log: those of each entry once, in the order of the entries. */
import { eventsOfUser } from '../../core/events/users.ts';
import { BALANCE_STATUSES } from '../../core/ledger/status.ts';
import type { Database } from '../database.ts';
import { hasSqlState, SERIALIZATION_FAILURE } from '../errors.ts';
import { count, findRow, listRows, oneOf, textOf } from '../rows.ts';
import { findWritten } from '../wallet-facts.ts';
import { recordEvents } from './log.ts';
import { ENTRIES_MAX, listFacts } from './projection.ts';

/** Of these wallets, those of users. */
export async function findUserWallets(db: Database, wallets: readonly string[]): Promise<string[]> {
  return listRows(db, (row) => textOf(row['wallet']), 'SELECT wallet FROM wallet_user WHERE wallet = ANY(?::uuid[])', [
    [...wallets],
  ]);
}

/** One page of users' wallets in order of id: the last of the page (undefined at the end), and those that lack events. */
export interface UserPage {
  readonly last: string | undefined;
  readonly stale: readonly string[];
}

/** Looks at up to `limit` users' wallets after one. */
export async function listStaleUserWallets(
  db: Database,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<UserPage> {
  const page = await listRows(
    db,
    (row) => ({ wallet: textOf(row['wallet']), seq: count(row['seq']) + 1 }),
    `SELECT u.wallet, coalesce(p.seq, 0) AS seq
     FROM (SELECT wallet FROM wallet_user WHERE (:after::uuid IS NULL OR wallet > :after::uuid) ORDER BY wallet LIMIT :limit) u
     LEFT JOIN user_event_position p ON p.wallet = u.wallet ORDER BY u.wallet`,
    { after: after ?? null, limit },
  );
  const last = page.length < limit ? undefined : page.at(-1)?.wallet;
  return { last, stale: [...(await findWritten(db, page))] };
}

/**
 * Records the events of up to ENTRIES_MAX further entries of a user's wallet. @returns whether there may be more of them; false
 * too where another process works on the wallet, or it is no user's
 */
export async function recordUserEvents(db: Database, wallet: string): Promise<boolean> {
  await db.raw('INSERT INTO user_event_position (wallet) VALUES (?) ON CONFLICT DO NOTHING', [wallet]);
  try {
    return await db.transaction(
      async (trx) => {
        const position = await findRow(
          trx,
          (row) => ({
            user: textOf(row['id']),
            seq: count(row['seq']),
            status: oneOf(BALANCE_STATUSES, row['status']),
          }),
          `SELECT u.id, p.seq, p.status FROM user_event_position p JOIN wallet_user u ON u.wallet = p.wallet
           WHERE p.wallet = ? FOR UPDATE OF p SKIP LOCKED`,
          [wallet],
        );
        if (!position) return false;
        const facts = await listFacts(trx, wallet, position.seq);
        const later = facts.filter(({ entry }) => entry.seq > position.seq);
        const last = later.at(-1);
        if (!last) return false;
        const { events, status } = eventsOfUser(position.user, later, position.status);
        await recordEvents(trx, events);
        await trx.raw('UPDATE user_event_position SET seq = ?, status = ? WHERE wallet = ?', [
          last.entry.seq,
          status,
          wallet,
        ]);
        return later.length >= ENTRIES_MAX;
      },
      { isolationLevel: 'repeatable read' },
    );
  } catch (error) {
    // Another process recorded them between our snapshot and our lock.
    if (hasSqlState(error, SERIALIZATION_FAILURE)) return false;
    throw error;
  }
}
