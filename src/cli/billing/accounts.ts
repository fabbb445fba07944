import type { Config } from '../../config/config.ts';
import { platformAccounts } from '../../config/payments.ts';
import { getVault } from '../../config/secrets.ts';
import { systemClock } from '../../core/clock.ts';
import type { Database } from '../../db/database.ts';
import { PaymentAccounts } from '../../payments/accounts.ts';

const silent = { warn: () => undefined, info: () => undefined };

/** The accounts at payment providers as the configuration has them; a command logs nothing. */
export function openPlatformAccounts(db: Database, config: Config): PaymentAccounts {
  const { stripe, creem } = config.payments;
  return new PaymentAccounts({
    db,
    clock: systemClock,
    log: silent,
    vault: getVault(config),
    platform: platformAccounts(config.payments),
    apiUrls: { stripe: stripe?.apiUrl, creem: creem?.apiUrl },
  });
}
