/** Makes the one customer that an org has at an account of a payment provider. */
import { uuidV7 } from '../core/ids.ts';
import type { Clock } from '../core/clock.ts';
import { askForCustomer, bindCustomer, findCustomer } from '../db/billing/customers.ts';
import type { Database } from '../db/database.ts';
import type { ProviderAccount } from './port.ts';

/** How long a provider surely knows an idempotency key. */
const KEY_KEPT_MS = 23 * 3_600_000;

/**
 * The provider's id of an org's customer, made if there is none yet. The key of the call that makes it is stored first: when
 * its answer is lost, the same call finds the same customer, for as long as the provider knows the key. After that another
 * is made, and the lost one stays behind empty: nobody has its id, so nothing can be saved for it.
 * @throws ProviderFailed
 */
export async function getCustomer(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  account: ProviderAccount,
  org: string,
): Promise<string> {
  const name = { org, account: account.name, mode: account.mode };
  const known = await findCustomer(db, name);
  if (known?.customer) return known.customer;
  const nowMs = clock.nowMs();
  const asked = await askForCustomer(db, {
    ...name,
    requestKey: uuidV7(nowMs),
    at: new Date(nowMs),
    forgottenBefore: new Date(nowMs - KEY_KEPT_MS),
  });
  if (asked.customer !== null) return asked.customer;
  const made = await account.createCustomer({ key: `coffer-customer-${asked.requestKey}`, org });
  const bound = await bindCustomer(db, name, made);
  return bound.customer ?? made;
}
