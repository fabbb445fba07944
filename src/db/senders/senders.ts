/** Registers the addresses that orgs send from, and finds whose they are and were. */
import { CHAIN_FAMILIES, type ChainFamily } from '../../core/chains/address.ts';
import type { BindingSpan } from '../../core/senders/match.ts';
import {
  decideRegistration,
  SENDER_STATES,
  type SenderBinding,
  type SenderPolicy,
  type SenderState,
} from '../../core/senders/registration.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { getRow, listRows, oneOf, orNull, textOf, timeMsOf, timeOf, type Row } from '../rows.ts';
import { consumeChallenge, type ProofUse } from './challenges.ts';
import { openPackOrder, type NewPackOrder } from '../billing/chain-orders.ts';
import { recordSenderEvents } from './events.ts';

/** An address that an org sends from. chain null: it holds for every configured chain of the family. */
export interface Sender {
  readonly id: string;
  readonly org: string;
  readonly family: ChainFamily;
  /** In canonical form (src/core/chains/address.ts). */
  readonly address: string;
  readonly chain: string | null;
  readonly label: string | null;
  readonly state: SenderState;
  readonly boundAt: Date;
  /** Since when it is proven that the org owns it; null: never. */
  readonly provenAt: Date | null;
}

const SENDER_COLUMNS = 'id, org, family, address, chain, label, state, bound_at, proven_at';

function senderOf(row: Row): Sender {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    family: oneOf(CHAIN_FAMILIES, row['family']),
    address: textOf(row['address']),
    chain: orNull(row['chain'], textOf),
    label: orNull(row['label'], textOf),
    state: oneOf(SENDER_STATES, row['state']),
    boundAt: timeOf(row['bound_at']),
    provenAt: orNull(row['proven_at'], timeOf),
  };
}

/** A requested registration; `id` is used only if a new row is made. */
export interface Registration {
  readonly id: string;
  readonly org: string;
  readonly family: ChainFamily;
  readonly address: string;
  readonly chain: string | null;
  /** Undefined keeps the stored label. */
  readonly label: string | undefined;
  readonly policy: SenderPolicy;
  readonly at: Date;
  /** The order of a pack to open with it. */
  readonly order: NewPackOrder | undefined;
  /** The proof of ownership that came with it; the caller has verified it for the address on `chain`. */
  readonly proof?: ProofUse | undefined;
}

/** `claimed`: another org has the address. `proof_spent`: the proof was used before, or has expired. */
export type RegistrationOutcome =
  | { readonly outcome: 'claimed' | 'proof_spent' }
  | { readonly outcome: 'registered'; readonly sender: Sender; readonly orderId: string | null };

/**
 * Registers a sender, and opens the order that came with it, in one transaction; registrations of one address take turns.
 * A proof is used up and ends the registrations of other orgs, whose rows stay: they decide about earlier deposits.
 */
export async function registerSender(db: Database, registration: Registration): Promise<RegistrationOutcome> {
  const { org, family, address, chain, policy, order, proof } = registration;
  return db.transaction(async (trx) => {
    const bindings = await lockBindings(trx, family, address);
    if (proof !== undefined && !(await consumeChallenge(trx, proof))) return { outcome: 'proof_spent' };
    const decision = decideRegistration(bindings, { org, chain, proven: proof !== undefined }, policy);
    if (decision.action === 'claimed') return { outcome: 'claimed' };
    if (decision.action !== 'keep') await endBindings(trx, decision.ends, registration.at);
    const sender =
      decision.action === 'insert'
        ? await insertSender(trx, registration, decision.state)
        : await updateSender(trx, registration, decision);
    if (decision.action !== 'keep') await recordSenderEvents(trx, 'sender.registered', [sender], registration.at);
    const orderId = order === undefined ? null : await openPackOrder(trx, order);
    return { outcome: 'registered', sender, orderId };
  });
}

async function endBindings(trx: DatabaseTransaction, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  const ended = await listRows(
    trx,
    senderOf,
    `UPDATE sender SET unbound_at = greatest(?::timestamptz, bound_at) WHERE id = ANY(?::uuid[])
     RETURNING ${SENDER_COLUMNS}`,
    [at, [...ids]],
  );
  await recordSenderEvents(trx, 'sender.unbound', ended, at);
}

