/**
 * Reads holds from their entries. The newest holds of a wallet come first, by the number of the entry that opened them,
 * over an index on (wallet, hold, seq).
 */
import { ledgerKey } from '../../core/ids.ts';
import { findHeartbeat, findHoldEnd, findParent, USED_UP } from '../../core/ledger/hold-note.ts';
import { WITHIN_HOLDS, type ServiceType } from '../../core/ledger/vocabulary.ts';
import type { EntryText, Metadata } from '../../core/ledger/entry-text.ts';
import type { Database } from '../database.ts';
import { ofOneWallet } from './beside/by-wallet.ts';
import { entryTextOf, textIn } from './entry-columns.ts';
import { hasPairs, pairsOf } from './metadata.ts';
import { count, getRow, listRows, micros, orNull, small, textOf, truth, type Row } from '../rows.ts';

export type HoldState = 'open' | 'captured' | 'released' | 'expired';

/** A hold and how it ended, if it has. Amounts in micros. */
export interface HoldRecord {
  readonly wallet: string;
  readonly hold: number;
  /** `open`, or what ended it. An overdue hold is expired even before its expiry is written. */
  readonly state: HoldState;
  readonly service: ServiceType;
  readonly gift: boolean;
  readonly amount: bigint;
  readonly left: bigint;
  readonly captured: bigint;
  /** What its children took from it, less what they gave back. */
  readonly children: bigint;
  /** The hold that its money came from. */
  readonly parent: number | null;
  /** How often its owner reports, where its owner does; and when it ends without another report, while it is open. */
  readonly heartbeatMs: number | null;
  readonly aliveUntilMs: number | null;
  readonly reference: string | null;
  readonly appId: string | null;
  readonly userId: string | null;
  readonly teamId: string | null;
  readonly text: EntryText | null;
  readonly openedAtMs: number;
  /** Null when the entries do not say. */
  readonly expiresAtMs: number | null;
  readonly closedAtMs: number | null;
}

export interface HoldFilter {
  readonly wallet: string;
  readonly state?: HoldState | undefined;
  readonly service?: ServiceType | undefined;
  readonly reference?: string | undefined;
  /** Holds that have this parent. */
  readonly parent?: number | undefined;
  /** Holds with all of these pairs. */
  readonly metadata?: Metadata | undefined;
  /** Holds with smaller numbers only. */
  readonly beforeHold: number;
  readonly nowMs: number;
}

/** The amount in a hold after the entry at a position, in micros: the sum of its entries' effects up to there. */
export async function sumHeld(
  db: Database,
  { wallet, hold, untilSeq }: { readonly wallet: string; readonly hold: number; readonly untilSeq: number },
): Promise<bigint> {
  return getRow(
    db,
    (row) => micros(row['held']),
    `SELECT coalesce(sum(held_delta), 0)::bigint AS held FROM entry WHERE wallet = ? AND hold = ? AND seq <= ?`,
    [wallet, hold, untilSeq],
  );
}

/** The numbers of the open holds that fit the filter, newest first, up to `limit`. */
export async function listOpenHolds(db: Database, filter: HoldFilter, limit: number): Promise<number[]> {
  const { wallet, beforeHold, nowMs, service, reference, parent, metadata } = filter;
  return listRows(
    db,
    holdOf,
    ofOneWallet(
      `SELECT h.hold FROM hold_open h JOIN entry o ON o.wallet = h.wallet AND o.seq = h.hold
     WHERE h.wallet = :wallet AND h.hold < :beforeHold AND h.expires_at > :now
       AND (:parent::bigint IS NULL OR h.parent = :parent::bigint)
       AND (:service::text IS NULL OR o.service = :service::text)
       AND (:reference::text IS NULL OR o.reference = :reference::text) AND ${hasPairs('h.wallet', 'h.hold')}
     ORDER BY h.hold DESC LIMIT :limit`,
      ':wallet::uuid',
    ),
    {
      wallet,
      beforeHold,
      limit,
      now: new Date(nowMs),
      service: service ?? null,
      reference: reference ?? null,
      parent: parent ?? null,
      pairs: pairsOf(metadata),
    },
  );
}

/**
 * The numbers of holds, open or closed, newest first, up to `limit`: of all, or of those that have the filter's parent. For each of
 * these the parent has an entry, behind the one that opened it.
 */
export async function listHoldNumbers(db: Database, filter: HoldFilter, limit: number): Promise<number[]> {
  if (filter.parent !== undefined) {
    return listRows(
      db,
      holdOf,
      `SELECT o.hold FROM entry p JOIN entry o ON o.wallet = p.wallet AND o.seq = p.seq - 1 AND o.hold = o.seq
       WHERE p.wallet = ? AND p.hold = ? AND p.part = 1 AND p.held_delta < 0 AND p.contra = '${WITHIN_HOLDS}' AND o.hold < ?
       ORDER BY o.hold DESC LIMIT ?`,
      [filter.wallet, filter.parent, filter.beforeHold, limit],
    );
  }
  return listRows(
    db,
    holdOf,
    'SELECT hold FROM entry WHERE wallet = ? AND hold < ? AND seq = hold ORDER BY hold DESC LIMIT ?',
    [filter.wallet, filter.beforeHold, limit],
  );
}

function holdOf(row: Row): number {
  return count(row['hold']);
}

/**
 * Those of the holds that fit the filter, newest first. A closed hold's last command decides how it ended: a command that
 * charged captured it, one with the key of an expiry expired it, any other released it.
 */
