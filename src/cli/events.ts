/** `coffer events`: prints the event log of an org or of the platform. */
import type { Command } from 'commander';
import { PLATFORM_LOG, type EventKind } from '../core/events/kinds.ts';
import { listEvents } from '../db/events/log.ts';
import { formatPosition } from '../core/events/positions.ts';
import { viewOfEvent } from '../views/event.ts';
import { printJson, printTable, withDatabase } from './context.ts';
import { addListen } from './forwarding/listen.ts';
import { readEventKinds, readLimit, readOrgId, readPosition } from './options.ts';

const LIST_DEFAULT = 100;

interface ListOptions {
  readonly org?: string;
  readonly after?: number;
  readonly types?: readonly EventKind[];
  readonly limit: number;
  readonly json?: boolean;
}

async function list({ org, after = 0, types, limit, json }: ListOptions): Promise<void> {
  const log = org ?? PLATFORM_LOG;
  const { events, lookedTo, hasMore } = await withDatabase(async (db) =>
    listEvents(db, { log, after, kinds: types, limit }),
  );
  const cursor = formatPosition(lookedTo);
  const views = events.map(viewOfEvent);
  if (json === true) return printJson({ events: views, cursor, hasMore });
  printTable(
    ['cursor', 'time', 'type', 'id', 'data'],
    views.map((event) => [event.cursor, event.timestamp, event.type, event.id, JSON.stringify(event.data)]),
  );
  console.log(hasMore ? `there are more: --after ${cursor}` : `up to ${cursor}`);
}

/** `coffer events`. */
export function addEvents(program: Command): void {
  const events = program.command('events').description('the event log of an org, or of the platform');

  events
    .command('list')
    .description('list events, oldest first')
    .option('--org <id>', 'the org (default: the log of the platform)', readOrgId)
    .option('--after <cursor>', 'only events after this cursor', readPosition)
    .option('--types <list>', 'comma-separated kinds of events', readEventKinds)
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .option('--json', 'print JSON')
    .action(list);

  addListen(events);
}
