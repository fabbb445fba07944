import { describe, expect, it } from 'vitest';
import { ledgerKey, uuidV7, walletId } from '../../src/core/ids.ts';
import { eventId, PLATFORM_LOG, type EventKind } from '../../src/core/events/kinds.ts';
import type { EventView } from '../../src/views/event.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { systemClock } from '../../src/core/clock.ts';
import { projectLog } from '../../src/db/events/projection.ts';
import { listEvents, recordEvents } from '../../src/db/events/log.ts';
import type { Submission } from '../../src/db/ledger/submission.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { changeOrg } from '../../src/db/access/orgs.ts';
import { registerSender, unbindSender } from '../../src/db/senders/senders.ts';
import { Projector } from '../../src/events/projector.ts';
import { openEventBench, useEventBench } from '../support/events/bench.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

const bench = useEventBench();
const HOLD_MS = 60_000;

function typesOf(events: readonly EventView[]): string[] {
  return events.map(({ type }) => type);
}

/** What the detector submits for a deposit, whatever was written before. */
function creditOf(wallet: string, deposit: string): Submission {
  const { command } = depositOf(wallet, 5n);
  if (command.op !== 'credit') throw new Error('a deposit is a credit');
  const name = `${deposit}:0`;
  return { wallet, key: ledgerKey('deposit', name), inputHash: inputHash(name), command: { ...command, deposit } };
}

