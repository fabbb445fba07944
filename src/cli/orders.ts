/** `coffer orders`: lists the orders of every org, and shows one. */
import type { Command } from 'commander';
import type { OrderState } from '../core/billing/order.ts';
import { findOrder, listOrders } from '../db/billing/orders.ts';
import { listParts } from '../db/billing/payments.ts';
import { viewOfAnyOrder } from '../views/order.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';
import { readLimit, readOrderId, readOrderState, readOrgId } from './options.ts';

const LIST_DEFAULT = 100;

interface ListOptions {
  readonly org?: string;
  readonly state?: OrderState;
  readonly limit: number;
  readonly json?: boolean;
}

async function list({ org, state, limit, json }: ListOptions): Promise<void> {
  const orders = await withDatabase(async (db) => {
    const nowMs = Date.now();
    const found = await listOrders(db, { org: org ?? null, state, nowMs, limit });
    return (await listParts(db, found)).map((parts) => viewOfAnyOrder(parts, nowMs));
  });
  if (json === true) return printJson({ orders });
  const columns = ['id', 'orgId', 'userId', 'state', 'channel', 'amountUsd', 'createdAt'] as const;
  printTable(
    columns,
    orders.map((order) => columns.map((column) => order[column])),
  );
}

async function show(id: string, { json }: { readonly json?: boolean }): Promise<void> {
  const view = await withDatabase(async (db) => {
    const order = await findOrder(db, id);
    const [parts] = await listParts(db, order ? [order] : []);
    if (!parts) throw new CliError(`there is no order ${id}`, EXIT.notFound);
    return viewOfAnyOrder(parts, Date.now());
  });
  if (json === true) return printJson(view);
  const { timeline, metadata, dispute, ...fields } = view;
  printTable(
    ['', ''],
    [
      ...Object.entries(fields).map(([name, value]) => [name, value === null ? null : String(value)]),
      ['dispute', dispute === null ? null : dispute.status],
      ...Object.entries(metadata).map(([name, value]) => [`metadata.${name}`, value]),
      ...timeline.map(({ at, what, source }) => [at, `${what} (${source})`]),
    ],
  );
}

/** `coffer orders`. */
export function addOrders(program: Command): void {
  const orders = program.command('orders').description('purchases of credit, whatever pays them');

  orders
    .command('list')
    .description('list orders, newest first')
    .option('--org <id>', 'of this org only', readOrgId)
    .option('--state <state>', 'only those in this state', readOrderState)
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .option('--json', 'print JSON')
    .action(list);

  orders
    .command('show')
    .description('show an order and its timeline')
    .argument('<id>', 'its id', readOrderId)
    .option('--json', 'print JSON')
    .action(show);
}
