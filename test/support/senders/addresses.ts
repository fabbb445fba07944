/** Deposit addresses for tests: any address can be given to an org. */
import { hash } from 'node:crypto';
import { familyOf, type ChainFamily } from '../../../src/core/chains/address.ts';
import type { Database } from '../../../src/db/database.ts';
import { giveDepositAddresses } from '../../../src/db/senders/addresses.ts';
import { addToPool, addXpub } from '../../../src/db/senders/address-pool.ts';

/** Which address of a pool an org gets, by the words of docs/deposit-addresses.md. */
export function pickFromPool(org: string, addresses: readonly string[]): string | undefined {
  const from = hash('sha256', `deposit-pool:${org}`);
  const places = addresses.map((address) => ({ address, place: hash('sha256', Buffer.from(address.slice(2), 'hex')) }));
  const inOrder = places.toSorted((a, b) => (a.place < b.place ? -1 : 1));
  return (inOrder.find(({ place }) => place >= from) ?? inOrder[0])?.address;
}

const XPUB = 'xpub of tests';
const ZERO = `0x${'0'.repeat(64)}`;

/** Gives the org a canonical address from now on, as if it had been the next one to hand out. */
export async function giveAddress(db: Database, org: string, family: ChainFamily, address: string): Promise<void> {
  const at = new Date();
  if (family === 'eip155') await addXpub(db, { xpub: XPUB, isSameKey: () => false, at });
  else await addToPool(db, [{ address, keyIndex: 0, publicKey: ZERO, classHash: ZERO, salt: ZERO }], at);
  const taken: ReadonlySet<string> = new Set();
  const [given] = await giveDepositAddresses(db, { org, families: [family], taken, derive: () => address, at });
  if (given?.address !== address) throw new Error('another address was given');
}

/** The same, as if the address had been given when `firstBlock` was the next block to read, and not noticed since. */
export async function giveAddressEarlier(
  db: Database,
  given: { readonly org: string; readonly chain: string; readonly address: string; readonly firstBlock: number },
): Promise<void> {
  const { org, chain, address, firstBlock } = given;
  const family = familyOf(chain);
  await addXpub(db, { xpub: XPUB, isSameKey: () => false, at: new Date() });
  await db.transaction(async (trx) => {
    await trx.raw('UPDATE deposit_address_series SET last_number = last_number + 1 WHERE family = ?', [family]);
    await trx.raw(
      `INSERT INTO deposit_address (family, number, org, address, key_index, xpub, public_key, class_hash, salt,
         first_blocks, created_at)
       SELECT family, last_number, :org, :address, 0, CASE WHEN family = 'eip155' THEN :xpub END, :none, :none, :none,
         jsonb_build_object(:chain::text, :firstBlock::bigint), now()
       FROM deposit_address_series WHERE family = :family`,
      { family, org, address, chain, firstBlock, xpub: XPUB, none: family === 'eip155' ? null : ZERO },
    );
  });
}