describe('the log of an org', () => {
  it('has an event for what each entry causes, in the order of the entries, with positions from 1 without gaps', async () => {
    const { newOrg, writer, projector, events } = bench();
    const { org, wallet } = await newOrg();
    const deposit = uuidV7(Date.now());
    await writer.submit(creditOf(wallet, deposit));
    await writer.submit(debitOf(wallet, 5n));
    await projector.sweep();
    const found = await events(org);
    expect(found.map(({ cursor }) => cursor)).toEqual(['1', '2', '3', '4', '5'].map((n) => n.padStart(16, '0')));
    expect(typesOf(found)).toEqual([
      'entry.created',
      'deposit.credited',
      'balance.status_changed',
      'entry.created',
      'balance.status_changed',
    ]);
    expect(found[0]).toMatchObject({
      orgId: org,
      data: { type: 'DEPOSIT', amountUsd: '5.00', availableAfterUsd: '5.00' },
    });
    expect(found[1]?.data).toMatchObject({ depositId: deposit, amountUsd: '5.00', transfer: null });
    expect(found[4]?.data).toMatchObject({ status: 'SUSPENDED', previousStatus: 'OK', cause: 'entry' });
  });

  it('tells once of a hold that expired, with all that came back from its lots', async () => {
    const { newOrg, db, database, projector, events } = bench();
    const { org, wallet } = await newOrg();
    let nowMs = Date.now();
    const clock = { ...systemClock, nowMs: () => nowMs };
    const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000 });
    for (const usd of [2n, 3n]) await writer.submit(depositOf(wallet, usd));
    const command = {
      op: 'hold',
      service: 'AI_API',
      amountMicros: 4_000_000n,
      gift: false,
      durationMs: HOLD_MS,
    } as const;
    await writer.submit({ wallet, key: uuidV7(nowMs), inputHash: inputHash('hold'), command });
    nowMs += HOLD_MS + 1;
    await writer.submit({ wallet, key: uuidV7(nowMs), inputHash: inputHash('s'), command: { op: 'settle' } });
    await writer.stop();
    await projector.sweep();
    const [expired, ...others] = await events(org, ['hold.expired']);
    expect(others).toEqual([]);
    expect(expired?.data).toMatchObject({
      amountUsd: '4.00',
      giftCards: 0,
      availableAfterUsd: '5.00',
      serviceType: 'AI_API',
    });
    const result = await queryRows<unknown>(db, "SELECT seq FROM entry WHERE wallet = ? AND type = 'HOLD_RELEASE'", [
      wallet,
    ]);
    expect(result.rows.length).toBeGreaterThan(1);
  });

  it('tells of senders and of a suspension by hand in the transaction that does it, or not at all', async () => {
    const { newOrg, db, projector, events } = bench();
    const { org } = await newOrg();
    const address = `0x${'ab'.repeat(20)}`;
    const terms = {
      family: 'eip155',
      address,
      chain: null,
      label: 'hot',
      policy: 'first_come',
      order: undefined,
    } as const;
    const registered = await registerSender(db, { id: uuidV7(Date.now()), org, at: new Date(), ...terms });
    if (registered.outcome !== 'registered') throw new Error('the sender was not registered');
    await registerSender(db, { id: uuidV7(Date.now()), org, at: new Date(), ...terms });
    await unbindSender(db, { org, id: registered.sender.id, at: new Date() });
    for (const suspended of [true, true, false])
      await changeOrg(db, { id: org, at: new Date(), actor: 'tester', suspended });
    const data = { senderId: uuidV7(0), address: 'x', chain: null, family: 'eip155', label: null, state: 'bound' };
    const doomed = db.transaction(async (trx) => {
      const event = {
        id: eventId('sender.unbound', 'doomed'),
        kind: 'sender.unbound',
        atMs: Date.now(),
        data,
      } as const;
      await recordEvents(trx, [{ log: org, event }]);
      throw new Error('rolled back');
    });
    await expect(doomed).rejects.toThrow('rolled back');
    await projector.sweep();
    const found = await events(org);
    expect(typesOf(found)).toEqual([
      'sender.registered',
      'sender.unbound',
      'balance.status_changed',
      'balance.status_changed',
    ]);
    expect(found[0]?.data).toMatchObject({ senderId: registered.sender.id, address, label: 'hot' });
    expect(found.slice(2).map(({ data: told }) => told)).toMatchObject([
      { status: 'SUSPENDED', cause: 'suspension', entryId: null },
      { previousStatus: 'SUSPENDED', cause: 'suspension' },
    ]);
  });

  it('is read by kinds and page by page, and the same cursor gives the same events for ever', async () => {
    const { newOrg, writer, projector, db, record } = bench();
    const { org, wallet } = await newOrg();
    await writer.submit(depositOf(wallet, 100n));
    for (let round = 0; round < 3; round += 1) {
      await writer.submit(debitOf(wallet, 1n));
      await projector.sweep();
      await record(org, `page-${org}-${round}`);
    }
    await projector.sweep();
    const kinds: EventKind[] = ['sender.unbound'];
    const page = await listEvents(db, { log: org, after: 0, kinds, limit: 2 });
    expect([page.events.length, page.hasMore]).toEqual([2, true]);
    const rest = await listEvents(db, { log: org, after: page.lookedTo, kinds, limit: 2 });
    expect([rest.events.length, rest.hasMore]).toEqual([1, false]);
    expect((await listEvents(db, { log: org, after: 0, kinds, limit: 2 })).events).toEqual(page.events);
    const end = rest.lookedTo;
    const from = { log: org, kinds: undefined, limit: 2 };
    expect(await listEvents(db, { ...from, after: end })).toEqual({ events: [], lookedTo: end, hasMore: false });
    await expect(listEvents(db, { ...from, after: end + 1 })).rejects.toMatchObject({ code: 'CURSOR_AHEAD' });
  });

  it("is not another org's, nor the platform's", async () => {
    const { newOrg, record, projector, events } = bench();
    const [one, two] = [await newOrg(), await newOrg()];
    const id = await record(one.org, `only-${one.org}`);
    const own = await record(PLATFORM_LOG, `platform-${one.org}`);
    await projector.sweep();
    expect((await events(one.org)).map((event) => event.id)).toEqual([id]);
    expect(await events(two.org)).toEqual([]);
    const platform = await events(PLATFORM_LOG);
    expect(platform.map((event) => event.id)).toContain(own);
    expect(platform.map(({ orgId }) => orgId)).not.toContain(one.org);
  });
});