async function lockBindings(trx: DatabaseTransaction, family: ChainFamily, address: string): Promise<SenderBinding[]> {
  await trx.raw('INSERT INTO sender_address (family, address) VALUES (?, ?) ON CONFLICT DO NOTHING', [family, address]);
  await trx.raw('SELECT 1 FROM sender_address WHERE family = ? AND address = ? FOR UPDATE', [family, address]);
  return listRows(
    trx,
    bindingOf,
    'SELECT id, org, chain, state FROM sender WHERE family = ? AND address = ? AND unbound_at IS NULL',
    [family, address],
  );
}

function bindingOf(row: Row): SenderBinding {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    chain: orNull(row['chain'], textOf),
    state: oneOf(SENDER_STATES, row['state']),
  };
}

async function insertSender(
  trx: DatabaseTransaction,
  { id, org, family, address, chain, label, at, proof }: Registration,
  state: SenderState,
): Promise<Sender> {
  return getRow(
    trx,
    senderOf,
    `INSERT INTO sender (id, org, family, address, chain, label, state, bound_at, proven_at, proof)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${SENDER_COLUMNS}`,
    [id, org, family, address, chain, label ?? null, state, at, proof ? at : null, proof?.nonce ?? null],
  );
}

/** Updates a registration. One that is bound keeps its time; one that was not is bound from now on. */
async function updateSender(
  trx: DatabaseTransaction,
  { label, at, chain, proof }: Registration,
  { id, action }: { readonly id: string; readonly action: 'keep' | 'bind' },
): Promise<Sender> {
  return getRow(
    trx,
    senderOf,
    `UPDATE sender SET label = coalesce(:label, label), chain = CASE WHEN :binds THEN :chain ELSE chain END,
       bound_at = CASE WHEN :binds AND state = 'unproven' THEN :at ELSE bound_at END,
       state = CASE WHEN :binds THEN 'bound' ELSE state END,
       proven_at = coalesce(:provenAt, proven_at), proof = coalesce(:proof, proof)
     WHERE id = :id RETURNING ${SENDER_COLUMNS}`,
    {
      id,
      at,
      chain,
      binds: action === 'bind',
      label: label ?? null,
      provenAt: proof ? at : null,
      proof: proof?.nonce ?? null,
    },
  );
}

/** Registrations of an org that have not ended, newest first. `beforeId` is the last id of the page before. */
export async function listSenders(
  db: Database,
  page: { readonly org: string; readonly limit: number; readonly beforeId?: string | undefined },
): Promise<Sender[]> {
  return listRows(
    db,
    senderOf,
    `SELECT ${SENDER_COLUMNS} FROM sender
     WHERE org = ? AND unbound_at IS NULL AND (?::uuid IS NULL OR id < ?::uuid) ORDER BY id DESC LIMIT ?`,
    [page.org, page.beforeId ?? null, page.beforeId ?? null, page.limit],
  );
}

/** Ends a registration of this org. Its row stays: a deposit belongs to the org that had the sender at that time. */
export async function unbindSender(
  db: Database,
  sender: { readonly org: string; readonly id: string; readonly at: Date },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const ended = await listRows(
      trx,
      senderOf,
      `UPDATE sender SET unbound_at = greatest(?::timestamptz, bound_at)
       WHERE id = ? AND org = ? AND unbound_at IS NULL RETURNING ${SENDER_COLUMNS}`,
      [sender.at, sender.id, sender.org],
    );
    await recordSenderEvents(trx, 'sender.unbound', ended, sender.at);
    return ended.length > 0;
  });
}

/** Every registration of these senders, past and present, by address. */
export async function listBindings(
  db: Database,
  family: ChainFamily,
  addresses: readonly string[],
): Promise<Map<string, BindingSpan[]>> {
  const bindings = await listRows(
    db,
    (row) => ({ address: textOf(row['address']), ...spanOf(row) }),
    `SELECT address, org, chain, state, proven_at, bound_at, unbound_at FROM sender
     WHERE family = ? AND address = ANY(?::text[]) ORDER BY bound_at`,
    [family, [...addresses]],
  );
  return Map.groupBy(bindings, ({ address }) => address);
}

function spanOf(row: Row): BindingSpan {
  return {
    org: textOf(row['org']),
    chain: orNull(row['chain'], textOf),
    state: oneOf(SENDER_STATES, row['state']),
    provenAtMs: orNull(row['proven_at'], timeMsOf),
    boundAtMs: timeMsOf(row['bound_at']),
    unboundAtMs: orNull(row['unbound_at'], timeMsOf),
  };
}
