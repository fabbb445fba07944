/** `coffer webhooks`: manages the endpoints that events are sent to, and lists their deliveries. */
import type { Command } from 'commander';
import { PLATFORM_LOG } from '../core/events/kinds.ts';
import { isUuid, uuidV7 } from '../core/ids.ts';
import type { Database } from '../db/database.ts';
import { listDeliveries, recordTest, redeliver, type Delivery } from '../db/webhooks/deliveries.ts';
import {
  changeEndpoint,
  findEndpointById,
  listEndpoints,
  removeEndpoint,
  type WebhookEndpoint,
} from '../db/webhooks/endpoints.ts';
import { viewOfDelivery } from '../views/delivery.ts';
import { formatEventId } from '../views/event.ts';
import { viewOfEndpoint, type EndpointView } from '../views/webhook-endpoint.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';
import { readOrgId } from './options.ts';

const LIST_MAX = 1_000;
const DELIVERIES_MAX = 100;

interface Json {
  readonly json?: boolean;
}

/** An endpoint with the org whose log it receives; null for the platform's. In the API the path names the org. */
function viewOf(endpoint: WebhookEndpoint): EndpointView & { readonly org: string | null } {
  const { log } = endpoint;
  return { org: log === PLATFORM_LOG ? null : log, ...viewOfEndpoint(endpoint, Date.now()) };
}

function stateOf({ disabledReason, failingSince }: WebhookEndpoint): string {
  if (disabledReason !== null) return `disabled: ${disabledReason}`;
  return failingSince === null ? 'enabled' : `failing since ${failingSince.toISOString()}`;
}

async function list({ org, json }: Json & { readonly org?: string }): Promise<void> {
  const found = await withDatabase(async (db) => listEndpoints(db, { log: org, limit: LIST_MAX }));
  if (json === true) return printJson({ endpoints: found.map(viewOf) });
  printTable(
    ['id', 'org', 'url', 'types', 'state'],
    found.map((endpoint) => [
      endpoint.id,
      endpoint.log === PLATFORM_LOG ? '(platform)' : endpoint.log,
      endpoint.url,
      endpoint.kinds?.join('\n') ?? 'all but entry.created',
      stateOf(endpoint),
    ]),
  );
}

async function withEndpoint<T>(id: string, work: (db: Database, endpoint: WebhookEndpoint) => Promise<T>): Promise<T> {
  return withDatabase(async (db) => {
    const endpoint = isUuid(id) ? await findEndpointById(db, id) : undefined;
    if (!endpoint) throw new CliError(`there is no webhook endpoint ${id}`, EXIT.notFound);
    return work(db, endpoint);
  });
}

async function setEnabled(id: string, enabled: boolean, { json }: Json): Promise<void> {
  const changed = await withEndpoint(id, async (db, { log }) =>
    changeEndpoint(db, { log, id, at: new Date(), enabled }),
  );
  if (!changed) throw new CliError(`there is no webhook endpoint ${id}`, EXIT.notFound);
  if (json === true) printJson(viewOf(changed));
  else console.log(`${id} ${stateOf(changed)}`);
}

async function remove(id: string, { json }: Json): Promise<void> {
  await withEndpoint(id, async (db, { log }) => removeEndpoint(db, { log, id }));
  if (json === true) printJson({ id, removed: true });
  else console.log(`removed ${id}`);
}

async function test(id: string, { json }: Json): Promise<void> {
  const eventId = await withEndpoint(id, async (db, { log }) => recordTest(db, { log, id, at: new Date() }));
  if (eventId === undefined) throw new CliError('there were many test events within a minute: try again later');
  const shown = formatEventId(eventId);
  if (json === true) printJson({ eventId: shown });
  else console.log(`${shown} is sent by the running service; coffer webhooks deliveries ${id} shows the result`);
}

async function deliveries(id: string, { json }: Json): Promise<void> {
  const found = await withEndpoint(id, async (db, endpoint) =>
    listDeliveries(db, { endpoint, state: undefined, beforeId: undefined, limit: DELIVERIES_MAX }),
  );
  if (json === true) return printJson({ deliveries: found.map(viewOfDelivery) });
  printTable(
    ['id', 'event', 'type', 'state', 'attempts', 'last answer', 'next attempt'],
    found.map((delivery) => [
      delivery.id,
      formatEventId(delivery.eventId),
      delivery.kind,
      delivery.state,
      String(delivery.attempts.length),
      lastAnswer(delivery),
      delivery.nextAttemptAt?.toISOString() ?? null,
    ]),
  );
}

function lastAnswer({ attempts }: Delivery): string | null {
  const last = attempts.at(-1);
  return last ? (last.error ?? String(last.statusCode)) : null;
}

async function sendAgain(id: string, delivery: string, { json }: Json): Promise<void> {
  const made = await withEndpoint(id, async (db, endpoint) =>
    isUuid(delivery) ? redeliver(db, { endpoint, delivery, id: uuidV7(Date.now()), at: new Date() }) : undefined,
  );
  if (!made) throw new CliError(`the endpoint has no delivery ${delivery}`, EXIT.notFound);
  if (json === true) printJson(viewOfDelivery(made));
  else console.log(`${made.id} is sent by the running service`);
}

/** `coffer webhooks`. */
export function addWebhooks(program: Command): void {
  const webhooks = program
    .command('webhooks')
    .description('the endpoints that events are sent to, and their deliveries');
  const id = ['<endpoint>', 'id of the endpoint'] as const;
  const json = ['--json', 'print JSON'] as const;

  webhooks
    .command('list')
    .description(`list endpoints, newest first, up to ${LIST_MAX}`)
    .option('--org <id>', 'only those of this org', readOrgId)
    .option(...json)
    .action(list);
  webhooks
    .command('deliveries')
    .description(`list the last ${DELIVERIES_MAX} deliveries to an endpoint`)
    .argument(...id)
    .option(...json)
    .action(deliveries);
  webhooks
    .command('redeliver')
    .description('send the event of a delivery again')
    .argument(...id)
    .argument('<delivery>', 'id of the delivery')
    .option(...json)
    .action(sendAgain);
  webhooks
    .command('test')
    .description('send a test event to an endpoint')
    .argument(...id)
    .option(...json)
    .action(test);
  webhooks
    .command('enable')
    .description('enable an endpoint: it goes on where it stopped')
    .argument(...id)
    .option(...json)
    .action(async (endpoint: string, options: Json) => setEnabled(endpoint, true, options));
  webhooks
    .command('disable')
    .description('disable an endpoint: nothing is sent to it until it is enabled')
    .argument(...id)
    .option(...json)
    .action(async (endpoint: string, options: Json) => setEnabled(endpoint, false, options));
  webhooks
    .command('remove')
    .description('delete an endpoint with its deliveries')
    .argument(...id)
    .option(...json)
    .action(remove);
}
