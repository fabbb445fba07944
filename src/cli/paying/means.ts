/** What `coffer pay` works with: the org, its account at the provider, and the ledger. */
import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { getVault } from '../../config/secrets.ts';
import type { Cashier } from '../../core/billing/cashier.ts';
import type { Catalog } from '../../core/billing/catalog.ts';
import { systemClock } from '../../core/clock.ts';
import { isUuid } from '../../core/ids.ts';
import { findOrg, findOrgByExternalId, listOrgs, type Org } from '../../db/access/orgs.ts';
import type { Database } from '../../db/database.ts';
import { openLedgerWriter, type LedgerWriter } from '../../db/ledger/writer.ts';
import { PaymentAccounts } from '../../payments/accounts.ts';
import { openCashier } from '../../payments/cashier.ts';
import { openCatalog } from '../../payments/products.ts';
import { CliError, EXIT, withDatabase } from '../context.ts';

const LEDGER_DEADLINE_MS = 10_000;
const silent = { warn: () => undefined, info: () => undefined };

/** What a command works with. */
export interface PayMeans {
  readonly db: Database;
  readonly config: Config;
  readonly org: Org;
  readonly accounts: PaymentAccounts;
  readonly catalog: Catalog;
  readonly cashier: Cashier;
  readonly writer: LedgerWriter;
}

/** The org that a command names, and whether programs read what it prints. */
export interface PayOptions {
  readonly org?: string;
  readonly json?: boolean;
}

/** Adds the options that every command has. */
export function payCommand(pay: Command, name: string, description: string): Command {
  return pay
    .command(name)
    .description(description)
    .option('--org <id>', 'its id or external id; may be left out where there is only one org')
    .option('--json', 'print JSON');
}

/** Runs work for the org that is named, or for the only one there is. @throws CliError when there is no such org */
export async function withPay<T>({ org: named }: PayOptions, work: (means: PayMeans) => Promise<T>): Promise<T> {
  return withDatabase(async (db, config, site) => {
    const org = await findNamed(db, named);
    const { mode, limits, stripe } = config.payments;
    const accounts = new PaymentAccounts({
      db,
      clock: systemClock,
      log: silent,
      vault: getVault(config),
      platform: {},
      apiUrls: { stripe: stripe?.apiUrl },
    });
    const writer = openLedgerWriter({ url: site.appUrl, clock: systemClock, deadlineMs: LEDGER_DEADLINE_MS });
    const means = { db, clock: systemClock, accounts, mode, writer };
    try {
      return await work({
        ...means,
        config,
        org,
        catalog: openCatalog(means),
        cashier: openCashier({ ...means, limits }),
      });
    } finally {
      await writer.stop();
    }
  });
}

async function findNamed(db: Database, named: string | undefined): Promise<Org> {
  if (named === undefined) {
    const [only, ...more] = await listOrgs(db, { limit: 2 });
    if (only && more.length === 0) return only;
    throw new CliError('name the org with --org: its id or its external id', EXIT.usage);
  }
  const org = (isUuid(named) ? await findOrg(db, named) : undefined) ?? (await findOrgByExternalId(db, named));
  if (org) return org;
  throw new CliError(`there is no org ${named}`, EXIT.notFound);
}

/** Prints a view as JSON, with each bigint as the number that it is. */
export function printMicros(value: unknown): void {
  const exact = (_name: string, part: unknown): unknown =>
    typeof part === 'bigint' ? JSON.rawJSON(String(part)) : part;
  console.log(JSON.stringify(value, exact, 2));
}

/** Rows of names and values, for people. */
export function rowsOf(view: object): (string | null)[][] {
  return Object.entries(view).map(([name, value]: [string, unknown]) => [name, shown(value)]);
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}
