/** Money on the balances of providers' accounts: what was read of it, and what our orders and the ledger say is due. */
import type { RailDue, RailGot } from '../../core/billing/rails.ts';
import type { AccountName, BalanceMovement, PaymentMode } from '../../core/billing/facts.ts';
import type { Database } from '../database.ts';
import { listRows, micros, textOf } from '../rows.ts';

/** The currency in which rails are compared: the one of every order. */
const CURRENCY = 'usd';

/**
 * The order of a movement: by the payment that is stored for it, by the charge of an earlier movement, or by the order that
 * it names, if that was made on this account. What belongs to no order of ours is the account's other business.
 */
const INSERT = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset(:rows::jsonb) AS g (id text, kind text, amount bigint, currency text, fee bigint,
      fee_currency text, at timestamptz, source text, payment text, charge text, named uuid)
  ), ours AS (
    SELECT g.*, c.order_id FROM given g
    JOIN order_checkout c ON c.account = :account AND c.mode = :mode AND c.order_id = coalesce(
      (SELECT p.order_id FROM order_checkout p WHERE p.account = :account AND p.payment = g.payment
       ORDER BY p.order_id LIMIT 1),
      (SELECT m.order_id FROM provider_movement m WHERE m.account = :account AND m.charge = g.charge
       ORDER BY m.order_id LIMIT 1),
      g.named)
  ), fresh AS (
    INSERT INTO provider_movement (account, id, order_id, kind, amount_minor, currency, source, charge, at, read_at)
    SELECT :account, id, order_id, kind, amount, currency, source, charge, at, :readAt FROM ours
    ON CONFLICT (account, id) DO NOTHING RETURNING id
  )
  INSERT INTO provider_fee (account, movement, order_id, currency, amount_minor, at)
  SELECT :account, o.id, o.order_id, o.fee_currency, o.fee, o.at FROM ours o JOIN fresh f ON f.id = o.id WHERE o.fee <> 0
  ON CONFLICT DO NOTHING`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Stores the movements that belong to orders of this account, payments before what follows from them. Known ones stay. */
export async function storeMovements(
  db: Database,
  { name, mode }: { readonly name: AccountName; readonly mode: PaymentMode },
  movements: readonly BalanceMovement[],
  readAt: Date,
): Promise<void> {
  const payments = movements.filter(({ kind }) => kind === 'payment');
  const others = movements.filter(({ kind }) => kind !== 'payment');
  for (const some of [payments, others]) {
    if (some.length === 0) continue;
    const rows = JSON.stringify(some.map(rowOfMovement));
    await db.raw(INSERT, { rows, account: name, mode, readAt });
  }
}

function rowOfMovement(one: BalanceMovement): Readonly<Record<string, string | null>> {
  const { id, kind, amountMinor, currency, fee, atMs, source, payment, charge, order } = one;
  const times = { at: new Date(atMs).toISOString() };
  const fees = { fee: String(fee?.amountMinor ?? 0n), fee_currency: fee?.currency ?? null };
  const named = order !== null && UUID.test(order) ? order : null;
  return { id, kind, amount: String(amountMinor), currency, ...fees, ...times, source, payment, charge, named };
}

/**
 * In one statement, so that everything is read in one snapshot. `credited` is the ledger's, forged or not. The rest follows
 * from what was paid and given back: where an order's credit is decided, all that it does not cover, and where it is not,
 * the whole payment. `kept` is what of a credit was not taken back, rounded as src/core/billing/take-back.ts does; what of it
 * is not decided yet, as while the rail is frozen, is parked. A credit above its payment is covered by nothing.
 */
const SELECT_DUE = `
  WITH back AS (
    SELECT order_id, sum(minor) * 10000 AS back FROM (
      SELECT order_id, amount_minor AS minor FROM order_refund WHERE state NOT IN ('failed', 'cancelled')
      UNION ALL SELECT order_id, withdrawn_minor FROM order_dispute) AS b
    GROUP BY order_id
  ), moved AS (
    SELECT order_id, max(amount) FILTER (WHERE n = 1)::numeric AS credit,
      sum(CASE WHEN kind IN ('credit_paid', 'give_paid') THEN amount WHEN kind = 'take_paid' THEN -amount ELSE 0 END) AS decided
    FROM order_movement GROUP BY order_id
  ), sold AS (
    SELECT c.account, c.paid_minor * 10000::numeric AS paid, coalesce(c.tax_minor, 0) * 10000::numeric AS tax,
      c.parked_minor * 10000::numeric AS parked, coalesce(b.back, 0) AS back, m.credit, m.decided
    FROM order_checkout c LEFT JOIN back b ON b.order_id = c.order_id LEFT JOIN moved m ON m.order_id = c.order_id
    WHERE c.currency = '${CURRENCY}' AND (c.paid_minor IS NOT NULL OR c.parked_minor IS NOT NULL)
  ), kept AS (
    SELECT *, CASE WHEN back >= paid THEN 0 ELSE credit - div(credit * back, paid) END AS kept FROM sold
  ), parts AS (
    SELECT account,
      CASE WHEN credit IS NULL THEN coalesce(paid, parked) - back ELSE greatest(kept - decided, 0) END AS parked,
      CASE WHEN credit IS NULL THEN 0 ELSE tax - div(tax * least(back, paid), paid) END AS tax,
      CASE WHEN credit IS NULL THEN 0
           WHEN credit > paid THEN -greatest(back - paid, 0)
           ELSE paid - back - kept END AS rest
    FROM kept
  ), orders AS (
    SELECT account, sum(parked) AS parked, sum(tax) AS tax, sum(rest - tax) AS seller FROM parts GROUP BY account
  ), ledger AS (
    SELECT substr(contra, length('assets:') + 1) AS account, sum(available_delta + held_delta) AS credited FROM entry
    WHERE contra LIKE 'assets:%' AND contra NOT LIKE 'assets:usdc:%' GROUP BY contra
  )
  SELECT account, coalesce(l.credited, 0)::text AS credited, coalesce(o.tax, 0)::text AS tax,
    coalesce(o.seller, 0)::text AS seller, coalesce(o.parked, 0)::text AS parked
  FROM ledger l FULL JOIN orders o USING (account) ORDER BY account`;

/** What is due by account, for every account other than chains that the ledger or an order names. */
export async function readDue(db: Database): Promise<Map<string, RailDue>> {
  const due = await listRows(
    db,
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
    SELECT_DUE,
  );
  return new Map(due);
}

/** What providers hold, by account. @param knownBefore what was first seen later counts as lately in {@link RailGot} */
export async function readGot(db: Database, knownBefore: Date): Promise<Map<string, RailGot>> {
  const got = await listRows(
    db,
    (row) =>
      [
        textOf(row['account']),
        { gotMicros: micros(row['got']), mostMicros: micros(row['most']), leastMicros: micros(row['least']) },
      ] as const,
    `SELECT account, (sum(amount_minor) * 10000)::text AS got,
       (coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0 OR read_at <= :known), 0) * 10000)::text AS most,
       (coalesce(sum(amount_minor) FILTER (WHERE amount_minor < 0 OR read_at <= :known), 0) * 10000)::text AS least
     FROM provider_movement WHERE currency = '${CURRENCY}' GROUP BY account`,
    { known: knownBefore },
  );
  return new Map(got);
}

/** What a provider kept for itself. */
export interface ProviderFees {
  readonly account: AccountName;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** Sums the fees of these accounts, by account and currency. */
export async function sumFees(db: Database, accounts: readonly AccountName[]): Promise<ProviderFees[]> {
  return listRows(
    db,
    (row) => ({
      account: textOf(row['account']),
      currency: textOf(row['currency']),
      amountMinor: micros(row['minor']),
    }),
    `SELECT account, currency, sum(amount_minor)::text AS minor FROM provider_fee WHERE account = ANY(?::text[])
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [[...accounts]],
  );
}
