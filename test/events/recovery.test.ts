import { describe, expect, it } from 'vitest';
import { PLATFORM_LOG } from '../../src/core/events/kinds.ts';
import { formatPosition, gapAfter } from '../../src/core/events/positions.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { listLogsToMove, listMovedLogs, moveLogs, type RestoredLog } from '../../src/db/events/jumps.ts';
import { listEvents } from '../../src/db/events/log.ts';
import { useEventBench } from '../support/events/bench.ts';

const bench = useEventBench();

/** Moves every log, as a recovery does. */
async function recover(recovery: string): Promise<RestoredLog[]> {
  const { db } = bench();
  const moved: RestoredLog[] = [];
  for (let after: string | undefined; ;) {
    const page = await listLogsToMove(db, { recovery, after });
    await moveLogs(db, recovery, page);
    moved.push(...page);
    after = page.at(-1)?.log;
    if (after === undefined) return moved;
  }
}

const pageOf = (log: string, after: number, limit = 100): ReturnType<typeof listEvents> =>
  listEvents(bench().db, { log, after, kinds: undefined, limit });

describe('after a recovery', () => {
  it('a log continues without a missing event behind every position that was given out', async () => {
    const { newOrg, record, projector, events } = bench();
    const { org } = await newOrg();
    for (const name of ['a', 'b', 'c']) await record(org, `${org} ${name}`);
    await projector.sweep();
    const before = await events(org);
    const end = before.length;
    await recover(uuidV7(Date.now()));
    const { last } = gapAfter(end);

    // Whoever had read everything waits at the end; whoever had events that are lost reads again from there.
    expect(await pageOf(org, end)).toEqual({ events: [], lookedTo: last, hasMore: false });
    for (const lost of [end + 1, end + 7_000, last - 1]) {
      const details = { readAgainAfter: formatPosition(end) };
      await expect(pageOf(org, lost)).rejects.toMatchObject({ code: 'CURSOR_AHEAD', details });
    }
    await record(org, `${org} d`);
    await projector.sweep();
    const all = await events(org);
    expect(all.slice(0, end)).toEqual(before);
    expect(all.slice(end).map(({ cursor }) => cursor)).toEqual([formatPosition(last + 1)]);
    for (const known of [end, last]) expect((await pageOf(org, known)).events).toHaveLength(1);
    // A page that begins before the gap passes it.
    expect((await pageOf(org, end - 1)).events.map(({ position }) => position)).toEqual([end, last + 1]);
    await expect(pageOf(org, last + 2)).rejects.toMatchObject({ code: 'CURSOR_AHEAD' });
  });

  it('every log has moved once, with events or without, and moves again in the next recovery', async () => {
    const { newOrg, db } = bench();
    const { org } = await newOrg();
    const recovery = uuidV7(Date.now());
    const moved = await recover(recovery);
    expect(moved).toContainEqual({ log: org, position: 0 });
    expect(moved.map(({ log }) => log)).toContain(PLATFORM_LOG);
    expect(await recover(recovery)).toEqual([]);
    expect(await listMovedLogs(db, { recovery, after: undefined })).toEqual(moved);
    // Positions after the gap may have been given out before the next restore.
    const { last } = gapAfter(0);
    expect(await recover(uuidV7(Date.now()))).toContainEqual({ log: org, position: last });
    expect(await pageOf(org, 0)).toEqual({ events: [], lookedTo: gapAfter(last).last, hasMore: false });
  });

  it('a log that grew since it was listed is not moved', async () => {
    const { newOrg, record, projector, db } = bench();
    const { org } = await newOrg();
    await record(org, `${org} grew`);
    await projector.sweep();
    const stale = [{ log: org, position: 0 }];
    await expect(moveLogs(db, uuidV7(Date.now()), stale)).rejects.toThrow('stop every process');
    expect((await pageOf(org, 0)).events).toHaveLength(1);
  });

  it('webhooks get the events of both sides of the gap, and a delivery of before is sent under the same id', async () => {
    const { newOrg, newEndpoint, record, receiver, settle, worker } = bench();
    const { org } = await newOrg();
    await newEndpoint(org, { after: 0 });
    const work = worker();
    const ids = [await record(org, `${org} one`)];
    await settle(work);
    await recover(uuidV7(Date.now()));
    ids.push(await record(org, `${org} two`), await record(org, `${org} three`));
    await settle(work);
    expect(receiver.taken).toEqual(ids);
  });

  it('an endpoint cannot begin at a cursor that the log never gave out', async () => {
    const { newOrg, newEndpoint } = bench();
    const { org } = await newOrg();
    await expect(newEndpoint(org, { after: 1 })).rejects.toMatchObject({ code: 'CURSOR_AHEAD' });
    await recover(uuidV7(Date.now()));
    await expect(newEndpoint(org, { after: 1 })).rejects.toMatchObject({ code: 'CURSOR_AHEAD' });
    await newEndpoint(org, { after: gapAfter(0).last });
  });
});
