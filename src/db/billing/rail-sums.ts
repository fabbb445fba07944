/**
 * What is due by our orders and the ledger, and what providers hold, by account. Sums are kept; what came since they were read
 * last is noted by triggers (migration 0047) and added to them, so that a reading costs what is new, however many orders there are.
 */
import type { RailDue, RailGot } from '../../core/billing/rails.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, count, listRows, micros, orNull, textOf, type Row } from '../rows.ts';

/** The currency in which rails are compared: the one of every order. */
const CURRENCY = 'usd';
/** Most notes of each kind that one transaction adds. */
const NEWS_MAX = 5_000;
/** Most transactions of one reading; what is left then is added by the next. */
const PIECES_MAX = 1_000;

/**
 * What each noted order adds now, and the difference to what it added before. It follows from what was paid and given back: where an
 * order's credit is decided, all that it does not cover, and where it is not, the whole payment. `kept` is what of a credit was not
 * taken back, rounded as src/core/billing/take-back.ts does; what of it is not decided yet, as while the rail is frozen, is
 * parked. A credit above its payment is covered by nothing. No other account's order has the same id, and an order's account never changes.
 */
const ADD_ORDERS = `
  WITH news AS (
    DELETE FROM rail_news_order WHERE n IN (SELECT n FROM rail_news_order ORDER BY n LIMIT :limit) RETURNING order_id
  ), noted AS (SELECT DISTINCT order_id FROM news), back AS (
    SELECT order_id, sum(minor) * 10000 AS back FROM (
      SELECT r.order_id, r.amount_minor AS minor FROM order_refund r JOIN noted USING (order_id)
      WHERE r.state NOT IN ('failed', 'cancelled')
      UNION ALL SELECT d.order_id, d.withdrawn_minor FROM order_dispute d JOIN noted USING (order_id)) AS b
    GROUP BY order_id
  ), moved AS (
    SELECT order_id, max(amount) FILTER (WHERE n = 1)::numeric AS credit,
      sum(CASE WHEN kind IN ('credit_paid', 'give_paid') THEN amount WHEN kind = 'take_paid' THEN -amount ELSE 0 END) AS decided
    FROM order_movement JOIN noted USING (order_id) GROUP BY order_id
  ), sold AS (
    SELECT c.order_id, c.account, c.paid_minor * 10000::numeric AS paid, coalesce(c.tax_minor, 0) * 10000::numeric AS tax,
      c.parked_minor * 10000::numeric AS parked, coalesce(b.back, 0) AS back, m.credit, m.decided
    FROM noted JOIN order_checkout c USING (order_id) LEFT JOIN back b USING (order_id) LEFT JOIN moved m USING (order_id)
    WHERE c.currency = '${CURRENCY}' AND (c.paid_minor IS NOT NULL OR c.parked_minor IS NOT NULL)
  ), kept AS (
    SELECT *, CASE WHEN back >= paid THEN 0 ELSE credit - div(credit * back, paid) END AS kept FROM sold
  ), parts AS (
    SELECT order_id, account,
      CASE WHEN credit IS NULL THEN coalesce(paid, parked) - back ELSE greatest(kept - decided, 0) END AS parked,
      CASE WHEN credit IS NULL THEN 0 ELSE tax - div(tax * least(back, paid), paid) END AS tax,
      CASE WHEN credit IS NULL THEN 0
           WHEN credit > paid THEN -greatest(back - paid, 0)
           ELSE paid - back - kept END AS rest
    FROM kept
    UNION ALL SELECT order_id, account, 0, 0, 0 FROM rail_part JOIN noted USING (order_id)
    WHERE NOT EXISTS (SELECT FROM sold WHERE sold.order_id = rail_part.order_id)
  ), changed AS (
    SELECT p.order_id, p.account, p.tax, p.rest - p.tax AS seller, p.parked,
      p.tax - coalesce(o.tax, 0) AS more_tax, p.rest - p.tax - coalesce(o.seller, 0) AS more_seller,
      p.parked - coalesce(o.parked, 0) AS more_parked
    FROM parts p LEFT JOIN rail_part o USING (order_id)
  ), stored AS (
    INSERT INTO rail_part (order_id, account, tax, seller, parked) SELECT order_id, account, tax, seller, parked FROM changed
    ON CONFLICT (order_id) DO UPDATE SET tax = excluded.tax, seller = excluded.seller, parked = excluded.parked
  ), summed AS (
    INSERT INTO rail_sums AS s (account, tax, seller, parked)
    SELECT account, sum(more_tax), sum(more_seller), sum(more_parked) FROM changed GROUP BY account
    ON CONFLICT (account) DO UPDATE SET tax = s.tax + excluded.tax, seller = s.seller + excluded.seller,
      parked = s.parked + excluded.parked
  ) SELECT FROM news`;

/** Entries are summed as they are, forged or not; a note whose entry is gone adds nothing. */
const NOTED_ENTRIES = `
  SELECT n.wallet, n.seq, substr(e.contra, length('assets:') + 1) AS account,
    (e.available_delta + e.held_delta)::text AS credited
  FROM rail_news_entry n LEFT JOIN entry e ON e.wallet = n.wallet AND e.seq = n.seq LIMIT :limit`;
const DELETE_NOTES = `
  DELETE FROM rail_news_entry n USING unnest(:wallets::uuid[], :seqs::bigint[]) AS done (wallet, seq)
  WHERE n.wallet = done.wallet AND n.seq = done.seq`;
