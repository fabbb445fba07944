import type { ChainFamily } from '../core/deposits/address.ts';
import {
  decideRegistration,
  type SenderBinding,
  type SenderPolicy,
  type SenderState,
} from '../core/deposits/registration.ts';
import type { Database, DatabaseTransaction } from './database.ts';
import { openPackOrder, type NewPackOrder } from './pack-orders.ts';

/** An address that an org sends from. chain null: it holds for every configured chain of the family. */
export interface Sender {
  readonly id: string;
  readonly org: string;
  readonly family: ChainFamily;
  /** In canonical form (src/core/deposits/address.ts). */
  readonly address: string;
  readonly chain: string | null;
  readonly label: string | null;
  readonly state: SenderState;
  readonly boundAt: Date;
}

interface SenderRow {
  id: string;
  org: string;
  family: ChainFamily;
  address: string;
  chain: string | null;
  label: string | null;
  state: SenderState;
  bound_at: Date;
}

const SENDER_COLUMNS = 'id, org, family, address, chain, label, state, bound_at';

function senderOf({ bound_at: boundAt, ...row }: SenderRow): Sender {
  return { ...row, boundAt };
}

/** A registration as it was asked for; `id` is used if it makes a new row. */
export interface Registration {
  readonly id: string;
  readonly org: string;
  readonly family: ChainFamily;
  readonly address: string;
  readonly chain: string | null;
  /** Undefined leaves the label as it is. */
  readonly label: string | undefined;
  readonly policy: SenderPolicy;
  readonly at: Date;
  /** A pack to be opened with it. */
  readonly order: NewPackOrder | undefined;
}

export type RegistrationOutcome =
  | { readonly claimed: true }
  | { readonly claimed: false; readonly sender: Sender; readonly orderId: string | null };

/** Registers a sender, and opens the order that came with it, in one transaction; registrations of one address queue. */
export async function registerSender(db: Database, registration: Registration): Promise<RegistrationOutcome> {
  const { org, family, address, chain, policy, order } = registration;
  return db.transaction(async (trx) => {
    const bindings = await lockBindings(trx, family, address);
    const decision = decideRegistration(bindings, { org, chain }, policy);
    if (decision.action === 'claimed') return { claimed: true };
    const sender =
      decision.action === 'insert'
        ? await insertSender(trx, registration, decision.state)
        : await updateSender(trx, registration, decision);
    const orderId = order === undefined ? null : await openPackOrder(trx, order);
    return { claimed: false, sender, orderId };
  });
}

async function lockBindings(trx: DatabaseTransaction, family: ChainFamily, address: string): Promise<SenderBinding[]> {
  await trx.raw('INSERT INTO sender_address (family, address) VALUES (?, ?) ON CONFLICT DO NOTHING', [family, address]);
  await trx.raw('SELECT 1 FROM sender_address WHERE family = ? AND address = ? FOR UPDATE', [family, address]);
  const result: { rows: SenderBinding[] } = await trx.raw(
    'SELECT id, org, chain, state FROM sender WHERE family = ? AND address = ? AND unbound_at IS NULL',
    [family, address],
  );
  return result.rows;
}

async function insertSender(
  trx: DatabaseTransaction,
  { id, org, family, address, chain, label, at }: Registration,
  state: SenderState,
): Promise<Sender> {
  const result: { rows: SenderRow[] } = await trx.raw(
    `INSERT INTO sender (id, org, family, address, chain, label, state, bound_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${SENDER_COLUMNS}`,
    [id, org, family, address, chain, label ?? null, state, at],
  );
  return getOnly(result.rows);
}

async function updateSender(
  trx: DatabaseTransaction,
  { label, at }: Registration,
  { id, action }: { readonly id: string; readonly action: 'keep' | 'bind' },
): Promise<Sender> {
  const binds = action === 'bind';
  const result: { rows: SenderRow[] } = await trx.raw(
    `UPDATE sender SET label = coalesce(?, label), state = CASE WHEN ? THEN 'bound' ELSE state END,
       bound_at = CASE WHEN ? THEN ? ELSE bound_at END
     WHERE id = ? RETURNING ${SENDER_COLUMNS}`,
    [label ?? null, binds, binds, at, id],
  );
  return getOnly(result.rows);
}

function getOnly(rows: readonly SenderRow[]): Sender {
  const [row] = rows;
  if (!row) throw new Error('the sender was not written');
  return senderOf(row);
}

/** Registrations of an org that have not ended, newest first. `beforeId` is the last id of the page before. */
export async function listSenders(
  db: Database,
  page: { readonly org: string; readonly limit: number; readonly beforeId?: string | undefined },
): Promise<Sender[]> {
  const result: { rows: SenderRow[] } = await db.raw(
    `SELECT ${SENDER_COLUMNS} FROM sender
     WHERE org = ? AND unbound_at IS NULL AND (?::uuid IS NULL OR id < ?::uuid) ORDER BY id DESC LIMIT ?`,
    [page.org, page.beforeId ?? null, page.beforeId ?? null, page.limit],
  );
  return result.rows.map(senderOf);
}

/** Ends a registration of this org. The row stays: who owned a sender when a deposit was made decides. */
export async function unbindSender(
  db: Database,
  sender: { readonly org: string; readonly id: string; readonly at: Date },
): Promise<boolean> {
  const result: { rows: unknown[] } = await db.raw(
    `UPDATE sender SET unbound_at = greatest(?::timestamptz, bound_at)
     WHERE id = ? AND org = ? AND unbound_at IS NULL RETURNING id`,
    [sender.at, sender.id, sender.org],
  );
  return result.rows.length > 0;
}
