/** All deposits as operators see them: of every org and of none, with the acts on them. */
import { ACT_ACTIONS, type ActAction, ASSIGNERS } from '../../core/deposits/acts.ts';
import { DEPOSIT_STATES, type DepositState } from '../../core/deposits/states.ts';
import type { Database } from '../database.ts';
import type { DepositPosition } from './views.ts';
import {
  count,
  findRow,
  listRows,
  micros,
  rowOf,
  oneOf,
  orNull,
  small,
  textOf,
  timeOf,
  truth,
  type Row,
} from '../rows.ts';

/** How many acts of one deposit are shown: the newest. */
const ACTS_SHOWN_MAX = 50;

export interface InboxDeposit {
  readonly id: string;
  readonly chain: string;
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly fromAddress: string;
  readonly toAddress: string;
  /** Base units of the token. */
  readonly amount: bigint;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly blockTime: Date;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
  /** An operator ignored it. */
  readonly setAside: boolean;
  /** Its assignment: to which org, by whom and why; `at` is ISO 8601. */
  readonly assignment: {
    readonly org: string;
    readonly by: 'claim' | 'admin';
    readonly actor: string;
    readonly reason: string;
    readonly at: string;
  } | null;
  readonly wallet: string | null;
  readonly entrySeq: bigint | null;
  /** Grows by one with every credit that was taken back. */
  readonly revision: number;
  readonly observedAt: Date;
  readonly creditedAt: Date | null;
  readonly updatedAt: Date;
}

/** An act on a deposit. */
export interface DepositAct {
  readonly id: string;
  readonly action: ActAction;
  /** The id of the key, or the user at the command line. */
  readonly actor: string;
  readonly words: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

const COLUMNS = `d.id, d.chain, d.token, d.tx_hash, d.ordinal, d.from_address, d.to_address, d.amount, d.block_number,
  d.block_hash, d.block_time, d.state, d.reason, d.org, d.set_aside, d.wallet, d.entry_seq, d.revision, d.observed_at,
  d.credited_at, d.updated_at,
  (SELECT jsonb_build_object('org', a.org, 'by', a.assigned_by, 'actor', a.actor, 'reason', a.reason,
     'at', a.assigned_at)
   FROM deposit_assignment a WHERE a.deposit = d.id) AS assignment`;

function inboxOf(row: Row): InboxDeposit {
  return {
    id: textOf(row['id']),
    chain: textOf(row['chain']),
    token: textOf(row['token']),
    txHash: textOf(row['tx_hash']),
    ordinal: small(row['ordinal']),
    fromAddress: textOf(row['from_address']),
    toAddress: textOf(row['to_address']),
    amount: micros(row['amount']),
    blockNumber: count(row['block_number']),
    blockHash: textOf(row['block_hash']),
    blockTime: timeOf(row['block_time']),
    state: oneOf(DEPOSIT_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    org: orNull(row['org'], textOf),
    setAside: truth(row['set_aside']),
    assignment: orNull(row['assignment'], (assignment) => assignmentOf(rowOf(assignment))),
    wallet: orNull(row['wallet'], textOf),
    entrySeq: orNull(row['entry_seq'], micros),
    revision: small(row['revision']),
    observedAt: timeOf(row['observed_at']),
    creditedAt: orNull(row['credited_at'], timeOf),
    updatedAt: timeOf(row['updated_at']),
  };
}

function assignmentOf(assignment: Row): NonNullable<InboxDeposit['assignment']> {
  return {
    org: textOf(assignment['org']),
    by: oneOf(ASSIGNERS, assignment['by']),
    actor: textOf(assignment['actor']),
    reason: textOf(assignment['reason']),
    at: textOf(assignment['at']),
  };
}

/** Which deposits are listed; a field that is undefined does not filter. */
export interface InboxFilter {
  readonly state?: string | undefined;
  readonly reason?: string | undefined;
  readonly chain?: string | undefined;
  /** Seen in [from, to). */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Deposits of every org and of none, newest first by when they were first seen (to the millisecond), then by id. */
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
  return listRows(
    db,
    inboxOf,
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
}

/** One deposit by its id. */
export async function findInboxDeposit(db: Database, id: string): Promise<InboxDeposit | undefined> {
  return findRow(db, inboxOf, `SELECT ${COLUMNS} FROM deposit d WHERE d.id = ?`, [id]);
}

/** The deposits of a transaction hash on all chains, in order of chain and position; up to `limit`. */
export async function listOfTransaction(db: Database, txHash: string, limit: number): Promise<InboxDeposit[]> {
  return listRows(
    db,
    inboxOf,
    `SELECT ${COLUMNS} FROM deposit d WHERE d.tx_hash = ? ORDER BY d.chain, d.ordinal, d.id LIMIT ?`,
    [txHash, limit],
  );
}

function actOf(row: Row): DepositAct {
  return {
    id: textOf(row['id']),
    action: oneOf(ACT_ACTIONS, row['action']),
    actor: textOf(row['actor']),
    words: textOf(row['words']),
    before: rowOf(row['before']),
    after: rowOf(row['after']),
    at: timeOf(row['at']),
  };
}

/** The newest acts of each of these deposits, newest first, by deposit; deposits without acts are missing. */
export async function listActs(db: Database, deposits: readonly string[]): Promise<Map<string, DepositAct[]>> {
  const rows = await listRows(
    db,
    (row) => ({ deposit: textOf(row['deposit']), act: actOf(row) }),
    `SELECT a.deposit, a.id, a.action, a.actor, a.words, a.before, a.after, a.at
     FROM unnest(?::uuid[]) AS asked (id)
     CROSS JOIN LATERAL (SELECT * FROM deposit_act WHERE deposit = asked.id ORDER BY id DESC LIMIT ?) a
     ORDER BY a.deposit, a.id DESC`,
    [[...deposits], ACTS_SHOWN_MAX],
  );
  const acts = new Map<string, DepositAct[]>();
  for (const { deposit, act } of rows) acts.set(deposit, [...(acts.get(deposit) ?? []), act]);
  return acts;
}
