/** `coffer payments`: what came in from payment providers, why it is parked, and how the accounts are. */
import type { Command } from 'commander';
import { accountName, PROVIDERS } from '../core/billing/facts.ts';
import { isUuid } from '../core/ids.ts';
import { INBOX_STATES, listInbox, replayInbox, type InboxItem, type InboxState } from '../db/billing/inbox.ts';
import { listLeftBehind } from '../db/billing/account-identity.ts';
import { listAccounts } from '../db/billing/accounts.ts';
import { findAboutPayment } from '../db/billing/explain.ts';
import { viewOfAccounts, type PaymentAccountView } from '../views/payment-account.ts';
import { viewOfInbox, viewOfPaymentEvent } from '../views/payment-inbox.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';
import { readInboxState } from './options.ts';

const LIST_MAX = 200;

interface Json {
  readonly json?: boolean;
}

/** States that a person may want to look at. */
const OPEN: readonly InboxState[] = ['pending', 'waiting', 'parked'];

async function inbox({ state, json }: Json & { readonly state?: InboxState }): Promise<void> {
  const states = state === undefined ? OPEN : [state];
  const found = await withDatabase(async (db) => listInbox(db, { states, limit: LIST_MAX }));
  if (json === true) return printJson({ inbox: found.map(viewOfInbox) });
  printInbox(found);
}

function printInbox(items: readonly InboxItem[]): void {
  printTable(
    ['id', 'account', 'mode', 'what', 'state', 'reason', 'order', 'next attempt'],
    items.map((item) => [
      item.id,
      item.account,
      item.mode,
      `${item.kind} ${item.object}`,
      item.state,
      item.reason,
      item.order,
      item.nextAttemptAt?.toISOString() ?? null,
    ]),
  );
}

async function replay(id: string, { json }: Json): Promise<void> {
  const found = isUuid(id) ? await withDatabase(async (db) => replayInbox(db, id, new Date())) : undefined;
  if (!found) throw new CliError(`the inbox has no ${id}: coffer payments inbox shows the ids`, EXIT.notFound);
  if (json === true) return printJson(viewOfInbox(found));
  console.log(`${found.kind} ${found.object} is read and settled again by the running service`);
}

/** Everything that is known about an id of the provider or of an order. */
async function explain(id: string, { json }: Json): Promise<void> {
  const { items, events } = await withDatabase(async (db) => findAboutPayment(db, id));
  if (items.length === 0 && events.length === 0) {
    throw new CliError(
      `nothing is known about ${id}: no event about it came in, and no sweep found one`,
      EXIT.notFound,
    );
  }
  if (json === true) return printJson({ inbox: items.map(viewOfInbox), events: events.map(viewOfPaymentEvent) });
  printInbox(items);
  printTable(
    ['event', 'type', 'object', 'made', 'came in', 'by'],
    events.map(({ id: event, type, object, createdAt, receivedAt, source }) => [
      event,
      type,
      object,
      createdAt.toISOString(),
      receivedAt.toISOString(),
      source,
    ]),
  );
}

async function accounts({ json }: Json): Promise<void> {
  const states = await withDatabase(async (db, { payments }) => {
    const configured = PROVIDERS.flatMap((provider) => {
      const account = payments[provider];
      if (!account) return [];
      const { secretKey, webhookSecrets } = account;
      const name = accountName(provider, null);
      return [{ name, secretKey: secretKey.reveal(), webhookSecrets: webhookSecrets.length }];
    });
    return viewOfAccounts(await listAccounts(db), configured, await listLeftBehind(db));
  });
  if (json === true) return printJson({ accounts: states });
  printTable(
    [
      'account',
      'mode',
      'key ends in',
      'webhook secrets',
      'lacks',
      'events read at',
      'may miss events from',
      'events dropped',
      'left behind at',
    ],
    states.map((state) => [
      state.account,
      state.mode,
      state.keyLast4,
      String(state.webhookSecrets),
      state.lacks.join(', '),
      state.sweptAt,
      state.gapFrom,
      String(state.eventsDropped),
      state.leftBehind.map(tellOfLeft).join('; '),
    ]),
  );
}

function tellOfLeft({ providerAccount, customers, products }: PaymentAccountView['leftBehind'][number]): string {
  return `${providerAccount}: ${customers} customers, ${products} products`;
}

/** `coffer payments`. */
export function addPayments(program: Command): void {
  const payments = program.command('payments').description('what payment providers reported, and the accounts there');
  const json = ['--json', 'print JSON'] as const;

  payments
    .command('inbox')
    .description(`list what is not settled, newest first, up to ${LIST_MAX}`)
    .option('--state <state>', `only this state: ${INBOX_STATES.join(', ')}`, readInboxState)
    .option(...json)
    .action(inbox);
  payments
    .command('replay')
    .description('have the running service read and settle an object again')
    .argument('<id>', 'id in the inbox')
    .option(...json)
    .action(replay);
  payments
    .command('explain')
    .description('show everything that came in about a session, payment, refund, dispute or order')
    .argument('<id>', "an id of the provider's, or of an order")
    .option(...json)
    .action(explain);
  payments
    .command('accounts')
    .description('list the accounts at providers: their mode, what their keys lack, how far their events are read')
    .option(...json)
    .action(accounts);
}
