/** Everything that came in about an id of a provider's or of an order. */
import { isUuid } from '../../core/ids.ts';
import type { Database } from '../database.ts';
import { listInboxAbout, type InboxItem } from './inbox.ts';
import { listEventsAbout, type StoredEvent } from './provider-events.ts';
import { listIdsOfOrder, listOrdersOfIds } from './provider-ids.ts';

/** Most objects, and most events, that are found. */
const ABOUT_MAX = 1_000;

/** What came in. */
export interface AboutPayment {
  readonly items: readonly InboxItem[];
  readonly events: readonly StoredEvent[];
}

/** Finds what came in about a session, payment, charge, refund, dispute or order; empty when nothing did. */
export async function findAboutPayment(db: Database, id: string): Promise<AboutPayment> {
  const orders = isUuid(id) ? [id] : await listOrdersOfIds(db, [id]);
  const known = await Promise.all(orders.map(async (order) => listIdsOfOrder(db, order)));
  const items = await listInboxAbout(db, { objects: [id, ...known.flat()], orders, limit: ABOUT_MAX });
  const objects = [...new Set([id, ...known.flat(), ...items.map(({ object }) => object)])];
  return { items, events: await listEventsAbout(db, objects, ABOUT_MAX) };
}
