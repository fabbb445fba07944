/** Deposit addresses for tests: any address at all can be made an org's own. */
import type { ChainFamily } from '../../src/core/deposits/address.ts';
import type { Database } from '../../src/db/database.ts';
import { giveDepositAddresses } from '../../src/db/deposit-addresses.ts';
import { addToPool, addXpub } from '../../src/db/deposit-pool.ts';

const XPUB = 'xpub of tests';
const ZERO = `0x${'0'.repeat(64)}`;

/** Makes a canonical address the org's own from now on, as if the next one to give had been this. */
export async function giveAddress(db: Database, org: string, family: ChainFamily, address: string): Promise<void> {
  const at = new Date();
  if (family === 'eip155') await addXpub(db, { xpub: XPUB, addresses: [], at });
  else await addToPool(db, [{ address, keyIndex: 0, publicKey: ZERO, classHash: ZERO, salt: ZERO }], at);
  const taken: ReadonlySet<string> = new Set();
  const [given] = await giveDepositAddresses(db, { org, families: [family], taken, derive: () => address, at });
  if (given?.address !== address) throw new Error('another address was given');
}
