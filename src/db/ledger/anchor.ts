/** Reads the heads that an anchor holds, and compares them with the ledger. */
import type { AnchoredHead } from '../../core/ledger/anchor.ts';
import type { Database } from '../database.ts';
import { count, listRows, textOf, type Row } from '../rows.ts';

/** Most wallets of one statement. */
const PAGE_WALLETS_MAX = 1_000;
const BEFORE_ALL_WALLETS = '00000000-0000-0000-0000-000000000000';

/** The head of every wallet with entries, in id order of the wallets. */
export async function readAnchorHeads(db: Database): Promise<AnchoredHead[]> {
  const heads: AnchoredHead[] = [];
  for (let after = BEFORE_ALL_WALLETS; ;) {
    const page = await listRows(
      db,
      (row) => ({ wallet: textOf(row['wallet']), head: row['seq'] === null ? undefined : headOf(row) }),
      `SELECT w.id AS wallet, e.seq, encode(e.hash, 'hex') AS hash
       FROM wallet w
       LEFT JOIN LATERAL (SELECT seq, hash FROM entry WHERE wallet = w.id ORDER BY seq DESC LIMIT 1) e ON true
       WHERE w.id > :after ORDER BY w.id LIMIT :limit`,
      { after, limit: PAGE_WALLETS_MAX },
    );
    for (const { head } of page) if (head) heads.push(head);
    const last = page.at(-1);
    if (!last || page.length < PAGE_WALLETS_MAX) return heads;
    after = last.wallet;
  }
}

/** The first of these heads whose entry is missing or has another hash now; undefined when all are unchanged. */
export async function findLostHead(db: Database, heads: readonly AnchoredHead[]): Promise<AnchoredHead | undefined> {
  return (await listLostHeads(db, heads, 1))[0];
}

/** Those of these heads whose entries are missing or have another hash now, in their order; at least `enough` if so many. */
export async function listLostHeads(
  db: Database,
  heads: readonly AnchoredHead[],
  enough = Infinity,
): Promise<AnchoredHead[]> {
  const lost: AnchoredHead[] = [];
  for (let from = 0; from < heads.length; from += PAGE_WALLETS_MAX) {
    const page = heads.slice(from, from + PAGE_WALLETS_MAX);
    const found = await listRows(
      db,
      (row) => textOf(row['wallet']),
      `SELECT t.wallet, t.seq FROM unnest(:wallets::uuid[], :seqs::bigint[]) AS t (wallet, seq)
       JOIN entry e ON e.wallet = t.wallet AND e.seq = t.seq
       WHERE encode(e.hash, 'hex') = ANY(:hashes::text[])`,
      { wallets: page.map(({ wallet }) => wallet), seqs: page.map(({ seq }) => seq), hashes: page.map(hashOf) },
    );
    const kept = new Set(found);
    lost.push(...page.filter(({ wallet }) => !kept.has(wallet)));
    if (lost.length >= enough) break;
  }
  return lost;
}

/** The number of a wallet's last entry now, and its owner, by wallet; wallets that are gone are missing. */
export async function findWalletEnds(
  db: Database,
  wallets: readonly string[],
): Promise<Map<string, { readonly owner: string; readonly seq: number }>> {
  const ends = await listRows(
    db,
    (row) =>
      [
        textOf(row['wallet']),
        { owner: `${textOf(row['owner_kind'])} ${textOf(row['owner'])}`, seq: count(row['seq']) },
      ] as const,
    `SELECT w.id AS wallet, w.owner_kind, w.owner, coalesce(e.seq, 0) AS seq FROM wallet w
     LEFT JOIN LATERAL (SELECT seq FROM entry WHERE wallet = w.id ORDER BY seq DESC LIMIT 1) e ON true
     WHERE w.id = ANY(?::uuid[])`,
    [[...wallets]],
  );
  return new Map(ends);
}

function headOf(row: Row): AnchoredHead {
  return { wallet: textOf(row['wallet']), seq: count(row['seq']), hash: textOf(row['hash']) };
}

function hashOf({ hash }: AnchoredHead): string {
  return hash;
}