const ADD_CREDITED = `
  INSERT INTO rail_sums AS s (account, credited)
  SELECT account, sum(credited) FROM unnest(:accounts::text[], :credited::numeric[]) AS n (account, credited) GROUP BY account
  ON CONFLICT (account) DO UPDATE SET credited = s.credited + excluded.credited`;

/** What was first seen lately counts one by one; see {@link readGot}. */
const ADD_MOVEMENTS = `
  WITH news AS (
    DELETE FROM rail_news_movement WHERE (account, id) IN (SELECT n.account, n.id FROM rail_news_movement n
      JOIN provider_movement m USING (account, id) WHERE m.read_at <= :known LIMIT :limit)
    RETURNING account, id
  ), summed AS (
    INSERT INTO rail_sums AS s (account, got)
    SELECT m.account, sum(m.amount_minor) * 10000 FROM news JOIN provider_movement m USING (account, id)
    WHERE m.currency = '${CURRENCY}' GROUP BY m.account
    ON CONFLICT (account) DO UPDATE SET got = s.got + excluded.got
  ) SELECT FROM news`;

/**
 * What is due by account, for every account other than chains that the ledger or an order names: all of it as of one moment.
 * Two processes may read at once: one of them is refused, and nothing is added twice.
 * @param piece how many notes of each kind one transaction adds
 * @throws Error when more is new than one reading adds; the next one goes on
 */
export async function readDue(db: Database, piece = NEWS_MAX): Promise<Map<string, RailDue>> {
  for (let n = 0; n < PIECES_MAX; n += 1) {
    const due = await db.transaction(async (trx) => addAndRead(trx, piece), { isolationLevel: 'repeatable read' });
    if (due) return due;
  }
  throw new Error('too much is new on the rails to be added at once');
}

/** @returns what is due once everything that this transaction sees is added; undefined when some is left */
async function addAndRead(trx: DatabaseTransaction, limit: number): Promise<Map<string, RailDue> | undefined> {
  const orders = await changeRows(trx, ADD_ORDERS, { limit });
  const entries = await addEntries(trx, limit);
  if (orders === limit || entries === limit) return undefined;
  const due = await listRows(
    trx,
    (row) =>
      [
        textOf(row['account']),
        {
          creditedMicros: micros(row['credited']),
          taxMicros: micros(row['tax']),
          sellerMicros: micros(row['seller']),
          parkedMicros: micros(row['parked']),
        },
      ] as const,
    'SELECT account, credited, tax, seller, parked FROM rail_sums ORDER BY account',
  );
  return new Map(due);
}

/**
 * Adds up to `limit` entries to the sums and deletes their notes. @returns how many
 * @throws Error when another process deleted one of the notes meanwhile: the transaction has to end, and nothing is added twice
 */
async function addEntries(trx: DatabaseTransaction, limit: number): Promise<number> {
  const noted = await listRows(trx, notedOf, NOTED_ENTRIES, { limit });
  if (noted.length === 0) return 0;
  const wallets = noted.map(({ wallet }) => wallet);
  const deleted = await changeRows(trx, DELETE_NOTES, { wallets, seqs: noted.map(({ seq }) => seq) });
  if (deleted !== noted.length) throw new Error('another process adds the same entries to the sums of the rails');
  const counted = noted.flatMap(({ account, credited }) =>
    account === null || credited === null ? [] : [{ account, credited }],
  );
  await trx.raw(ADD_CREDITED, {
    accounts: counted.map(({ account }) => account),
    credited: counted.map(({ credited }) => String(credited)),
  });
  return noted.length;
}

function notedOf(row: Row): {
  readonly wallet: string;
  readonly seq: number;
  readonly account: string | null;
  readonly credited: bigint | null;
} {
  return {
    wallet: textOf(row['wallet']),
    seq: count(row['seq']),
    account: orNull(row['account'], textOf),
    credited: orNull(row['credited'], micros),
  };
}

/** What providers hold, by account. @param knownBefore what was first seen later counts as lately in {@link RailGot} */
export async function readGot(db: Database, knownBefore: Date): Promise<Map<string, RailGot>> {
  for (let n = 0; n < PIECES_MAX; n += 1) {
    const added = await changeRows(db, ADD_MOVEMENTS, { known: knownBefore, limit: NEWS_MAX });
    if (added < NEWS_MAX) break;
  }
  const got = await listRows(
    db,
    (row) =>
      [
        textOf(row['account']),
        { gotMicros: micros(row['got']), mostMicros: micros(row['most']), leastMicros: micros(row['least']) },
      ] as const,
    `WITH news AS (
       SELECT m.account, m.amount_minor * 10000::numeric AS amount, m.read_at <= :known AS known
       FROM rail_news_movement n JOIN provider_movement m USING (account, id) WHERE m.currency = '${CURRENCY}'
     )
     SELECT account, (s.got + coalesce(sum(n.amount), 0))::text AS got,
       (s.got + coalesce(sum(n.amount) FILTER (WHERE amount > 0 OR known), 0))::text AS most,
       (s.got + coalesce(sum(n.amount) FILTER (WHERE amount < 0 OR known), 0))::text AS least
     FROM (SELECT account, got FROM rail_sums UNION ALL
       SELECT DISTINCT account, 0 FROM news n WHERE NOT EXISTS (SELECT FROM rail_sums r WHERE r.account = n.account)) s
     LEFT JOIN news n USING (account) GROUP BY account, s.got`,
    { known: knownBefore },
  );
  return new Map(got);
}
