/** `coffer auto-refill`: what an org has set, who agreed to it, and turning it off. */
import type { Command } from 'commander';
import { findCustomer } from '../../db/billing/customers.ts';
import { findOpenOrder } from '../../db/billing/refill-purchases.ts';
import { changeRefillSetting, listRefillSettings, type RefillSetting } from '../../db/billing/refill-settings.ts';
import type { PaymentMode } from '../../core/billing/facts.ts';
import type { RefillNames } from '../../core/billing/auto-refill.ts';
import type { Database } from '../../db/database.ts';
import { viewOfAutoRefill, type AutoRefillView } from '../../views/auto-refill.ts';
import { CliError, EXIT, operatorHere, printJson, printTable, withDatabase } from '../context.ts';
import { readOrgId } from '../options.ts';

const NAMES: RefillNames = {
  enabled: 'enabled',
  threshold: 'threshold',
  what: 'what',
  maxDay: 'max-day',
  maxMonth: 'max-month',
  maxDayCount: 'max-day-count',
};

interface Json {
  readonly json?: boolean;
}

/** A setting, and the account that it is for. */
type OwnedView = { readonly account: string; readonly productId: string | null } & AutoRefillView;

async function viewsOf(db: Database, org: string, mode: PaymentMode): Promise<OwnedView[]> {
  const settings = await listRefillSettings(db, org);
  return Promise.all(
    settings.map(async (setting): Promise<OwnedView> => {
      const { account, what } = setting;
      const customer = await findCustomer(db, { org, account, mode });
      const openOrder = await findOpenOrder(db, org, account);
      const view = viewOfAutoRefill(setting, { hasMethod: typeof customer?.method === 'string', openOrder });
      return { account, productId: what?.kind === 'product' ? what.product : null, ...view };
    }),
  );
}

async function show(org: string, { json }: Json): Promise<void> {
  const views = await withDatabase(async (db, config) => viewsOf(db, org, config.payments.mode));
  print(views, json === true);
}

async function stop(org: string, { json }: Json): Promise<void> {
  const views = await withDatabase(async (db, config) => {
    const on = (await listRefillSettings(db, org)).filter(({ enabled }) => enabled);
    if (on.length === 0) throw new CliError(`the org ${org} has no auto-refill that is on`, EXIT.notFound);
    for (const setting of on) await turnOff(db, setting);
    return viewsOf(db, org, config.payments.mode);
  });
  print(views, json === true);
}

async function turnOff(db: Database, { org, account }: RefillSetting): Promise<void> {
  const change = { enabled: false };
  await changeRefillSetting(db, { org, account, change, actor: operatorHere(), at: new Date(), names: NAMES });
}

function print(views: readonly OwnedView[], json: boolean): void {
  if (json) {
    printJson({ settings: views });
    return;
  }
  printTable(
    ['account', 'state', 'below', 'buys', 'a day', 'a month', 'times a day', 'agreed by', 'at', 'open order'],
    views.map((view) => [
      view.account,
      view.stopped === null ? view.state : `stopped: ${view.stopped.reason}`,
      view.thresholdUsd,
      view.packId ?? view.productId ?? (view.targetUsd === null ? null : `up to ${view.targetUsd}`),
      view.maxDayUsd,
      view.maxMonthUsd,
      String(view.maxDayCount),
      view.consent?.by ?? null,
      view.consent?.at ?? null,
      view.openOrderId,
    ]),
  );
}

/** `coffer auto-refill`. */
export function addAutoRefill(program: Command): void {
  const refill = program
    .command('auto-refill')
    .description('credit that is bought by itself, with a saved payment method');

  refill
    .command('show')
    .description('what an org has set, and who agreed to it')
    .argument('<org>', 'id of the org', readOrgId)
    .option('--json', 'print JSON')
    .action(show);

  refill
    .command('stop')
    .description('turn it off; only the org turns it on again')
    .argument('<org>', 'id of the org', readOrgId)
    .option('--json', 'print JSON')
    .action(stop);
}
