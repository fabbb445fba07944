/** Addresses that belong to one org each: giving them out, and finding them again. */
import { CHAIN_FAMILIES, type ChainFamily } from '../../core/chains/address.ts';
import { depositIndexes, poolPlaceOf, type DepositAddress } from '../../core/senders/deposit-address.ts';
import { Refusal } from '../../core/errors.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, count, findRow, listRows, oneOf, orNull, small, textOf, timeOf, type Row } from '../rows.ts';

/** Columns of a deposit address, as {@link depositAddressOf} reads them. */
export const DEPOSIT_ADDRESS_COLUMNS =
  'family, number, org, address, key_index, xpub, public_key, class_hash, salt, created_at';

/** Reads a deposit address. */
export function depositAddressOf(row: Row): DepositAddress {
  const publicKey = orNull(row['public_key'], textOf);
  const classHash = orNull(row['class_hash'], textOf);
  const salt = orNull(row['salt'], textOf);
  const isAccount = publicKey !== null && classHash !== null && salt !== null;
  return {
    family: oneOf(CHAIN_FAMILIES, row['family']),
    org: textOf(row['org']),
    address: textOf(row['address']),
    keyIndex: small(row['key_index']),
    xpub: orNull(row['xpub'], textOf),
    account: isAccount ? { publicKey, classHash, salt } : null,
    createdAt: timeOf(row['created_at']),
  };
}

/** What an org asks for: one address in each of the families. */
export interface AddressRequest {
  readonly org: string;
  readonly families: readonly ChainFamily[];
  /** Addresses with another purpose, canonical: no org gets one of them. */
  readonly taken: ReadonlySet<string>;
  /** The address at an index below an extended public key, canonical. */
  readonly derive: (xpub: string, index: number) => string;
  readonly at: Date;
}

/** Deposit addresses of an org, in order of family. */
export async function findDepositAddresses(db: Database | DatabaseTransaction, org: string): Promise<DepositAddress[]> {
  return listRows(
    db,
    depositAddressOf,
    `SELECT ${DEPOSIT_ADDRESS_COLUMNS} FROM deposit_address WHERE org = ? ORDER BY family`,
    [org],
  );
}

/**
 * Gives an org its address in each family, once and for ever: whoever asks again, or at the same instant, gets the same.
 * All of them or none.
 * @throws Refusal DEPOSIT_ADDRESS_UNAVAILABLE when a family has none left to give.
 */
export async function giveDepositAddresses(db: Database, request: AddressRequest): Promise<DepositAddress[]> {
  const wanted = (held: readonly DepositAddress[]): DepositAddress[] =>
    held.filter(({ family }) => request.families.includes(family));
  const held = wanted(await findDepositAddresses(db, request.org));
  if (held.length === request.families.length) return held;
  return db.transaction(async (trx) => {
    // In one order, so that no two requests wait for each other.
    for (const family of request.families.toSorted()) await giveOne(trx, family, request);
    return wanted(await findDepositAddresses(trx, request.org));
  });
}

async function giveOne(trx: DatabaseTransaction, family: ChainFamily, request: AddressRequest): Promise<void> {
  const number = await lockSeries(trx, family);
  const held = await findDepositAddresses(trx, request.org);
  if (held.some((one) => one.family === family)) return;
  const series: Series = { family, number, request };
  await (family === 'eip155' ? giveDerived(trx, series) : giveFromPool(trx, series));
  await trx.raw('UPDATE deposit_address_series SET last_number = ? WHERE family = ?', [number, family]);
}

/** A request in one family, with the number that its address gets. */
interface Series {
  readonly family: ChainFamily;
  readonly number: number;
  readonly request: AddressRequest;
}

/**
 * Stores an address as the org's. False when it is somebody's already: the unique index decides that, since an org's own
 * connection sees no other org's addresses. An org that was there when the chain was restored may have had the address
 * before, so blocks are read for it from where the restored database was.
 */
async function insertAddress(trx: DatabaseTransaction, series: Series, source: AddressSource): Promise<boolean> {
  const { family, number, request } = series;
  const { org, at } = request;
  const inserted = await changeRows(
    trx,
    `INSERT INTO deposit_address (family, number, org, address, key_index, xpub, public_key, class_hash, salt,
       first_blocks, created_at)
     SELECT :family, :number, :org, :address, :keyIndex, :xpub, :publicKey, :classHash, :salt,
       (SELECT coalesce(jsonb_object_agg(c.chain, CASE WHEN c.restored_at > o.created_at
          THEN least(c.next_block, c.restored_block) ELSE c.next_block END), '{}')
        FROM chain_cursor c CROSS JOIN (SELECT created_at FROM org WHERE id = :org) o WHERE c.chain LIKE :chains), :at
     ON CONFLICT (family, address) DO NOTHING RETURNING number`,
    { family, number, org, at, chains: `${family}:%`, ...source },
  );
  return inserted > 0;
}

/** Makes others wait until the commit; gives the next number. */
async function lockSeries(trx: DatabaseTransaction, family: ChainFamily): Promise<number> {
  const last = await findRow(
    trx,
    (row) => count(row['last_number']),
    'SELECT last_number FROM deposit_address_series WHERE family = ? FOR UPDATE',
    [family],
  );
  if (last === undefined) throw new Error(`there is no series of ${family} deposit addresses`);
  return last + 1;
}

