/**
 * What statements about other things want to know of wallets. No statement names a table of the ledger together with another
 * table (test/house/rules/statements.ts), since the ledger may lie on other servers: they ask here, before or after.
 */
import { count, listRows, micros, oneOf, textOf, type Queries } from './rows.ts';

const OWNER_KINDS = ['org', 'user'] as const;

/** Whose a wallet is. */
export interface WalletOwner {
  readonly kind: 'org' | 'user';
  readonly id: string;
}

/** An entry of a wallet by its number, whether it is written or not. */
export interface EntryPlace {
  readonly wallet: string;
  readonly seq: number;
}

/** The owners of wallets; a wallet that does not exist is missing. */
export async function findOwners(db: Queries, wallets: readonly string[]): Promise<Map<string, WalletOwner>> {
  const found = await listRows(
    db,
    (row) => [textOf(row['id']), { kind: oneOf(OWNER_KINDS, row['owner_kind']), id: textOf(row['owner']) }] as const,
    'SELECT id, owner_kind, owner FROM wallet WHERE id = ANY(?::uuid[])',
    [[...wallets]],
  );
  return new Map(found);
}

/** What is available in wallets by their last entries, in micros; a wallet without entries is missing. */
export async function findAvailable(db: Queries, wallets: readonly string[]): Promise<Map<string, bigint>> {
  const found = await listRows(
    db,
    (row) => [textOf(row['id']), micros(row['available'])] as const,
    `SELECT w.id, e.available::text AS available FROM wallet w
     JOIN LATERAL (SELECT available FROM entry WHERE wallet = w.id ORDER BY seq DESC LIMIT 1) e ON true
     WHERE w.id = ANY(?::uuid[])`,
    [[...wallets]],
  );
  return new Map(found);
}

/** Which of these entries are written, as the ids of their wallets. Each wallet is named once. */
export async function findWritten(db: Queries, places: readonly EntryPlace[]): Promise<Set<string>> {
  const found = await listRows(
    db,
    (row) => textOf(row['wallet']),
    `SELECT e.wallet FROM unnest(?::uuid[], ?::bigint[]) AS n (wallet, seq)
     JOIN entry e ON e.wallet = n.wallet AND e.seq = n.seq`,
    [places.map(({ wallet }) => wallet), places.map(({ seq }) => seq)],
  );
  return new Set(found);
}

/** The number of a wallet's last entry; 0 when there is none. */
export async function findLastSeq(db: Queries, wallet: string): Promise<number> {
  const [last] = await listRows(
    db,
    (row) => count(row['seq']),
    'SELECT seq FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
    [wallet],
  );
  return last ?? 0;
}
