import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { viewOfEvent } from '../../src/views/event.ts';
import { openDatabase } from '../../src/db/database.ts';
import { listEvents } from '../../src/db/events/log.ts';
import { Projector } from '../../src/events/projector.ts';
import { eventView } from '../../src/http/events/event-view.ts';
import { createEmptyDatabase } from '../support/process/database.ts';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');
const EVENTS = '0011_events.ts';
const migration = z.object({ up: z.custom<(knex: Knex) => Promise<void>>((value) => typeof value === 'function') });

async function apply(db: Knex, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await migration.parse({ ...(await import(pathToFileURL(join(MIGRATIONS, file)).href)) }).up(db);
  }
}

it('changes of status from before the log are its first events, and are not derived again', async () => {
  const database = await createEmptyDatabase();
  const db = openDatabase(database.ownerUrl);
  try {
    const files = readdirSync(MIGRATIONS).toSorted();
    await apply(db, files.slice(0, files.indexOf(EVENTS)));
    const [org, at] = [uuidV7(Date.now()), new Date('2026-01-31T12:00:00Z')];
    const wallet = walletId({ kind: 'org', id: org });
    await db.raw('INSERT INTO org (id, name, created_at) VALUES (?, ?, ?)', [org, 'Acme', at]);
    await db.raw('INSERT INTO org_settings (org, updated_at) VALUES (?, ?)', [org, at]);
    await db.raw("INSERT INTO wallet (id, owner_kind, owner, asset, created_at) VALUES (?, 'org', ?, 'USD', ?)", [
      wallet,
      org,
      at,
    ]);
    await db.raw("INSERT INTO status_position (wallet, seq, status, revision) VALUES (?, 2, 'SUSPENDED', 0)", [wallet]);
    await db.raw(
      `INSERT INTO status_event (wallet, seq, revision, status_from, status_to, available, at)
       VALUES (?, 1, 0, 'SUSPENDED', 'OK', 20500001, ?), (?, 2, 0, 'OK', 'SUSPENDED', -1000000, ?)`,
      [wallet, at, wallet, at],
    );
    await apply(db, files.slice(files.indexOf(EVENTS)));
    const onTrouble = (log: string, error: unknown): void => {
      throw new Error(log, { cause: error });
    };
    await new Projector({ db, clock: systemClock, onTrouble }).sweep();
    const { events } = await listEvents(db, { log: org, after: 0, kinds: undefined, limit: 10 });
    const views = events.map(viewOfEvent);
    z.array(eventView).parse(views);
    expect(views.map(({ type, data }) => ({ type, data }))).toEqual([
      {
        type: 'balance.status_changed',
        data: {
          status: 'OK',
          previousStatus: 'SUSPENDED',
          availableUsd: '20.500001',
          cause: 'entry',
          entryId: `ent_${wallet}_1`,
        },
      },
      {
        type: 'balance.status_changed',
        data: {
          status: 'SUSPENDED',
          previousStatus: 'OK',
          availableUsd: '-1.00',
          cause: 'entry',
          entryId: `ent_${wallet}_2`,
        },
      },
    ]);
    const position: { rows: unknown[] } = await db.raw('SELECT seq, status FROM event_log WHERE log = ?', [org]);
    expect(position.rows).toEqual([{ seq: '2', status: 'SUSPENDED' }]);
  } finally {
    await db.destroy();
    await database.drop();
  }
});
