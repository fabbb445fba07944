/** Where deposit addresses come from: extended public keys, and the pool of Starknet addresses. */
import type { DepositAddress, StarknetAccount } from '../../core/senders/deposit-address.ts';
import type { Database } from '../database.ts';
import { changeRows, count, getRow, listRows, textOf, timeOf } from '../rows.ts';
import { DEPOSIT_ADDRESS_COLUMNS, depositAddressOf } from './addresses.ts';

/** A Starknet address that is to be given to an org one day. */
export interface PoolAddress extends StarknetAccount {
  readonly address: string;
  readonly keyIndex: number;
}

export interface PoolImport {
  readonly added: number;
  /** In the pool already, or given to an org. */
  readonly known: number;
}

/** Adds addresses to the pool; one that is there, or was given to an org before, is left as it is. All or none. */
export async function addToPool(db: Database, accounts: readonly PoolAddress[], at: Date): Promise<PoolImport> {
  return db.transaction(async (trx) => {
    // Nobody takes one from the pool meanwhile, which would let it come back.
    await trx.raw("SELECT 1 FROM deposit_address_series WHERE family = 'starknet' FOR UPDATE");
    const added = await changeRows(
      trx,
      `INSERT INTO deposit_address_pool (address, key_index, public_key, class_hash, salt, imported_at)
       SELECT new.*, ?::timestamptz FROM unnest(?::text[], ?::integer[], ?::text[], ?::text[], ?::text[])
         AS new (address, key_index, public_key, class_hash, salt)
       WHERE NOT EXISTS (
         SELECT FROM deposit_address given WHERE given.family = 'starknet' AND given.address = new.address)
       ON CONFLICT DO NOTHING RETURNING address`,
      [
        at,
        accounts.map(({ address }) => address),
        accounts.map(({ keyIndex }) => keyIndex),
        accounts.map(({ publicKey }) => publicKey),
        accounts.map(({ classHash }) => classHash),
        accounts.map(({ salt }) => salt),
      ],
    );
    return { added, known: accounts.length - added };
  });
}

export type XpubImport = 'added' | 'known' | 'same_key';

/**
 * Adds an extended public key, from which addresses are derived from now on.
 * @param isSameKey says whether another extended key derives the same addresses: `same_key` when one does that is there,
 *   since one key in two writings would be given out as two.
 */
export async function addXpub(
  db: Database,
  { xpub, isSameKey, at }: { readonly xpub: string; readonly isSameKey: (known: string) => boolean; readonly at: Date },
): Promise<XpubImport> {
  return db.transaction(async (trx) => {
    const known = await listRows(trx, (row) => textOf(row['xpub']), 'SELECT xpub FROM deposit_xpub');
    if (known.includes(xpub)) return 'known';
    if (known.some(isSameKey)) return 'same_key';
    const added = await changeRows(
      trx,
      'INSERT INTO deposit_xpub (xpub, imported_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING xpub',
      [xpub, at],
    );
    return added > 0 ? 'added' : 'known';
  });
}

/** Addresses of the pool that may be given to an org. */
export async function countPool(db: Database): Promise<number> {
  const select = 'SELECT count(*) AS left FROM deposit_address_pool WHERE burnt_by IS NULL';
  return getRow(db, (row) => count(row['left']), select);
}

/**
 * Burns every address of the pool: each may have been given to an org before a restore, so nobody gets it any more.
 * Addresses that are imported later are given as always. A second call for the same recovery burns nothing more.
 * @returns how many addresses this recovery has burnt.
 */
export async function burnPool(db: Database, recovery: string, importedBefore: Date): Promise<number> {
  return db.transaction(async (trx) => {
    // Nobody takes one from the pool meanwhile.
    await trx.raw("SELECT 1 FROM deposit_address_series WHERE family = 'starknet' FOR UPDATE");
    await trx.raw('UPDATE deposit_address_pool SET burnt_by = ? WHERE burnt_by IS NULL AND imported_at < ?', [
      recovery,
      importedBefore,
    ]);
    const select = 'SELECT count(*) AS burnt FROM deposit_address_pool WHERE burnt_by = ?';
    return getRow(trx, (row) => count(row['burnt']), select, [recovery]);
  });
}

export interface ImportedXpub {
  readonly xpub: string;
  /** Addresses of it that orgs have. */
  readonly given: number;
  readonly importedAt: Date;
}

/** Every extended public key, newest first: the first one serves. */
export async function listXpubs(db: Database): Promise<ImportedXpub[]> {
  return listRows(
    db,
    (row) => ({
      xpub: textOf(row['xpub']),
      given: count(row['given']),
      importedAt: timeOf(row['imported_at']),
    }),
    `SELECT xpub, imported_at, (SELECT count(*) FROM deposit_address a WHERE a.xpub = x.xpub) AS given
     FROM deposit_xpub x ORDER BY imported_at DESC, xpub`,
  );
}

/** Where a page of addresses ends: the family and number of its last one. */
export interface AddressPosition {
  readonly family: string;
  readonly number: string;
}

/** Addresses of orgs, oldest first within each family. */
export async function listDepositAddresses(
  db: Database,
  page: { readonly limit: number; readonly after?: AddressPosition | undefined },
): Promise<(DepositAddress & { readonly position: AddressPosition })[]> {
  const after = page.after ?? { family: '', number: '0' };
  return listRows(
    db,
    (row) => ({
      ...depositAddressOf(row),
      position: { family: textOf(row['family']), number: textOf(row['number']) },
    }),
    `SELECT ${DEPOSIT_ADDRESS_COLUMNS} FROM deposit_address WHERE (family, number) > (:family, :number::bigint)
     ORDER BY family, number LIMIT :limit`,
    { ...after, limit: page.limit },
  );
}
