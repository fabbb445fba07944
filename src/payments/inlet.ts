/**
 * Where webhooks reach the database: the accounts that they may belong to are looked up, and their events stored, for all that come
 * at about the same time in one statement each. It has connections of its own, so that nothing else makes a webhook wait.
 */
import type { AccountName } from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import { Gatherer } from '../core/gather.ts';
import { isUuid } from '../core/ids.ts';
import { findAccounts, type StoredAccount } from '../db/billing/accounts.ts';
import { receiveEvents, trimEvents, type ReceivedEvent } from '../db/billing/provider-events.ts';
import { findAccountsOfOrders, listAccountsOfIds } from '../db/billing/provider-ids.ts';
import type { Database } from '../db/database.ts';
import { isOfValues } from '../db/errors.ts';
import type { WebhookHints } from './port.ts';

/** Most webhooks of one statement. */
const BATCH_MAX = 256;
/** Most that wait for each of the three; the provider has to send again what comes above it. */
const WAITING_MAX = 5_000;
/** As many events in one statement are a burst. */
const BURST_FROM = 8;
/** How long after such a statement the burst counts as going on. */
const BURST_MS = 250;

/** Two kinds of look-up and one kind of write, each gathered by itself. */
export class Inlet {
  /** Sees every org; over the connections that are for webhooks alone. */
  readonly db: Database;
  readonly #clock: Pick<Clock, 'elapsedMs'>;
  readonly #accounts: Gatherer<WebhookHints, readonly AccountName[]>;
  readonly #stored: Gatherer<AccountName, StoredAccount | undefined>;
  readonly #events: Gatherer<ReceivedEvent, boolean>;
  #burstAtMs = -Infinity;

  /** @param db sees every org */
  constructor(db: Database, clock: Pick<Clock, 'elapsedMs'>) {
    this.db = db;
    this.#clock = clock;
    const bounds = { batchSizeMax: BATCH_MAX, waitingMax: WAITING_MAX, isOfItems: isOfValues };
    this.#accounts = new Gatherer({ ...bounds, run: async (hints) => listAccountsOf(db, hints) });
    this.#stored = new Gatherer({ ...bounds, run: async (names) => listStored(db, names) });
    this.#events = new Gatherer({ ...bounds, run: async (events) => this.#storeAll(db, events) });
  }

  /** Whether webhooks come faster than one by one. What can wait does, so that providers are answered in time. */
  isInBurst(): boolean {
    return this.#clock.elapsedMs() - this.#burstAtMs < BURST_MS;
  }

  /**
   * The accounts that a webhook may belong to: that of our order, then those that its ids are stored for.
   * @throws Refusal LEDGER_UNAVAILABLE when too many wait
   */
  async findAccounts({ order, ids }: WebhookHints): Promise<readonly AccountName[]> {
    const known = order !== null && isUuid(order) ? order : null;
    return known === null && ids.length === 0 ? [] : this.#accounts.add({ order: known, ids });
  }

  /** An account as it is stored now. @throws Refusal LEDGER_UNAVAILABLE when too many wait */
  async findAccount(name: AccountName): Promise<StoredAccount | undefined> {
    return this.#stored.add(name);
  }

  /**
   * Stores an event, and has its object worked on. @returns whether it was new
   * @throws Refusal LEDGER_UNAVAILABLE when too many wait; the database's error, which is about this event or about all
   */
  async store(event: ReceivedEvent): Promise<boolean> {
    return this.#events.add(event);
  }

  async #storeAll(db: Database, events: readonly ReceivedEvent[]): Promise<readonly boolean[]> {
    if (events.length >= BURST_FROM) this.#burstAtMs = this.#clock.elapsedMs();
    return storeEvents(db, events);
  }
}

/** Stores events in one statement, all of them or none. @returns for each, whether it was new */
export async function storeEvents(db: Database, events: readonly ReceivedEvent[]): Promise<readonly boolean[]> {
  const { isNew, crowded } = await receiveEvents(db, events);
  if (crowded.length > 0) await trimEvents(db, crowded);
  return isNew;
}

async function listStored(
  db: Database,
  names: readonly AccountName[],
): Promise<readonly (StoredAccount | undefined)[]> {
  const found = await findAccounts(db, [...new Set(names)]);
  return names.map((name) => found.find((one) => one.name === name));
}

async function listAccountsOf(db: Database, hints: readonly WebhookHints[]): Promise<(readonly AccountName[])[]> {
  const orders = [...new Set(hints.flatMap(({ order }) => order ?? []))];
  const ofOrders = orders.length === 0 ? new Map<string, AccountName>() : await findAccountsOfOrders(db, orders);
  const byOrder = hints.map(({ order }) => (order === null ? undefined : ofOrders.get(order.toLowerCase())));
  const ids = [...new Set(hints.flatMap((one, at) => (byOrder[at] === undefined ? one.ids : [])))];
  const ofIds = ids.length === 0 ? new Map<string, readonly AccountName[]>() : await listAccountsOfIds(db, ids);
  return hints.map((one, at) => {
    const account = byOrder[at];
    return account === undefined ? one.ids.flatMap((id) => ofIds.get(id) ?? []).toSorted() : [account];
  });
}
