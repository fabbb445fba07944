/** How the process takes card payments: its accounts at providers, the cashier, and what comes in. */
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { platformAccounts } from '../config/payments.ts';
import type { Vault } from '../core/access/vault.ts';
import { findOrg, findOrgByExternalId } from '../db/access/orgs.ts';
import { findProduct } from '../db/billing/products.ts';
import type { RateLimits } from '../http/access/rate-limits.ts';
import type { CardPayments } from '../http/deps.ts';
import { orgFinder, providerRoutes } from '../http/providers/webhooks.ts';
import type { Route } from '../http/server/route.ts';
import { PaymentAccounts, type GivenAccounts } from '../payments/accounts.ts';
import { Backlog } from '../payments/backlog.ts';
import { openCashier } from '../payments/cashier.ts';
import { openCatalog } from '../payments/products.ts';
import { creemWebhooks } from '../payments/creem/events.ts';
import { openDisputeDesk, type DisputeMeans } from '../payments/dispute-desk.ts';
import type { Inlet } from '../payments/inlet.ts';
import { takeWebhook } from '../payments/intake.ts';
import type { SettleMeans } from '../payments/movements.ts';
import type { ProviderAccount } from '../payments/port.ts';
import type { RefillMeans } from '../payments/refill.ts';
import { openSettle } from '../payments/settle.ts';
import { stripeWebhooks } from '../payments/stripe/events.ts';
import { openSubscriptionDesk } from '../payments/subscriptions/desk.ts';

/** What endpoints need for card payments. @param account the platform's account; undefined where none is configured. */
export function openCards(
  { payments, topup }: Pick<Config, 'payments' | 'topup'>,
  means: SettleMeans & Pick<DisputeMeans, 'vault'> & { readonly accounts: PaymentAccounts },
  account: ProviderAccount | undefined,
): CardPayments {
  const { mode, redirectOrigins, limits } = payments;
  const usable = account?.mode === mode ? { name: account.name, mode } : undefined;
  return {
    cashier: openCashier({ ...means, mode, limits }),
    catalog: openCatalog({ ...means, mode }),
    orgAccounts: means.accounts,
    subscriptions: openSubscriptionDesk({ ...means, mode, settle: openSettle(means) }),
    disputes: openDisputeDesk({ ...means, mode, findAccount: findingAccount(means.accounts) }),
    account: usable,
    mode,
    redirectOrigins,
    topup,
  };
}

/** Finds accounts at payment providers. */
export function findingAccount(accounts: PaymentAccounts): DisputeMeans['findAccount'] {
  return async (name) => accounts.find(name);
}

/** What the jobs on payments need beside what every job has. */
export function refillParts(
  config: Pick<Config, 'payments' | 'publicUrl'>,
  means: SettleMeans & { readonly accounts: PaymentAccounts },
): Pick<RefillMeans, 'settle' | 'mode' | 'findProduct' | 'cashier' | 'billingUrl'> & {
  readonly accounts: PaymentAccounts;
} {
  const { mode, limits } = config.payments;
  return {
    accounts: means.accounts,
    settle: openSettle(means),
    mode,
    findProduct: async (db, org, id) => {
      const product = await findProduct(db, org, id);
      return product && { ...product, priceMinor: product.priceCents };
    },
    cashier: openCashier({ ...means, mode, limits }),
    billingUrl: new URL('configure/billing', withSlash(config.publicUrl)).href,
  };
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

/** Opens the accounts at payment providers: the configured one, and those of orgs. */
export function openAccounts(
  { payments }: Pick<Config, 'payments'>,
  means: Pick<SettleMeans, 'db' | 'clock'> & {
    readonly log: Logger;
    readonly vault: Vault;
    /** Accounts in place of those that are configured or stored. */
    readonly given?: GivenAccounts | undefined;
  },
): PaymentAccounts {
  const { stripe, creem } = payments;
  const platform = platformAccounts(payments);
  return new PaymentAccounts({ ...means, platform, apiUrls: { stripe: stripe?.apiUrl, creem: creem?.apiUrl } });
}

/** The endpoints for webhooks of payment providers. */
export function webhookRoutes(
  means: Pick<SettleMeans, 'db' | 'clock'> & {
    readonly limits: RateLimits;
    readonly accounts: PaymentAccounts;
    readonly inlet: Inlet;
  },
): readonly Route[] {
  const { db, limits, clock } = means;
  const intake = {
    ...means,
    readers: { stripe: stripeWebhooks, creem: creemWebhooks },
    backlog: new Backlog(db, clock),
  };
  return providerRoutes({
    limits,
    findOrg: orgFinder({
      byId: async (id) => findOrg(db, id),
      byExternalId: async (name) => findOrgByExternalId(db, name),
    }),
    take: async (webhook) => takeWebhook(intake, webhook),
  });
}
