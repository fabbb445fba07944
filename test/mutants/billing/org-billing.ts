import type { Mutant } from '../mutant.ts';

const ROWS = ['test/contract/org-billing.test.ts'];
const SALES = ['test/contract/org-billing-sales.test.ts'];
const RIGHTS = ['test/contract/org-billing-rights.test.ts'];
const PRODUCTS = ['test/billing/products.test.ts'];
const TERMS = ['src/core/billing/product.test.ts'];

/** Defences of the org billing surface: who may set and mint what, what is sold, and how products follow the provider. */
export const ORG_BILLING_MUTANTS: readonly Mutant[] = [
  {
    name: 'org billing: an org sets the keys of its own account without being trusted',
    file: 'src/http/org-billing/settings.ts',
    find: "org.billingTrusted ? ['org admin', 'minter'] : ['minter']",
    replace: "['org admin', 'minter']",
    tests: RIGHTS,
  },
  {
    name: 'org billing: an org sets the free tier',
    file: 'src/http/org-billing/settings.ts',
    find: "if (field === 'free_tier_amount') return ['minter'];",
    replace: '',
    tests: RIGHTS,
  },
  {
    name: 'org billing: a key is stored although the body is refused',
    file: 'src/http/org-billing/settings.ts',
    find: '    cards.orgAccounts.check({ secretKey });\n',
    replace: '',
    tests: ROWS,
  },
  {
    name: 'org billing: a deposit by hand is for everybody',
    file: 'src/http/org-billing/wallet.ts',
    find: 'if (isMinter(caller)) return;',
    replace: 'if (caller !== undefined) return;',
    tests: RIGHTS,
  },
  {
    name: 'org billing: a charge needs no scope',
    file: 'src/http/org-billing/wallet.ts',
    find: "if (mayIn(caller, org, ['treasury:spend'])) return;",
    replace: 'if (mayIn !== undefined) return;',
    tests: RIGHTS,
  },
  {
    name: 'org billing: a deposit by hand needs no second person',
    file: 'src/http/org-billing/wallet.ts',
    find: 'const asked = await askWhereNeeded(means, { caller, payer, booking, named, dryRun });',
    replace:
      'const asked = await (dryRun ? askWhereNeeded(means, { caller, payer, booking, named, dryRun }) : undefined);',
    tests: RIGHTS,
  },
  {
    name: 'org billing: a deposit by hand lies on no rail of its own',
    file: 'src/core/ledger/bookings.ts',
    find: "export const OFFLINE_ACCOUNT = 'assets:offline';",
    replace: "export const OFFLINE_ACCOUNT = 'assets:stripe';",
    tests: ROWS,
  },
  {
    name: 'org billing: an org sells more credit than it is paid for',
    file: 'src/core/billing/product.ts',
    find: 'creditOf(terms).bonusMicros === 0n || by.isMinter || by.isTrusted',
    replace: 'creditOf(terms).bonusMicros >= 0n || by.isMinter || by.isTrusted',
    tests: TERMS,
  },
  {
    name: 'org billing: what is above the price counts as paid',
    file: 'src/core/billing/product.ts',
    find: 'creditMicros: isAbove ? priceMicros : amountMicros,',
    replace: 'creditMicros: amountMicros,',
    tests: TERMS,
  },
  {
    name: 'org billing: the whole price becomes credit',
    file: 'src/db/billing/checkouts.ts',
    find: 'credit: String(creditMicros),',
    replace: 'credit: String(priceMicros),',
    tests: SALES,
  },
  {
    name: 'org billing: what is no longer sold can be bought',
    file: 'src/http/org-billing/checkout.ts',
    find: 'if (!product.active && !(await isRequestKnown(db, org.id, key))) {',
    replace: 'if (product.name.length > 200) {',
    tests: SALES,
  },
  {
    name: 'org billing: money goes to the account of the platform',
    file: 'src/payments/cashier.ts',
    find: 'request.ownAccount ? request.org : null',
    replace: 'null',
    tests: SALES,
  },
  {
    name: 'org billing: a price changes in silence',
    file: 'src/http/org-billing/products.ts',
    find: 'if (issues.length > 0) throw invalidInput(issues);',
    replace: '',
    tests: SALES,
  },
  {
    name: 'org billing: a header may name another org than the path',
    file: 'src/http/access/guard.ts',
    find: "if (header !== '' && ![named, org?.id, org?.externalId].includes(header)) throw namesTwoOrgs();",
    replace: '',
    tests: ROWS,
  },
  {
    name: 'org billing: a person reaches an org in which they have no role',
    file: 'src/http/access/guard.ts',
    find: 'caller.org === null || caller.org === org.id : roleIn(caller, org) !== undefined',
    replace: 'caller.org === null || caller.org === org.id : true',
    tests: RIGHTS,
  },
  {
    name: 'org billing: a role is not asked for',
    file: 'src/http/access/guard.ts',
    find: 'if (role !== undefined && !isFree) requireRole(role, needs.scopes);',
    replace: '',
    tests: RIGHTS,
  },
  {
    name: 'free tier: a new org is given nothing',
    file: 'src/db/access/orgs.ts',
    find: 'SELECT ?, amount, ?::timestamptz FROM free_tier WHERE amount > 0',
    replace: 'SELECT ?, amount, ?::timestamptz FROM free_tier WHERE amount < 0',
    tests: ROWS,
  },
  {
    name: 'free tier: it is written under no key of the org',
    file: 'src/db/billing/free-tier.ts',
    find: 'const name = `free_tier:${org}`;',
    replace: 'const name = `free_tier:${org}:${Math.random()}`;',
    tests: ['test/billing/free-tier.test.ts'],
  },
  {
    name: 'payment accounts: the secrets of webhooks are shown in the audit log',
    file: 'migrations/0031_org_billing.ts',
    find: "'secret_hash', 'webhook_secrets'];",
    replace: "'secret_hash'];",
    tests: ROWS,
  },
  {
    name: 'payment accounts: a change of a key is not noted',
    file: 'migrations/0031_org_billing.ts',
    find: 'CREATE TRIGGER payment_account_acts AFTER INSERT OR UPDATE OR DELETE ON payment_account',
    replace: 'CREATE TRIGGER payment_account_acts AFTER DELETE ON payment_account',
    tests: ROWS,
  },
  {
    name: 'products: what may have been made is made again',
    file: 'src/payments/products.ts',
    find: 'mayExist: tries > 0 || revision > 1',
    replace: 'mayExist: false',
    tests: PRODUCTS,
  },
  {
    name: 'products: a product has no key of ours',
    file: 'src/payments/stripe/catalog.ts',
    find: '{ idempotencyKey: `coffer-product-${item.id}-${item.revision}` },',
    replace: '{},',
    tests: PRODUCTS,
  },
  {
    name: 'products: the id of a product is kept only with its price',
    file: 'src/payments/products.ts',
    find: 'if (providerProduct === null) await bindProduct(db, { id, product: made, price: null });',
    replace: '',
    tests: PRODUCTS,
  },
  {
    name: 'products: two push at once',
    file: 'src/db/billing/products.ts',
    find: 'AND synced < revision AND (claimed_until IS NULL OR claimed_until <= :now) RETURNING',
    replace: 'AND synced < revision AND :now::timestamptz IS NOT NULL RETURNING',
    tests: PRODUCTS,
  },
  {
    name: 'products: an inactive product stays on sale at the provider',
    file: 'src/payments/products.ts',
    find: 'if (providerPrice !== null || item.mayExist) await account.showItem(',
    replace: 'if (providerPrice === null && item.mayExist) await account.showItem(',
    tests: PRODUCTS,
  },
  {
    name: 'products: another request gets the product of a key',
    file: 'src/db/billing/products.ts',
    find: 'if (before?.hash === asked.hash) return',
    replace: 'if (before) return',
    tests: PRODUCTS,
  },
];
