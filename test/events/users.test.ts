/** What happens to users' wallets is in the platform's log, once, and says whose it is. */
import { expect, it } from 'vitest';
import { PLATFORM_LOG } from '../../src/core/events/kinds.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { openUserWallet } from '../../src/db/access/users.ts';
import { recordUserEvents } from '../../src/db/events/user-wallets.ts';
import type { EventView } from '../../src/views/event.ts';
import { useEventBench } from '../support/events/bench.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

const bench = useEventBench();

let users = 0;
async function newUser(): Promise<{ readonly id: string; readonly wallet: string }> {
  users += 1;
  return openUserWallet(bench().db, { id: `user ${users} ${uuidV7(Date.now())}`, at: new Date() });
}

/** The events of a user in the platform's log, without what differs from run to run. */
async function eventsOf(id: string): Promise<unknown[]> {
  const all: readonly EventView[] = await bench().events(PLATFORM_LOG);
  const own = all.filter(({ data }) => 'userId' in data && data.userId === id);
  return own.map(({ type, orgId, data }) => [type, orgId, 'status' in data ? data.status : null]);
}

it('reports the status of a balance as it changes, in the order of the entries, however often it looks', async () => {
  const { writer, projector, db } = bench();
  const { id, wallet } = await newUser();
  await writer.submit(depositOf(wallet, 5n));
  await writer.submit(debitOf(wallet, 2n));
  await writer.submit(debitOf(wallet, 3n));
  projector.hint(wallet);
  await projector.round();
  await projector.round();
  const expected = [
    ['balance.status_changed', null, 'OK'],
    ['balance.status_changed', null, 'SUSPENDED'],
  ];
  expect(await eventsOf(id)).toEqual(expected);
  expect(await recordUserEvents(db, wallet)).toBe(false);
  await projector.sweep();
  expect(await eventsOf(id)).toEqual(expected);
  await writer.submit(depositOf(wallet, 1n));
  await projector.sweep();
  expect(await eventsOf(id)).toEqual([...expected, ['balance.status_changed', null, 'OK']]);
});

it('finds what was not hinted, and holds that expired, and looks at no entry twice', async () => {
  const { writer, projector, db } = bench();
  const { id, wallet } = await newUser();
  await writer.submit(depositOf(wallet, 5n));
  const hold = { op: 'hold', service: 'AI_API', amountMicros: 1_000_000n, gift: false, durationMs: 1 } as const;
  await writer.submit({ ...depositOf(wallet, 1n), command: hold });
  await expect.poll(async () => (await writer.submit(debitOf(wallet, 1n))).entries.length).toBe(1);
  await projector.sweep();
  expect(await eventsOf(id)).toEqual([
    ['balance.status_changed', null, 'OK'],
    ['hold.expired', null, null],
  ]);
  await writer.submit({ ...depositOf(wallet, 1n), command: hold });
  const expired = async (): Promise<number> => {
    await writer.submit({ ...depositOf(wallet, 1n), command: { op: 'settle' } });
    await projector.sweep();
    return (await eventsOf(id)).length;
  };
  await expect.poll(expired).toBe(3);
  expect(await recordUserEvents(db, wallet)).toBe(false);
  const { rows } = await queryRows(db, "SELECT id FROM event_pending WHERE data->>'userId' = ?", [id]);
  expect(rows).toEqual([]);
});

it('records each event once where two look at a wallet at the same time', async () => {
  const { writer, db, projector } = bench();
  const { id, wallet } = await newUser();
  for (let at = 0; at < 3; at += 1) {
    await writer.submit(depositOf(wallet, 1n));
    await writer.submit(debitOf(wallet, 1n));
  }
  await Promise.all(Array.from({ length: 4 }, async () => recordUserEvents(db, wallet)));
  await projector.sweep();
  expect(await eventsOf(id)).toHaveLength(6);
});

it('takes no wallet of an org, which has a log of its own', async () => {
  const { newOrg, writer, db } = bench();
  const { wallet } = await newOrg();
  await writer.submit(depositOf(wallet, 1n));
  expect(await recordUserEvents(db, wallet)).toBe(false);
});
