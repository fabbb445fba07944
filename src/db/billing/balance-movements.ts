/** Money that moved on the balances of providers' accounts: what was read of it, and what of it the providers kept. */
import type { AccountName, BalanceMovement, PaymentMode } from '../../core/billing/facts.ts';
import type { Database } from '../database.ts';
import { listRows, micros, textOf } from '../rows.ts';

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
