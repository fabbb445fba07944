/** Stores the code and the notices of the watched tokens, so that each change is reported once. */
import type { Database } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { changeRows, count, getRow, listRows, orNull, textOf } from '../rows.ts';
import { GONE } from '../../core/deposits/states.ts';
import { stateList } from '../state-list.ts';

export interface TokenNews {
  readonly token: string;
  readonly txHash: string;
  readonly position: number;
  readonly blockNumber: number;
  readonly kind: 'paused' | 'unpaused' | 'blocked' | 'unblocked' | 'code';
  /** The address, or the code; null when it concerns the whole token. */
  readonly about: string | null;
}

/** The code of each token at its last check; null: there was none. */
export async function listTokenCodes(db: Database, chain: string): Promise<Map<string, string | null>> {
  const codes = await listRows(
    db,
    (row) => [textOf(row['token']), orNull(row['code'], textOf)] as const,
    'SELECT token, code FROM token_watch WHERE chain = ?',
    [chain],
  );
  return new Map(codes);
}

/** Stores the code of a token. */
export async function storeTokenCode(
  db: Database,
  lease: Lease,
  seen: { readonly chain: string; readonly token: string; readonly code: string | null; readonly at: Date },
): Promise<void> {
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `INSERT INTO token_watch (chain, token, code, changed_at) VALUES (:chain, :token, :code, :at)
       ON CONFLICT (chain, token) DO UPDATE SET code = excluded.code, changed_at = excluded.changed_at`,
      { ...seen },
    );
  });
}

/**
 * Stores the notices of tokens up to a block, and the states of the tokens that follow from them, in one commit.
 * @returns the notices that were not stored before.
 */
export async function storeTokenNews(
  db: Database,
  lease: Lease,
  read: { readonly chain: string; readonly news: readonly TokenNews[]; readonly nextBlock: number; readonly at: Date },
): Promise<TokenNews[]> {
  const { chain, news, nextBlock, at } = read;
  return withLease(db, lease, async (trx) => {
    const fresh: TokenNews[] = [];
    for (const one of news) {
      const stored = await changeRows(
        trx,
        `INSERT INTO token_notice (chain, token, tx_hash, position, block_number, kind, about, seen_at)
         VALUES (:chain, :token, :txHash, :position, :blockNumber, :kind, :about, :at) ON CONFLICT DO NOTHING RETURNING 1`,
        { ...one, chain, at },
      );
      if (stored === 0) continue;
      fresh.push(one);
      await trx.raw(
        `UPDATE token_watch SET changed_at = :at,
           paused = CASE :kind WHEN 'paused' THEN true WHEN 'unpaused' THEN false ELSE paused END,
           blocked = CASE :kind WHEN 'blocked' THEN array_append(array_remove(blocked, :about), :about)
                                WHEN 'unblocked' THEN array_remove(blocked, :about) ELSE blocked END
         WHERE chain = :chain AND token = :token`,
        { at, chain, token: one.token, kind: one.kind, about: one.about ?? '' },
      );
    }
    await trx.raw('UPDATE chain_audit SET notices_next = greatest(notices_next, ?) WHERE chain = ?', [
      nextBlock,
      chain,
    ]);
    return fresh;
  });
}

/** How many of a token's newest transfers to us in a row, counted back from the newest, could not be read. */
export async function countUnreadable(
  db: Database,
  of: { readonly chain: string; readonly token: string; readonly limit: number },
): Promise<number> {
  return getRow(
    db,
    (row) => count(row['unreadable']),
    `SELECT count(*)::text AS unreadable FROM (
       SELECT bool_and(state = 'quarantined' AND reason LIKE 'malformed:%')
         OVER (ORDER BY block_number DESC, tx_hash DESC, ordinal DESC) AS unreadable
       FROM (SELECT state, reason, block_number, tx_hash, ordinal FROM deposit
             WHERE chain = :chain AND token = :token AND state NOT IN (${stateList(GONE)})
             ORDER BY block_number DESC, tx_hash DESC, ordinal DESC LIMIT :limit) AS newest) AS run
     WHERE unreadable`,
    { ...of },
  );
}
