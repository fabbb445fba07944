/** Reads the entries behind the journal: those that change an account, by wallet in the order of their ids, and in order. */
import { WITHIN_HOLDS, type EntryType, type ServiceType } from '../../core/ledger/vocabulary.ts';
import type { Sums } from '../../core/reports/sums.ts';
import { listInternalWallets } from '../access/orgs.ts';
import type { Database } from '../database.ts';
import { count, listRows, orNull, textOf } from '../rows.ts';
import { lastSeqBefore } from './place.ts';
import { ADDED, sumsOfRow } from './sums.ts';

/** Most wallets that one reading looks at, and of those at once. */
const [WALLETS_MAX, WALLETS_PAGE] = [2_000, 200];
const BEFORE_ALL_WALLETS = '00000000-0000-0000-0000-000000000000';

/** A place in the journal: behind this entry of this wallet. */
export interface JournalPosition {
  readonly wallet: string;
  readonly seq: number;
}

/** An entry that changes an account. */
export interface JournalEntry extends JournalPosition {
  /** The org, where the wallet is one's. */
  readonly org: string | null;
  readonly atMs: number;
  readonly type: EntryType;
  readonly service: ServiceType | null;
  readonly reference: string | null;
  readonly sums: Sums;
}

/** Some of the journal, and where to go on; undefined at its end. */
export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  readonly next: JournalPosition | undefined;
}

interface JournalSpan {
  readonly wallet: string;
  readonly after: number;
  readonly upTo: number;
}

/**
 * Reads up to `limit` entries of a period behind a position, without those of internal orgs. It may give fewer, or none, before the end: it looks at a bounded
 * number of wallets.
 */
export async function readJournal(
  db: Database,
  period: { readonly fromMs: number; readonly toMs: number },
  { behind, limit }: { readonly behind: JournalPosition | undefined; readonly limit: number },
): Promise<JournalPage> {
  const entries: JournalEntry[] = [];
  const without = await listInternalWallets(db);
  let position = behind ?? { wallet: BEFORE_ALL_WALLETS, seq: 0 };
  for (let looked = 0; looked < WALLETS_MAX; looked += WALLETS_PAGE) {
    const spans = await readSpans(db, period, { ...position, without });
    if (spans.length === 0) return { entries, next: undefined };
    const found = await readEntries(db, spans, limit + 1 - entries.length);
    entries.push(...found);
    const last = entries[limit - 1];
    if (entries.length > limit && last) {
      return { entries: entries.slice(0, limit), next: { wallet: last.wallet, seq: last.seq } };
    }
    const end = spans.at(-1);
    if (end) position = { wallet: end.wallet, seq: Math.max(end.upTo, end.after) };
  }
  return { entries, next: position };
}

/** What of the period the next wallets have, from the position on; its own wallet comes first. */
async function readSpans(
  db: Database,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  { wallet, seq, without }: JournalPosition & { readonly without: readonly string[] },
): Promise<JournalSpan[]> {
  const spans = await listRows(
    db,
    (row): JournalSpan => ({
      wallet: textOf(row['id']),
      after: count(row['after']),
      upTo: count(row['up_to']),
    }),
    `SELECT w.id, ${lastSeqBefore('w.id', ':from::timestamptz')}::text AS after,
       ${lastSeqBefore('w.id', ':to::timestamptz')}::text AS up_to
     FROM (SELECT id FROM wallet WHERE id >= :wallet AND id <> ALL (:without::uuid[]) ORDER BY id LIMIT :limit) w ORDER BY w.id`,
    { from: new Date(fromMs), to: new Date(toMs), wallet, without: [...without], limit: WALLETS_PAGE },
  );
  const [first, ...others] = spans;
  if (!first) return [];
  // A page that holds the position's wallet alone, read to its end, is the end of the journal.
  if (first.wallet !== wallet) return spans;
  const rest = { ...first, after: Math.max(first.after, seq) };
  return others.length === 0 && rest.after >= rest.upTo ? [] : [rest, ...others];
}

async function readEntries(db: Database, spans: readonly JournalSpan[], limit: number): Promise<JournalEntry[]> {
  const full = spans.filter(({ after, upTo }) => after < upTo);
  if (full.length === 0) return [];
  return listRows(
    db,
    (row): JournalEntry => {
      const sums = sumsOfRow(row);
      return {
        wallet: textOf(row['wallet']),
        seq: count(row['seq']),
        org: orNull(row['org'], textOf),
        atMs: count(row['at_ms']),
        type: sums.type,
        service: sums.service,
        reference: orNull(row['reference'], textOf),
        sums,
      };
    },
    `SELECT j.*, (SELECT w.owner FROM wallet w WHERE w.id = j.wallet AND w.owner_kind = 'org') AS org FROM (
       SELECT s.wallet, e.seq, (extract(epoch FROM e.at) * 1000)::bigint AS at_ms, e.reference, ${ADDED}
       FROM unnest(:wallets::uuid[], :after::bigint[], :upTo::bigint[]) AS s (wallet, after, up_to)
       CROSS JOIN LATERAL (SELECT * FROM entry i WHERE i.wallet = s.wallet AND i.seq > s.after AND i.seq <= s.up_to
         AND (i.available_delta + i.held_delta <> 0 AND i.contra IS DISTINCT FROM '${WITHIN_HOLDS}' OR i.card_paid IS NOT NULL
           OR greatest(-i.available, 0) <> greatest(i.available_delta - i.available, 0))
         ORDER BY i.seq LIMIT :limit) e
       LEFT JOIN lot l ON l.wallet = e.wallet AND l.lot = e.lot
       ORDER BY s.wallet, e.seq LIMIT :limit) AS j ORDER BY j.wallet, j.seq`,
    {
      wallets: full.map(({ wallet }) => wallet),
      after: full.map(({ after }) => after),
      upTo: full.map(({ upTo }) => upTo),
      limit,
    },
  );
}