describe('positions', () => {
  it('never appear at or below one that a reader has seen, while many write and several project', async () => {
    const { newOrg, writer, db, record, events, projector } = bench();
    const { org, wallet } = await newOrg();
    await writer.submit(depositOf(wallet, 1_000n));
    const until = new AbortController();
    const seen = new Map<string, string>();
    const violations: string[] = [];
    const read = async (): Promise<void> => {
      let highest = '';
      while (!until.signal.aborted) {
        const found = await events(org);
        for (const [index, event] of found.entries()) {
          if (event.cursor !== String(index + 1).padStart(16, '0')) violations.push(`a gap before ${event.cursor}`);
          const known = seen.get(event.cursor);
          if (known !== undefined && known !== event.id) violations.push(`${event.cursor} changed`);
          if (known === undefined && event.cursor <= highest) violations.push(`${event.cursor} came late`);
          seen.set(event.cursor, event.id);
        }
        highest = found.at(-1)?.cursor ?? highest;
      }
    };
    const project = async (): Promise<void> => {
      while (!until.signal.aborted) await projectLog(db, org);
    };
    const write = async (name: number): Promise<void> => {
      for (let round = 0; round < 15; round += 1) {
        await Promise.all([writer.submit(debitOf(wallet, 1n)), record(org, `${org}-${name}-${round}`)]);
      }
    };
    const others = [read(), project(), project(), project()];
    await Promise.all([write(1), write(2), write(3)]);
    until.abort();
    await Promise.all(others);
    await projector.sweep();
    expect(violations).toEqual([]);
    const found = await events(org);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    const counts = Object.groupBy(found, ({ type }) => type);
    expect([counts['entry.created']?.length, counts['sender.unbound']?.length]).toEqual([46, 45]);
  });

  it('A70 are given once to what is told twice, however many projectors are at it and however often', async () => {
    const { newOrg, writer, db, record, events, projector } = bench();
    const { org, wallet } = await newOrg();
    await Promise.all([writer.submit(depositOf(wallet, 3n)), record(org, `twice-${org}`), record(org, `twice-${org}`)]);
    await Promise.all(Array.from({ length: 6 }, async () => projectLog(db, org)));
    await record(org, `twice-${org}`);
    await projector.sweep();
    await projectLog(db, org);
    expect(typesOf(await events(org)).toSorted()).toEqual([
      'balance.status_changed',
      'entry.created',
      'sender.unbound',
    ]);
  });

  it('are given to what no hint told of, and hints alone suffice where nothing else looks', async () => {
    const { newOrg, writer, db, events } = bench();
    const { org, wallet } = await newOrg();
    let nowMs = Date.now();
    const clock = { ...systemClock, nowMs: () => nowMs };
    const hinted = new Projector({
      db,
      clock,
      onTrouble: (log) => {
        throw new Error(log);
      },
    });
    await hinted.round();
    await writer.submit(depositOf(wallet, 3n));
    await hinted.round();
    expect(await events(org)).toEqual([]);
    hinted.hint(wallet);
    await hinted.round();
    expect(typesOf(await events(org))).toEqual(['entry.created', 'balance.status_changed']);
    await writer.submit(debitOf(wallet, 1n));
    nowMs += 5_000;
    await hinted.round();
    expect(typesOf(await events(org)).at(-1)).toBe('entry.created');
  });
});

describe('A68 after a restore of an older backup', () => {
  it('what the chain and clients bring again has the ids that it had, and what is new has others', async () => {
    const { newOrg, writer, projector, events } = bench();
    const { wallet, org } = await newOrg();
    const deposit = uuidV7(Date.now());
    const client = uuidV7(Date.now());
    await writer.submit(creditOf(wallet, deposit));
    await writer.submit(debitOf(wallet, 1n, client));
    await projector.sweep();
    const before = await events(org);
    const again = await restored(org, async (after) => {
      await after.writer.submit(depositOf(wallet, 50n));
      await after.writer.submit(debitOf(wallet, 2n));
      await after.writer.submit(creditOf(wallet, deposit));
      await after.writer.submit(debitOf(wallet, 1n, client));
    });
    const idsOf = (list: readonly EventView[], type: string): string[] =>
      list.filter((event) => event.type === type).map(({ id }) => id);
    expect(idsOf(again, 'deposit.credited')).toEqual(idsOf(before, 'deposit.credited'));
    const entries = idsOf(again, 'entry.created');
    expect(entries.slice(2)).toEqual(idsOf(before, 'entry.created'));
    expect(new Set([...entries, ...idsOf(before, 'entry.created')]).size).toBe(4);
  });
});

/** What the log of an org is when its database is lost and something else is written in another one. */
async function restored(
  org: string,
  write: (after: { readonly writer: ReturnType<typeof openLedgerWriter> }) => Promise<void>,
): Promise<EventView[]> {
  const other = await openEventBench();
  try {
    expect((await other.newOrg(org)).wallet).toBe(walletId({ kind: 'org', id: org }));
    await write(other);
    await other.projector.sweep();
    return await other.events(org);
  } finally {
    await other.close();
  }
}
