/** The event log and its webhooks without the API: a database of their own and a receiver that tests control. */
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import type { Clock } from '../../../src/core/clock.ts';
import { createKeyLine, openVault, type Vault } from '../../../src/core/access/vault.ts';
import { eventId, type EventKind } from '../../../src/core/events/kinds.ts';
import { createWebhookSecret, secretContext } from '../../../src/core/events/webhooks.ts';
import { viewOfEvent, type EventView } from '../../../src/views/event.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import { openDatabase, type Database } from '../../../src/db/database.ts';
import { listEvents, recordEvents } from '../../../src/db/events/log.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { insertEndpoint, type WebhookEndpoint } from '../../../src/db/webhooks/endpoints.ts';
import { createAddressGuard } from '../../../src/events/address-guard.ts';
import { DeliveryWorker, type DeliveryOptions } from '../../../src/events/delivery.ts';
import { openOutbound } from '../../../src/events/outbound.ts';
import { Projector } from '../../../src/events/projector.ts';
import { eventView } from '../../../src/http/events/event-view.ts';
import type { TestDatabase } from '../process/database-server.ts';
import { createTestDatabase } from '../process/database.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

const PAGE = 100;

/** A clock with the time of Date, which a test may move; its timers run on the machine's clock. */
export const dateClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface EventBench {
  readonly database: TestDatabase;
  readonly db: Database;
  readonly writer: LedgerWriter;
  readonly vault: Vault;
  readonly projector: Projector;
  /** The receiver that every endpoint of the test sends to; it forgets everything before each use. */
  readonly receiver: Receiver;
  readonly newOrg: (id?: string) => Promise<{ readonly org: string; readonly wallet: string }>;
  /** Creates an endpoint of that log at the receiver, and gives the receiver its secret. */
  readonly newEndpoint: (
    log: string,
    more?: { readonly kinds?: readonly EventKind[]; readonly url?: string; readonly after?: number },
  ) => Promise<WebhookEndpoint & { readonly plainSecret: string }>;
  readonly worker: (more?: Partial<DeliveryOptions>) => DeliveryWorker;
  /** Records an event that no entry causes; returns its id. */
  readonly record: (log: string, name: string) => Promise<string>;
  /** Every event of a log, each checked against its schema. */
  readonly events: (log: string, kinds?: readonly EventKind[]) => Promise<EventView[]>;
  /** Assigns positions, then sends once everything that is due. */
  readonly settle: (worker: DeliveryWorker) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens one bench for a file of tests. */
export function useEventBench(): () => EventBench {
  let bench: EventBench | undefined;
  beforeAll(async () => {
    bench = await openEventBench();
  });
  afterAll(async () => bench?.close());
  return () => {
    if (!bench) throw new Error('no test is running');
    return bench;
  };
}

/** Opens a bench; close it. */
export async function openEventBench(): Promise<EventBench> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl);
  const clock = dateClock;
  const keys = createKeyLine();
  const vault = openVault(() => keys);
  const outbound = openOutbound({ guard: createAddressGuard(true), clock });
  const receiver = await startReceiver();
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000 });
  const log = pino({ level: 'silent' });
  const projector = new Projector({
    db,
    clock,
    onTrouble: (name, error) => {
      throw new Error(`log ${name}`, { cause: error });
    },
  });
  const events: EventBench['events'] = async (name, kinds) => {
    const found: EventView[] = [];
    for (let after = 0, more = true; more;) {
      const page = await listEvents(db, { log: name, after, kinds, limit: PAGE });
      found.push(...page.events.map(viewOfEvent));
      [after, more] = [page.lookedTo, page.hasMore];
    }
    z.array(eventView).parse(found);
    return found;
  };
  return {
    close: async () => {
      await writer.stop();
      await outbound.close();
      await receiver.close();
      await db.destroy();
      await database.drop();
    },
    database,
    db,
    vault,
    receiver,
    projector,
    events,
    writer,
    newOrg: async (id = uuidV7(Date.now())) => {
      await createOrg(db, { id, name: 'Acme', externalId: null, createdAt: new Date() });
      return { org: id, wallet: walletId({ kind: 'org', id }) };
    },
    newEndpoint: async (name, { kinds, url = receiver.url, after } = {}) => {
      const [id, plainSecret] = [uuidV7(Date.now()), createWebhookSecret()];
      receiver.secrets.push(plainSecret);
      const secret = vault.seal(secretContext(id), plainSecret);
      const terms = { id, log: name, url, description: null, kinds: kinds ?? null, secret, createdAt: new Date() };
      const endpoint = await insertEndpoint(db, { ...terms, after, most: 20 });
      if (!endpoint) throw new Error('the endpoint was not stored');
      return { ...endpoint, plainSecret };
    },
    worker: (more = {}) => new DeliveryWorker({ db, clock, log, vault, outbound, random: () => 0, ...more }),
    record: async (name, what) => record(db, name, what),
    settle: async (worker) => {
      await projector.sweep();
      await worker.round();
      await worker.idle();
    },
  };
}

async function record(db: Database, log: string, what: string): Promise<string> {
  const kind = 'sender.unbound';
  const id = eventId(kind, what);
  const data = { senderId: id, address: what, chain: null, family: 'eip155', label: null, state: 'bound' };
  await db.transaction(async (trx) => recordEvents(trx, [{ log, event: { id, kind, atMs: Date.now(), data } }]));
  return `evt_${id}`;
}
