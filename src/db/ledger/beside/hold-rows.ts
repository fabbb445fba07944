/** The rows of the table of open holds that a batch inserts, changes and deletes. */
import { endOfHold, type Head, type OpenHold } from '../../../core/ledger/head.ts';
import type { Posting } from '../../../core/ledger/posting.ts';
import type { Part } from '../../side-rows.ts';

interface HoldRow {
  readonly wallet: string;
  readonly hold: number;
  readonly expiresAtMs: number;
}

/** Rows of open holds that a batch inserts, changes and deletes. */
export interface HoldChanges {
  readonly holdRows: HoldRow[];
  /** Holds that have a parent, or whose owner reports. */
  readonly familyRows: (HoldRow & Pick<OpenHold, 'parent' | 'heartbeat'>)[];
  readonly holdEnds: (HoldRow & Pick<OpenHold, 'heartbeat'>)[];
  readonly holdDeletes: { wallet: string; hold: number }[];
  /** Holds that ended for lack of a report before a time. */
  readonly unreported: { wallet: string; hold: number; untilMs: number }[];
}

export function noHoldChanges(): HoldChanges {
  return { holdRows: [], familyRows: [], holdEnds: [], holdDeletes: [], unreported: [] };
}

/** Adds what a posting changes in the open holds of its wallet. */
export function collectHolds(before: Head, head: Head, posting: Posting, changes: HoldChanges): void {
  const { wallet } = head;
  for (const hold of posting.touchedHolds) {
    const [open, stored] = [head.holds.get(hold), before.holds.get(hold)];
    if (!open) {
      const untilMs = posting.unreported.get(hold);
      if (!stored) continue;
      if (untilMs === undefined) changes.holdDeletes.push({ wallet, hold });
      else changes.unreported.push({ wallet, hold, untilMs });
      continue;
    }
    const { expiresAtMs, parent, heartbeat } = open;
    if (stored) {
      const isSame = expiresAtMs === stored.expiresAtMs && endOfHold(open) === endOfHold(stored);
      if (!isSame) changes.holdEnds.push({ wallet, hold, expiresAtMs, heartbeat });
    } else if (parent === undefined && heartbeat === undefined) changes.holdRows.push({ wallet, hold, expiresAtMs });
    else changes.familyRows.push({ wallet, hold, expiresAtMs, parent, heartbeat });
  }
}

interface Wallet {
  readonly wallet: string;
}

/** The column that every row has. */
export const WALLET = ['wallet', 'uuid', ({ wallet }: Wallet) => wallet] as const;

const HOLD_COLUMNS: Part<HoldRow>['columns'] = [
  WALLET,
  ['hold', 'bigint', ({ hold }) => hold],
  ['expires_at', 'timestamptz', ({ expiresAtMs }) => expiresAtMs],
];
const ENDS_AT = [
  'ends_at',
  'timestamptz',
  ({ heartbeat }: Pick<OpenHold, 'heartbeat'>) => heartbeat?.endsAtMs ?? null,
] as const;

export function holdRowPart(rows: HoldChanges['holdRows']): Part<HoldChanges['holdRows'][number]> {
  const sql = (t: string): string => `INSERT INTO hold_open (wallet, hold, expires_at) SELECT * FROM ${t} RETURNING 1`;
  return { rows, columns: HOLD_COLUMNS, sql };
}

export function familyRowPart(rows: HoldChanges['familyRows']): Part<HoldChanges['familyRows'][number]> {
  return {
    rows,
    columns: [
      ...HOLD_COLUMNS,
      ['parent', 'bigint', ({ parent }) => parent ?? null],
      ['heartbeat_ms', 'integer', ({ heartbeat }) => heartbeat?.everyMs ?? null],
      ENDS_AT,
    ],
    sql: (t) =>
      `INSERT INTO hold_open (wallet, hold, expires_at, parent, heartbeat_ms, ends_at) SELECT * FROM ${t} RETURNING 1`,
  };
}

/** The owner of a hold may have reported since its head was read: its end never comes earlier. */
export function holdEndPart(rows: HoldChanges['holdEnds']): Part<HoldChanges['holdEnds'][number]> {
  return {
    rows,
    columns: [...HOLD_COLUMNS, ENDS_AT],
    sql: (t) => `UPDATE hold_open h SET expires_at = greatest(h.expires_at, t.expires_at), ends_at = t.ends_at FROM ${t}
      WHERE h.wallet = t.wallet AND h.hold = t.hold RETURNING 1`,
  };
}

export function holdDeletePart(rows: HoldChanges['holdDeletes']): Part<HoldChanges['holdDeletes'][number]> {
  return {
    rows,
    columns: [WALLET, ['hold', 'bigint', ({ hold }) => hold]],
    sql: (t) => `DELETE FROM hold_open h USING ${t} WHERE h.wallet = t.wallet AND h.hold = t.hold RETURNING 1`,
  };
}

/** A report that came in since the head was read keeps the hold open: the write fails, and the wallet is read again. */
export function unreportedPart(rows: HoldChanges['unreported']): Part<HoldChanges['unreported'][number]> {
  return {
    rows,
    columns: [WALLET, ['hold', 'bigint', ({ hold }) => hold], ['until', 'timestamptz', ({ untilMs }) => untilMs]],
    sql: (t) => `DELETE FROM hold_open h USING ${t}
      WHERE h.wallet = t.wallet AND h.hold = t.hold AND h.expires_at <= t.until RETURNING 1`,
  };
}
