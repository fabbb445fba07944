import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { PLATFORM_LOG } from '../../src/core/events/kinds.ts';
import { viewOfEvent, type EventView } from '../../src/views/event.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { assignByHand, ignoreByHand } from '../../src/db/deposits/acts.ts';
import { listEvents } from '../../src/db/events/log.ts';
import { Projector } from '../../src/events/projector.ts';
import { eventView } from '../../src/http/events/event-view.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const SOURCES = join(import.meta.dirname, '..', '..', 'src', 'db', 'deposits');

/** The deposit's events in a log, in order, each checked against its schema. */
async function told(log: string, txHash: string): Promise<EventView[]> {
  const { db } = bench();
  const onTrouble = (name: string, error: unknown): void => {
    throw new Error(`log ${name}`, { cause: error });
  };
  await new Projector({ db, clock: systemClock, onTrouble }).sweep();
  const { events } = await listEvents(db, { log, after: 0, kinds: undefined, limit: 100 });
  const views = events.map(viewOfEvent);
  return views.filter((event) => {
    const { data } = eventView.parse(event);
    return 'transfer' in data && data.transfer?.txHash === txHash;
  });
}

async function typesTold(log: string, txHash: string): Promise<string[]> {
  return (await told(log, txHash)).map(({ type }) => type);
}

describe('a deposit is told of to its org', () => {
  it('when it is seen and when it is credited, once each, however many rounds there are', async () => {
    const { chain, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mine();
    await round();
    expect(await typesTold(org, '0x1')).toEqual(['deposit.observed']);
    chain.mineMany(3);
    await round();
    await round();
    const events = await told(org, '0x1');
    expect(events.map(({ type }) => type)).toEqual(['deposit.observed', 'deposit.credited']);
    const [observed, credited] = events;
    expect(observed?.data).toMatchObject({
      amountUsd: '0.000005',
      state: 'confirming',
      transfer: { fromAddress: sender },
    });
    expect(credited?.data).toMatchObject({ amountUsd: '0.000005', availableAfterUsd: '0.000005' });
  });

  it('when the chain takes it back, before it is credited and after, and when it returns', async () => {
    const { chain, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine();
    chain.mine([{ txHash: '0x2', from: sender, amount: 5n }]);
    chain.mine();
    await round();
    chain.drop(2);
    chain.mineMany(2, 'other');
    await round();
    expect(await typesTold(org, '0x2')).toEqual(['deposit.observed', 'deposit.orphaned']);
    chain.mine([{ txHash: '0x2', from: sender, amount: 5n }], 'other');
    chain.mineMany(3, 'other');
    await round();
    chain.drop(4);
    chain.mineMany(5, 'third');
    await round();
    await round();
    const events = await told(org, '0x2');
    expect(events.map(({ type }) => type)).toEqual([
      'deposit.observed',
      'deposit.orphaned',
      'deposit.observed',
      'deposit.credited',
      'deposit.orphaned',
      'deposit.reversed',
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(6);
    expect(events.at(-1)?.data).toMatchObject({ amountUsd: '0.000005', availableAfterUsd: '0.00' });
  });
});

describe('a deposit that found no org', () => {
  it('is told of in the log of the platform, and to its org once an operator gave it to one', async () => {
    const { chain, caip2, db, newOwner, round } = bench();
    const org = await newOwner();
    const stranger = `0x${'5'.repeat(40)}`;
    chain.mine([{ txHash: '0x3', from: stranger, amount: 2_000_000n }]);
    chain.mineMany(3);
    await round();
    await round();
    const [unmatched, ...others] = await told(PLATFORM_LOG, '0x3');
    expect(others).toEqual([]);
    expect(unmatched).toMatchObject({
      type: 'deposit.unmatched',
      orgId: null,
      data: { amountUsd: '2.00', transfer: { chain: caip2 } },
    });
    const { data } = eventView.parse(unmatched);
    const deposit = 'depositId' in data ? (data.depositId ?? '') : '';
    const act = { deposit, actor: 'somebody', words: 'theirs', at: new Date() };
    await ignoreByHand(db, { ...act, id: uuidV7(Date.now()) });
    await assignByHand(db, { ...act, id: uuidV7(Date.now()), org }, () => true);
    await round();
    expect(await typesTold(PLATFORM_LOG, '0x3')).toEqual(['deposit.unmatched', 'deposit.set_aside']);
    expect(await typesTold(org, '0x3')).toEqual(['deposit.observed', 'deposit.credited']);
  });
});

describe('whatever changes deposits', () => {
  /** What an entry tells of: that it was credited, or taken back. */
  const TOLD_BY_ENTRIES = ['dues.ts', 'reversals.ts'];
  const writers = readdirSync(SOURCES).filter((name) =>
    /\b(UPDATE|INSERT INTO) deposit\b/.test(readFileSync(join(SOURCES, name), 'utf8')),
  );

  it('is found', () => {
    expect(writers).toEqual(expect.arrayContaining(['scan.ts', 'pending.ts', ...TOLD_BY_ENTRIES]));
  });

  it.each(writers.filter((name) => !TOLD_BY_ENTRIES.includes(name)))('%s tells of it', (name) => {
    expect(readFileSync(join(SOURCES, name), 'utf8')).toContain('await recordDepositEvents(');
  });
});
