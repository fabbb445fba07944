/**
 * Finds entries of a type or service that may be rare in a long history, without looking at all of it. The kept sums of a wallet
 * say how many entries of a kind there are up to every thousandth one. So the blocks of a thousand entries that have any are
 * found by halving: the work grows with what is found, and not with the history.
 */
import type { Entry } from '../../../core/ledger/entry.ts';
import type { EntryType, ServiceType } from '../../../core/ledger/vocabulary.ts';
import type { Database } from '../../database.ts';
import { listRows } from '../../rows.ts';
import { ENTRY_COLUMNS, entryOfRow } from '../entry-columns.ts';

/** Sums are kept at the multiples of this (src/db/reports/sums.ts). */
export const KEPT_EVERY = 1_000;

/** Entries of one type, one service or both, from `fromSeq` (included) to `beforeSeq` (excluded). */
export interface KindFilter {
  readonly wallet: string;
  readonly type?: EntryType | undefined;
  readonly service?: ServiceType | undefined;
  readonly fromSeq: number;
  readonly beforeSeq: number;
  readonly limit: number;
}

const CONDITION = '(:type::text IS NULL OR g.type = :type) AND (:service::text IS NULL OR g.service = :service)';

/**
 * How many entries of the kind there are up to a kept position, given as a multiple. A position that is not kept fails the
 * statement: blocks with entries would be left out.
 */
const counted = (multiple: string): string => `CASE WHEN ${multiple} = 0 THEN 0 ELSE (
    SELECT coalesce(sum(g.entries) FILTER (WHERE ${CONDITION}), 0) / least(count(*), 1)
    FROM entry_sums p CROSS JOIN LATERAL jsonb_to_recordset(p.sums) AS g (type text, service text, entries numeric)
    WHERE p.wallet = :wallet AND p.seq = (${multiple}) * ${KEPT_EVERY}) END`;

/**
 * `low` and `high` are multiples; up to `high` there are `target` entries of the kind, up to `low` fewer. When they are
 * neighbours, the block up to `high` has the newest of those that are left, and the search goes on before it.
 */
const BLOCKS = `WITH RECURSIVE kept (top) AS (
    SELECT coalesce(max(seq), 0) / ${KEPT_EVERY} FROM entry_sums WHERE wallet = :wallet AND seq < :beforeSeq
  ), walk (low, high, target, block, found) AS (
    SELECT 0::bigint, top, ${counted('top')}, NULL::bigint, 0::numeric FROM kept
    UNION ALL
    SELECT
      CASE WHEN w.high - w.low = 1 THEN 0 WHEN c.entries < w.target THEN m.middle ELSE w.low END,
      CASE WHEN w.high - w.low = 1 THEN w.low WHEN c.entries < w.target THEN w.high ELSE m.middle END,
      CASE WHEN w.high - w.low = 1 THEN c.entries ELSE w.target END,
      CASE WHEN w.high - w.low = 1 THEN w.high END,
      CASE WHEN w.high - w.low = 1 THEN w.found + w.target - c.entries ELSE w.found END
    FROM walk w CROSS JOIN LATERAL (SELECT (w.low + w.high) / 2 AS middle) m
      CROSS JOIN LATERAL (SELECT ${counted('m.middle')} AS entries) c
    WHERE w.target > 0 AND w.found < :limit AND w.high * ${KEPT_EVERY} >= :fromSeq
  ), spans (low, high) AS (
    SELECT (block - 1) * ${KEPT_EVERY}, block * ${KEPT_EVERY} FROM walk WHERE block IS NOT NULL
    UNION ALL SELECT top * ${KEPT_EVERY}, :beforeSeq - 1 FROM kept
  )`;

/**
 * The newest entries of the kind, newest first. What lies behind the last kept position is looked at entry by entry.
 * @throws Error of the database when sums are not kept where they should be
 */
export async function listOfKind(db: Database, filter: KindFilter): Promise<Entry[]> {
  const { type = null, service = null, ...rest } = filter;
  return listRows(
    db,
    entryOfRow,
    `${BLOCKS} SELECT ${ENTRY_COLUMNS} FROM spans s CROSS JOIN LATERAL (
       SELECT * FROM entry i WHERE i.wallet = :wallet AND i.seq > s.low AND i.seq <= s.high
         AND i.seq >= :fromSeq AND i.seq < :beforeSeq
         AND (:type::text IS NULL OR i.type = :type::entry_type) AND (:service::text IS NULL OR i.service = :service)
       ORDER BY i.seq DESC LIMIT :limit) e
     ORDER BY e.seq DESC LIMIT :limit`,
    { ...rest, type, service },
  );
}
