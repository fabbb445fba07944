/** `coffer prices`: lists the rows of the price book, adds one, and quotes. */
import type { Command } from 'commander';
import { formatUsd } from '../core/money.ts';
import { findPrice, priceBy } from '../core/pricing/price-book.ts';
import { formatRate, type Quantity, type Rate } from '../core/pricing/rate.ts';
import { priceChange } from '../db/approvals/price.ts';
import { listPrices, listPricesFor } from '../db/pricing/prices.ts';
import { viewOfPrice, type PriceView } from '../views/spending/price.ts';
import { changeOrAskHere } from './approvals.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';
import { readLimit, readTime, readName, readOrgId, readQuantity, readRate } from './options.ts';

const LIST_DEFAULT = 100;

interface AddOptions {
  readonly org?: string;
  readonly unit: string;
  readonly rate?: Rate;
  readonly ended?: boolean;
  readonly from?: Date;
  readonly to?: Date;
  readonly json?: boolean;
}

async function add(action: string, { org, unit, rate, ended, from, to, json }: AddOptions): Promise<void> {
  if ((rate === undefined) === (ended !== true)) throw new CliError('give --rate or --ended', EXIT.usage);
  const tiers = rate === undefined ? null : [{ upTo: null, rate }];
  const times = { fromMs: from?.getTime() ?? null, toMs: to?.getTime() ?? null };
  const input = { org: org ?? null, action, unit, tiers, ...times };
  const price = await withDatabase(async (db, config) => changeOrAskHere({ db, config }, priceChange, { input, json }));
  if (price === undefined) return;
  if (json === true) return printJson(viewOfPrice(price));
  printPrices([viewOfPrice(price)]);
}

async function list(filter: {
  readonly org?: string;
  readonly action?: string;
  readonly limit: number;
  readonly json?: boolean;
}): Promise<void> {
  const { json, ...rest } = filter;
  const prices = (await withDatabase(async (db) => listPrices(db, rest))).map(viewOfPrice);
  if (json === true) return printJson({ prices });
  printPrices(prices);
}

function printPrices(prices: readonly PriceView[]): void {
  printTable(
    ['id', 'org', 'action', 'unit', 'USD a unit', 'from', 'to'],
    prices.map(({ id, org, action, unit, tiers, from, to }) => [id, org, action, unit, ratesOf(tiers), from, to]),
  );
}

function ratesOf(tiers: PriceView['tiers']): string {
  if (tiers === null) return 'ended';
  return tiers.map(({ upTo, rateUsd }) => (upTo === null ? rateUsd : `${rateUsd} up to ${upTo}`)).join(', ');
}

async function quote(
  action: string,
  quantity: Quantity,
  { org = null, at, json }: { readonly org?: string | null; readonly at?: Date; readonly json?: boolean },
): Promise<void> {
  const command = { org, action, atMs: at?.getTime() ?? Date.now() };
  const row = findPrice(await withDatabase(async (db) => listPricesFor(db, command)), command);
  if (!row) throw new CliError(`${action} has no price in force at that time`, EXIT.notFound);
  const { rate, amountMicros } = priceBy(row, quantity);
  const answer = { amountUsd: formatUsd(amountMicros), rateUsd: formatRate(rate), unit: row.unit, priceId: row.id };
  if (json === true) return printJson(answer);
  console.log(`${answer.amountUsd} USD, at ${answer.rateUsd} USD a ${row.unit} (price ${row.id})`);
}

/** `coffer prices`. */
export function addPrices(program: Command): void {
  const prices = program.command('prices').description('the price book: what actions cost');

  prices
    .command('list')
    .description('list its rows, the one added last first')
    .option('--org <id>', 'of this org only', readOrgId)
    .option('--action <name>', 'of this action only', readName)
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .option('--json', 'print JSON')
    .action(list);

  prices
    .command('add')
    .description('add a row; what was charged before keeps its price')
    .argument('<action>', 'what is priced', readName)
    .requiredOption('--unit <name>', 'what is counted, such as token', readName)
    .option('--rate <usd>', 'USD a unit, up to 12 places', readRate)
    .option('--ended', 'end the price of its owner, in place of a rate')
    .option('--org <id>', 'for this org; left out: for everybody without a price of its own', readOrgId)
    .option('--from <time>', 'from when it counts; left out: from now on', readTime)
    .option('--to <time>', 'until when it counts', readTime)
    .option('--json', 'print JSON')
    .action(add);

  prices
    .command('quote')
    .description('what a quantity costs')
    .argument('<action>', 'what is priced', readName)
    .argument('<quantity>', 'how much, up to 6 places', readQuantity)
    .option('--org <id>', 'for this org', readOrgId)
    .option('--at <time>', 'as of when; left out: now', readTime)
    .option('--json', 'print JSON')
    .action(quote);
}