interface AddressSource {
  readonly address: string;
  readonly keyIndex: number;
  readonly xpub: string | null;
  readonly publicKey: string | null;
  readonly classHash: string | null;
  readonly salt: string | null;
}

async function giveDerived(trx: DatabaseTransaction, series: Series): Promise<void> {
  const { org, taken, derive } = series.request;
  const xpub = await findRow(
    trx,
    (row) => textOf(row['xpub']),
    'SELECT xpub FROM deposit_xpub ORDER BY imported_at DESC, xpub LIMIT 1',
  );
  if (xpub === undefined) throw unavailable('EVM');
  for (const keyIndex of depositIndexes(org)) {
    const address = derive(xpub, keyIndex);
    // An operator may have taken the credits address from the same seed: given to an org, every deposit would be that org's.
    if (taken.has(address)) continue;
    const source = { address, keyIndex, xpub, publicKey: null, classHash: null, salt: null };
    if (await insertAddress(trx, series, source)) return;
  }
  throw new RangeError(`no index that is tried for the org ${org} has a free address`);
}

async function giveFromPool(trx: DatabaseTransaction, series: Series): Promise<void> {
  const { org, taken } = series.request;
  const source = await findRow(trx, poolSourceOf, TAKE_FROM_POOL, { from: poolPlaceOf(org), taken: [...taken] });
  if (source === undefined) throw unavailable('Starknet');
  if (!(await insertAddress(trx, series, source)))
    throw new Error(`${source.address} is in the pool, and an org's already`);
}

const FREE = `SELECT address, sha256(decode(substr(address, 3), 'hex')) AS place FROM deposit_address_pool
  WHERE burnt_by IS NULL AND address <> ALL(:taken::text[])`;
/**
 * The next free address from a place on: of those behind it, else of all. It reads as many rows of the index as there are
 * addresses with another purpose in between, and one more. The pool is not changed meanwhile: the caller holds its series.
 */
export const FIND_IN_POOL = `SELECT address FROM (
    (SELECT address, 1 AS round FROM (${FREE}) behind WHERE place >= :from ORDER BY place LIMIT 1)
    UNION ALL (SELECT address, 2 FROM (${FREE}) every ORDER BY place LIMIT 1)) found ORDER BY round LIMIT 1`;
const TAKE_FROM_POOL = `DELETE FROM deposit_address_pool WHERE address = (${FIND_IN_POOL})
  RETURNING address, key_index, public_key, class_hash, salt`;

function poolSourceOf(row: Row): AddressSource {
  return {
    address: textOf(row['address']),
    keyIndex: small(row['key_index']),
    xpub: null,
    publicKey: textOf(row['public_key']),
    classHash: textOf(row['class_hash']),
    salt: textOf(row['salt']),
  };
}

function unavailable(chains: string): Refusal {
  return new Refusal(
    'DEPOSIT_ADDRESS_UNAVAILABLE',
    `no ${chains} deposit address is left to give: the operator has to import more (coffer wallets import); nothing was made`,
  );
}

/**
 * Orgs of those addresses that are deposit addresses, by address; null for a burnt one, which may have been any org's
 * before a restore.
 */
export async function listDepositAddressOwners(
  db: Database,
  family: ChainFamily,
  addresses: readonly string[],
): Promise<Map<string, string | null>> {
  const owners = await listRows(
    db,
    (row) => [textOf(row['address']), orNull(row['org'], textOf)] as const,
    `SELECT address, org FROM deposit_address WHERE family = :family AND address = ANY(:addresses::text[])
     UNION ALL SELECT address, NULL FROM deposit_address_pool
     WHERE :family = 'starknet' AND burnt_by IS NOT NULL AND address = ANY(:addresses::text[])`,
    { family, addresses: [...addresses] },
  );
  return new Map(owners);
}

/** An address to be watched. */
export interface WatchedAddress {
  /** Grows in the order in which addresses become visible. */
  readonly number: number;
  readonly address: string;
  /** First block of the chain that had not been read when the address was made; 0 where the chain was not read yet. */
  readonly firstBlock: number;
}

/**
 * Deposit addresses made, and addresses burnt, after number `after`, in order. A burnt one may have been given at any time
 * since the restored one, so its blocks are read from there.
 */
export async function listAddressesToWatch(
  db: Database,
  page: { readonly chain: string; readonly family: ChainFamily; readonly after: number; readonly limit: number },
): Promise<WatchedAddress[]> {
  return listRows(
    db,
    (row) => ({
      number: count(row['number']),
      address: textOf(row['address']),
      firstBlock: count(row['first_block']),
    }),
    `SELECT number, address, coalesce((first_blocks ->> :chain)::bigint, 0) AS first_block FROM deposit_address
     WHERE family = :family AND number > :after
     UNION ALL SELECT burnt_number, address,
       coalesce((SELECT restored_block FROM chain_cursor WHERE chain = :chain), 0) FROM deposit_address_pool
     WHERE :family = 'starknet' AND burnt_number > :after
     ORDER BY number LIMIT :limit`,
    { ...page },
  );
}
