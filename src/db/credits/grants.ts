/**
 * Credit that users are given by a check-in or a coupon. It is decided and stored in one transaction under the lock of its user,
 * and then written to the ledger under a key of its own, once.
 */
import { ledgerKey } from '../../core/ids.ts';
import { bookingCommand } from '../../core/ledger/bookings.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import type { CreditCommand, DebitCommand } from '../../core/ledger/commands.ts';
import { parseRestriction, type Restriction } from '../../core/lots/restriction.ts';
import { Refusal } from '../../core/errors.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import type { LedgerWriter } from '../ledger/writer.ts';
import { count, findRow, listRows, micros, oneOf, orNull, small, textOf, type Row } from '../rows.ts';

export const GRANT_KINDS = ['check_in', 'coupon'] as const;
export type GrantKind = (typeof GRANT_KINDS)[number];

export interface UserGrant {
  readonly id: string;
  readonly wallet: string;
  readonly kind: GrantKind;
  readonly amountMicros: bigint;
  /** The date and the number in a row of a check-in. */
  readonly day: string | null;
  readonly streak: number | null;
  readonly coupon: string | null;
  /** What alone the credit of a coupon may pay for; null: everything. */
  readonly restrictedTo?: Restriction | null;
  /** Seq of its first entry; null until it is written. */
  readonly entrySeq: number | null;
}

/** The idempotency key of the call that asks for a grant, and the hash of what it asks for. */
export interface GrantRequest {
  readonly key: string;
  readonly hash: string;
}

const COLUMNS = `id, wallet, kind, amount, day::text AS day, streak, coupon, entry_seq,
  (SELECT c.restricted_to FROM coupon c WHERE c.id = user_grant.coupon) AS restricted_to`;

function grantOf(row: Row): UserGrant {
  return {
    id: textOf(row['id']),
    wallet: textOf(row['wallet']),
    kind: oneOf(GRANT_KINDS, row['kind']),
    amountMicros: micros(row['amount']),
    day: orNull(row['day'], textOf),
    streak: orNull(row['streak'], small),
    coupon: orNull(row['coupon'], textOf),
    restrictedTo: orNull(row['restricted_to'], (text) => parseRestriction(textOf(text))),
    entrySeq: orNull(row['entry_seq'], count),
  };
}

/**
 * The grant that the same request was given before; undefined for a new one. The caller has locked the user.
 * @throws Refusal IDEMPOTENCY_CONFLICT when another request had the key
 */
export async function findRequested(
  trx: DatabaseTransaction,
  wallet: string,
  request: GrantRequest | undefined,
): Promise<UserGrant | undefined> {
  if (request === undefined) return undefined;
  const known = await findRow(
    trx,
    (row) => ({ grant: grantOf(row), hash: textOf(row['request_hash']) }),
    `SELECT ${COLUMNS}, request_hash FROM user_grant WHERE wallet = ? AND request_key = ?`,
    [wallet, request.key],
  );
  if (known === undefined || known.hash === request.hash) return known?.grant;
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another request; choose a new one');
}

/** Stores a grant. The caller has decided it under the lock of the user. */
export async function storeGrant(
  trx: DatabaseTransaction,
  grant: Omit<UserGrant, 'entrySeq'>,
  { request, at }: { readonly request: GrantRequest | undefined; readonly at: Date },
): Promise<UserGrant> {
  await trx.raw(
    `INSERT INTO user_grant (id, wallet, kind, amount, day, streak, coupon, request_key, request_hash, decided_at)
     VALUES (:id, :wallet, :kind, :amount, :day, :streak, :coupon, :key, :hash, :at)`,
    {
      id: grant.id,
      wallet: grant.wallet,
      kind: grant.kind,
      amount: String(grant.amountMicros),
      day: grant.day,
      streak: grant.streak,
      coupon: grant.coupon,
      key: request?.key ?? null,
      hash: request?.hash ?? null,
      at,
    },
  );
  return { ...grant, entrySeq: null };
}

/** Grants that are not written to the ledger yet, the oldest first. */
export async function listUnwrittenGrants(db: Database, limit: number): Promise<UserGrant[]> {
  return listRows(db, grantOf, `SELECT ${COLUMNS} FROM user_grant WHERE entry_seq IS NULL ORDER BY id LIMIT ?`, [
    limit,
  ]);
}

/** What writing needs; `db` sees the rows of the user. */
export interface GrantMeans {
  readonly db: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
}

/**
 * Writes a grant to the ledger, as it was decided. Safe to repeat, and from several processes: its key makes the ledger write it
 * once.
 * @throws Refusal LEDGER_UNAVAILABLE: a later call goes on
 */
export async function writeGrant({ db, writer }: GrantMeans, grant: UserGrant): Promise<void> {
  if (grant.entrySeq !== null) return;
  const name = `grant:${grant.id}`;
  const { entries } = await writer.submit({
    wallet: grant.wallet,
    command: commandOf(grant),
    key: ledgerKey('payment', name),
    inputHash: inputHash(`${name}:${grant.amountMicros}`),
  });
  const [first] = entries;
  if (!first) throw new Error('a grant without an entry');
  await db.raw('UPDATE user_grant SET entry_seq = ? WHERE id = ? AND entry_seq IS NULL', [first.seq, grant.id]);
}

const WORDS: Readonly<Record<GrantKind, string>> = { check_in: 'Daily check-in', coupon: 'Coupon' };
const TYPES = { check_in: 'CHECK_IN_GRANT', coupon: 'COUPON_GRANT' } as const;

/** The command that gives it; its words are ours, and part of the entry. */
function commandOf({ kind, amountMicros, restrictedTo }: UserGrant): CreditCommand | DebitCommand {
  const remark = WORDS[kind];
  const request = { type: TYPES[kind], amountMicros, reason: remark, restrictedTo: restrictedTo ?? undefined };
  return { ...bookingCommand(request), notes: { remark } };
}