export async function readHolds(db: Database, filter: HoldFilter, holds: readonly number[]): Promise<HoldRecord[]> {
  if (holds.length === 0) return [];
  const { wallet, nowMs, state, service, reference, metadata } = filter;
  const found = await listRows(
    db,
    (row) => holdOfRow(row, nowMs),
    ofOneWallet(
      `SELECT o.wallet, o.hold, o.service, o.reference, o.app_id, o.user_id, o.team_id, o.description, o.gift_delta,
       ${textIn('o')} AS text,
       (extract(epoch FROM o.at) * 1000)::bigint AS opened_ms,
       (extract(epoch FROM h.expires_at) * 1000)::bigint AS expires_ms, h.hold IS NOT NULL AS is_open,
       (extract(epoch FROM h.ends_at) * 1000)::bigint AS ends_ms,
       s.held, s.moved, s.amount, s.children, l.key AS last_key, (extract(epoch FROM l.at) * 1000)::bigint AS last_ms,
       l.description AS last_note,
       x.description AS extension, (extract(epoch FROM x.at) * 1000)::bigint AS extended_ms,
       EXISTS (SELECT FROM entry c WHERE c.wallet = o.wallet AND c.hold = o.hold AND c.key = l.key
         AND (c.available_delta + c.held_delta < 0 AND c.contra IS DISTINCT FROM '${WITHIN_HOLDS}'
           OR c.type = 'GIFT_REDEEM')) AS charged
     FROM entry o
     LEFT JOIN hold_open h ON h.wallet = o.wallet AND h.hold = o.hold
     CROSS JOIN LATERAL (SELECT sum(e.held_delta)::bigint AS held,
       coalesce(sum(e.available_delta + e.held_delta) FILTER (WHERE e.contra IS DISTINCT FROM '${WITHIN_HOLDS}'), 0)::bigint AS moved,
       coalesce(-sum(e.held_delta) FILTER (WHERE e.contra = '${WITHIN_HOLDS}'
         AND o.contra IS DISTINCT FROM '${WITHIN_HOLDS}'), 0)::bigint AS children,
       coalesce(sum(e.held_delta) FILTER (WHERE e.held_delta > 0
         AND (e.available_delta < 0 OR o.contra = '${WITHIN_HOLDS}')), 0)::bigint AS amount
       FROM entry e WHERE e.wallet = o.wallet AND e.hold = o.hold) s
     CROSS JOIN LATERAL (SELECT e.key, e.at, e.description FROM entry e WHERE e.wallet = o.wallet AND e.hold = o.hold
       ORDER BY e.seq DESC LIMIT 1) l
     LEFT JOIN LATERAL (SELECT e.description, e.at FROM entry e WHERE e.wallet = o.wallet AND e.hold = o.hold
       AND e.seq > o.seq AND e.type = o.type AND e.available_delta = 0 AND e.held_delta = 0 ORDER BY e.seq DESC LIMIT 1) x
       ON true
     WHERE o.wallet = :wallet AND o.seq = ANY(:holds::bigint[])
       AND (:service::text IS NULL OR o.service = :service::text)
       AND (:reference::text IS NULL OR o.reference = :reference::text) AND ${hasPairs('o.wallet', 'o.seq')}
     ORDER BY o.seq DESC`,
      ':wallet::uuid',
    ),
    {
      wallet,
      holds: [...holds],
      service: service ?? null,
      reference: reference ?? null,
      pairs: pairsOf(metadata),
    },
  );
  return state === undefined ? found : found.filter((hold) => hold.state === state);
}

function holdOfRow(row: Row, nowMs: number): HoldRecord {
  const [wallet, hold] = [textOf(row['wallet']), count(row['hold'])];
  const expiresAtMs = orNull(row['expires_ms'], count) ?? endOfRow(row);
  const expired = truth(row['is_open']) && expiresAtMs !== null && expiresAtMs <= nowMs;
  const note = orNull(row['description'], textOf);
  const heartbeatMs = findHeartbeat(note) ?? null;
  const state = stateOfRow(row, { wallet, hold, expired });
  return {
    wallet,
    hold,
    state,
    service: textOf(row['service']),
    gift: small(row['gift_delta']) !== 0,
    amount: micros(row['amount']),
    left: state === 'open' ? micros(row['held']) : 0n,
    captured: -micros(row['moved']),
    children: micros(row['children']),
    parent: findParent(note) ?? null,
    heartbeatMs,
    aliveUntilMs: heartbeatMs === null || state !== 'open' ? null : expiresAtMs,
    reference: orNull(row['reference'], textOf),
    appId: orNull(row['app_id'], textOf),
    userId: orNull(row['user_id'], textOf),
    teamId: orNull(row['team_id'], textOf),
    text: orNull(row['text'], entryTextOf),
    openedAtMs: count(row['opened_ms']),
    expiresAtMs: orNull(row['ends_ms'], count) ?? expiresAtMs,
    closedAtMs: state === 'open' ? null : expired ? expiresAtMs : count(row['last_ms']),
  };
}

function stateOfRow(
  row: Row,
  { wallet, hold, expired }: { readonly wallet: string; readonly hold: number; readonly expired: boolean },
): HoldState {
  if (truth(row['is_open'])) return expired ? 'expired' : 'open';
  // A parent ends with the capture that spends the last of it, which is one of its child's.
  if (truth(row['charged']) || row['last_note'] === USED_UP) return 'captured';
  return row['last_key'] === ledgerKey('hold', `${wallet}:${hold}:expire`) ? 'expired' : 'released';
}

/** The end that the last extension set, or else the entry that opened the hold. */
function endOfRow(row: Row): number | null {
  const extension = orNull(row['extension'], textOf);
  const end =
    extension === null
      ? findHoldEnd({ atMs: count(row['opened_ms']), description: orNull(row['description'], textOf) })
      : findHoldEnd({ atMs: count(row['extended_ms']), description: extension });
  return end ?? null;
}
