/** Every deposit as operators see it: whoever it belongs to, with what people did to it. */
import type { DepositAct, InboxDeposit } from '../../core/deposits/inbox.ts';
import type { DepositState } from '../../core/chains/transfer.ts';
import type { Database } from '../database.ts';
import type { DepositPosition } from './views.ts';
import { count, micros, orNull } from '../rows.ts';

/** Acts of one deposit that are shown: the newest. */
const ACTS_SHOWN_MAX = 50;

interface InboxRow {
  id: string;
  chain: string;
  token: string;
  tx_hash: string;
  ordinal: number;
  from_address: string;
  to_address: string;
  amount: string;
  block_number: string;
  block_hash: string;
  block_time: Date;
  state: DepositState;
  reason: string | null;
  org: string | null;
  set_aside: boolean;
  assignment: InboxDeposit['assignment'];
  wallet: string | null;
  entry_seq: string | null;
  revision: number;
  observed_at: Date;
  credited_at: Date | null;
  updated_at: Date;
}

const COLUMNS = `d.id, d.chain, d.token, d.tx_hash, d.ordinal, d.from_address, d.to_address, d.amount, d.block_number,
  d.block_hash, d.block_time, d.state, d.reason, d.org, d.set_aside, d.wallet, d.entry_seq, d.revision, d.observed_at,
  d.credited_at, d.updated_at,
  (SELECT jsonb_build_object('org', a.org, 'by', a.assigned_by, 'actor', a.actor, 'reason', a.reason,
     'at', a.assigned_at)
   FROM deposit_assignment a WHERE a.deposit = d.id) AS assignment`;

function inboxOf(row: InboxRow): InboxDeposit {
  return {
    id: row.id,
    chain: row.chain,
    token: row.token,
    txHash: row.tx_hash,
    ordinal: row.ordinal,
    fromAddress: row.from_address,
    toAddress: row.to_address,
    amount: micros(row.amount),
    blockNumber: count(row.block_number),
    blockHash: row.block_hash,
    blockTime: row.block_time,
    state: row.state,
    reason: row.reason,
    org: row.org,
    setAside: row.set_aside,
    assignment: row.assignment,
    wallet: row.wallet,
    entrySeq: orNull(row.entry_seq, micros),
    revision: row.revision,
    observedAt: row.observed_at,
    creditedAt: row.credited_at,
    updatedAt: row.updated_at,
  };
}

/** Which deposits are asked for; what is undefined does not matter. */
export interface InboxFilter {
  readonly state?: string | undefined;
  readonly reason?: string | undefined;
  readonly chain?: string | undefined;
  /** Seen in [from, to). */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Deposits of every org and of none, newest first by when they were first seen (exact to a millisecond), then by id. */
export async function listInbox(
  db: Database,
  page: InboxFilter & { readonly limit: number; readonly before?: DepositPosition | undefined },
): Promise<InboxDeposit[]> {
  const { state, reason, chain, from, to, before, limit } = page;
  const conditions = [
    ...(state === undefined ? [] : ['d.state = :state']),
    ...(reason === undefined ? [] : ['d.reason = :reason']),
    ...(chain === undefined ? [] : ['d.chain = :chain']),
    ...(from === undefined ? [] : ['d.observed_at >= :from']),
    ...(to === undefined ? [] : ['d.observed_at < :to']),
    ...(before === undefined ? [] : ['(d.observed_at, d.id) < (:at::timestamptz, :id::uuid)']),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const result: { rows: InboxRow[] } = await db.raw(
    `SELECT ${COLUMNS} FROM deposit d ${where} ORDER BY d.observed_at DESC, d.id DESC LIMIT :limit`,
    {
      limit,
      state: state ?? null,
      reason: reason ?? null,
      chain: chain ?? null,
      from: from ?? null,
      to: to ?? null,
      at: before === undefined ? null : new Date(before.observedAtMs),
      id: before?.id ?? null,
    },
  );
  return result.rows.map(inboxOf);
}

/** One deposit by its id. */
export async function findInboxDeposit(db: Database, id: string): Promise<InboxDeposit | undefined> {
  const result: { rows: InboxRow[] } = await db.raw(`SELECT ${COLUMNS} FROM deposit d WHERE d.id = ?`, [id]);
  return result.rows.map(inboxOf)[0];
}

/** The deposits of a transaction on whatever chain, in order of chain and position; up to `limit`. */
export async function listOfTransaction(db: Database, txHash: string, limit: number): Promise<InboxDeposit[]> {
  const result: { rows: InboxRow[] } = await db.raw(
    `SELECT ${COLUMNS} FROM deposit d WHERE d.tx_hash = ? ORDER BY d.chain, d.ordinal, d.id LIMIT ?`,
    [txHash, limit],
  );
  return result.rows.map(inboxOf);
}

interface ActRow extends DepositAct {
  deposit: string;
}

/** The newest acts of each of these deposits, newest first, by deposit; those without any are missing. */
export async function listActs(db: Database, deposits: readonly string[]): Promise<Map<string, DepositAct[]>> {
  const result: { rows: ActRow[] } = await db.raw(
    `SELECT a.deposit, a.id, a.action, a.actor, a.words, a.before, a.after, a.at
     FROM unnest(?::uuid[]) AS asked (id)
     CROSS JOIN LATERAL (SELECT * FROM deposit_act WHERE deposit = asked.id ORDER BY id DESC LIMIT ?) a
     ORDER BY a.deposit, a.id DESC`,
    [[...deposits], ACTS_SHOWN_MAX],
  );
  const acts = new Map<string, DepositAct[]>();
  for (const { deposit, ...act } of result.rows) acts.set(deposit, [...(acts.get(deposit) ?? []), act]);
  return acts;
}
