/** Erasing what callers wrote about a user. */
import { metadataPair, type Metadata } from '../../core/ledger/entry-text.ts';
import type { Database } from '../database.ts';
import { changeRows, count, listRows, namedTexts, orNull, textOf } from '../rows.ts';

/** How many entries are looked at, and texts erased, in one statement. */
const ERASED_AT_ONCE = 500;

/** An entry that may have a text, as it is found for erasing. */
interface Texted {
  readonly wallet: string;
  readonly seq: number;
  /** Number of the first entry of its command, by which its metadata is found. */
  readonly first: number;
  readonly hash: string;
  /** Null where it has none, or is erased. */
  readonly metadata: Metadata | null;
}

/**
 * Erases what callers wrote with the commands of a user: the texts with their salts, and by what metadata they are found. These
 * are the commands that name the user, in any wallet, and those of the user's own wallet; of the user's orders the notes go too. The entries stay, with hashes that
 * tell nothing any more. Repeating it goes on where it was interrupted. @returns how many texts were erased
 */
export async function eraseTexts(db: Database, user: string): Promise<number> {
  const hashes = new Map<string, { readonly wallet: string; readonly hash: string }>();
  for (const own of [BY_USER, BY_OWNER]) {
    let after = { wallet: NO_WALLET, seq: 0 };
    for (
      let page = await listTexted(db, own, user, after);
      page.length > 0;
      page = await listTexted(db, own, user, after)
    ) {
      await forgetMetadata(db, page);
      for (const { wallet, hash } of page) hashes.set(wallet + hash, { wallet, hash });
      const { wallet, seq } = page.at(-1) ?? after;
      after = { wallet, seq };
    }
  }
  await db.raw(
    `UPDATE pack_order SET metadata = '{}', po_number = NULL
     WHERE user_id = ? AND (metadata <> '{}' OR po_number IS NOT NULL)`,
    [user],
  );
  // Texts go last: a hold's captures have its text, and their metadata is found by it.
  const all = [...hashes.values()];
  let erased = 0;
  for (let at = 0; at < all.length; at += ERASED_AT_ONCE)
    erased += await dropTexts(db, all.slice(at, at + ERASED_AT_ONCE));
  return erased;
}

const NO_WALLET = '00000000-0000-0000-0000-000000000000';
const BY_USER = 'e.user_id = :user';
const BY_OWNER = "e.wallet IN (SELECT id FROM wallet WHERE owner_kind = 'user' AND owner = :user)";

async function listTexted(
  db: Database,
  own: string,
  user: string,
  after: { readonly wallet: string; readonly seq: number },
): Promise<Texted[]> {
  return listRows(
    db,
    (row) => ({
      wallet: textOf(row['wallet']),
      seq: count(row['seq']),
      first: count(row['first']),
      hash: textOf(row['hash']),
      metadata: orNull(row['metadata'], namedTexts),
    }),
    `SELECT e.wallet, e.seq, e.seq - e.part AS first, encode(e.text_hash, 'hex') AS hash, t.metadata
     FROM entry e LEFT JOIN entry_text t ON t.wallet = e.wallet AND t.hash = e.text_hash
     WHERE ${own} AND e.text_hash IS NOT NULL AND (e.wallet, e.seq) > (:wallet::uuid, :seq::bigint)
     ORDER BY e.wallet, e.seq LIMIT :limit`,
    { user, ...after, limit: ERASED_AT_ONCE },
  );
}

async function forgetMetadata(db: Database, entries: readonly Texted[]): Promise<void> {
  const rows = entries.flatMap(({ wallet, first, metadata }) =>
    Object.entries(metadata ?? {}).map(([name, value]) => ({ wallet, first, pair: metadataPair(name, value) })),
  );
  if (rows.length === 0) return;
  await db.raw(
    `DELETE FROM entry_metadata m USING unnest(?::uuid[], ?::text[], ?::bigint[]) AS x (wallet, pair, seq)
     WHERE m.wallet = x.wallet AND m.pair = decode(x.pair, 'hex') AND m.seq = x.seq`,
    [rows.map(({ wallet }) => wallet), rows.map(({ pair }) => pair), rows.map(({ first }) => first)],
  );
}

async function dropTexts(
  db: Database,
  texts: readonly { readonly wallet: string; readonly hash: string }[],
): Promise<number> {
  return changeRows(
    db,
    `DELETE FROM entry_text t USING unnest(?::uuid[], ?::text[]) AS x (wallet, hash)
     WHERE t.wallet = x.wallet AND t.hash = decode(x.hash, 'hex')`,
    [texts.map(({ wallet }) => wallet), texts.map(({ hash }) => hash)],
  );
}
