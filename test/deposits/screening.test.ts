/** Senders are screened before they are credited, and no answer is no permission. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ChainContext } from '../../detector/chain/context.ts';
import { openListScreener, screenDeposits } from '../../detector/credit/screening.ts';
import type { Screener } from '../../detector/chain/screener.ts';
import type { ScreeningVerdict } from '../../src/core/deposits/screening.ts';
import { createFakeClock, createSteppedClock } from '../support/fake-clock.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const folder = mkdtempSync(join(tmpdir(), 'coffer-screening-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR_MS = 3_600_000;

/** A deposit that is final, of an org. */
async function deposited(one: RoundBench): Promise<string> {
  const org = await one.newOwner();
  one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
  one.chain.mineMany(2);
  return org;
}

/** A screener that says what it is told to, and counts. */
function told(answer: () => Promise<ScreeningVerdict>): Screener & { asked: number } {
  const screener = {
    asked: 0,
    screen: async () => {
      screener.asked += 1;
      return answer();
    },
  };
  return screener;
}

describe('a screening', () => {
  test.each<[string, () => Promise<ScreeningVerdict>, string, string]>([
    ['holds', async () => Promise.resolve('hold'), 'screening', 'screening_held'],
    ['fails', async () => Promise.reject(new Error('down')), 'screening', 'screening_unavailable'],
    ['denies', async () => Promise.resolve('deny'), 'quarantined', 'screening_denied'],
  ])(
    'F44 A33 that %s credits nothing, however often it is read, and is told once',
    async (_, answer, state, reason) => {
      const one = bench();
      const org = await deposited(one);
      const screener = told(answer);
      for (let count = 0; count < 3; count += 1) await one.round(undefined, { screener });
      expect(await one.deposits()).toMatchObject([{ state, reason }]);
      expect(await one.balance(org)).toBe(0n);
      expect(screener.asked).toBe(1);
      const seen = one.lines.filter(({ event }) => event === 'deposit.not_cleared');
      expect(seen).toMatchObject([{ txHash: '0x1', from: one.sender, state, reason }]);
    },
  );

  test('F44 is asked again with growing pauses, and credits once it allows', async () => {
    const one = bench();
    const org = await deposited(one);
    const clock = createSteppedClock(Date.now());
    let answer: ScreeningVerdict = 'hold';
    const screener = told(async () => Promise.resolve(answer));
    const asked: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      await one.round(undefined, { screener, clock });
      asked.push(screener.asked);
      clock.step(29_000);
    }
    // At 0 s, past 30 s, and past another 60 s.
    expect(asked).toEqual([1, 1, 2, 2, 2, 3]);
    answer = 'allow';
    clock.step(2 * HOUR_MS);
    await one.round(undefined, { screener, clock });
    expect(await one.deposits()).toMatchObject([{ state: 'credited' }]);
    expect(await one.balance(org)).toBe(5n);
  });

  test('F44 A33 a denied sender is not credited when it is allowed later, before somebody looks', async () => {
    const one = bench();
    const org = await deposited(one);
    const clock = createSteppedClock(Date.now());
    await one.round(undefined, { screener: told(async () => Promise.resolve('deny')), clock });
    clock.step(100 * HOUR_MS);
    await one.round(undefined, { screener: told(async () => Promise.resolve('allow')), clock });
    await one.round(undefined, { clock });
    expect(await one.deposits()).toMatchObject([{ state: 'quarantined', reason: 'screening_denied' }]);
    expect(await one.balance(org)).toBe(0n);
  });

  test('F44 A33 a deposit that waits for its screening and leaves the chain is gone, and screened anew when it returns', async () => {
    const one = bench();
    const org = await deposited(one);
    await one.round(undefined, { screener: told(async () => Promise.resolve('hold')) });
    one.chain.drop(3);
    one.chain.mineMany(4, 'other');
    await one.round(undefined, { screener: told(async () => Promise.resolve('allow')) });
    expect(await one.deposits()).toMatchObject([{ state: 'orphaned' }]);
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }], 'other');
    one.chain.mineMany(2, 'other');
    const screener = told(async () => Promise.resolve('deny'));
    await one.round(undefined, { screener });
    expect([screener.asked, await one.balance(org)]).toEqual([1, 0n]);
  });

  test('F44 asks for each sender once a round, and only for what could be credited', async () => {
    const one = bench();
    await one.newOwner();
    const stranger = `0x${'7'.repeat(40)}`;
    one.chain.mine([
      { txHash: '0x1', from: one.sender, amount: 5n },
      { txHash: '0x2', from: one.sender, amount: 6n },
      { txHash: '0x3', from: stranger, amount: 7n },
    ]);
    one.chain.mineMany(1);
    const screener = told(async () => Promise.resolve('allow'));
    await one.round(undefined, { screener });
    expect(screener.asked).toBe(0);
    one.chain.mineMany(1);
    await one.round(undefined, { screener });
    expect(screener.asked).toBe(1);
  });

  test('F44 A33 that gives no answer in time has none', async () => {
    const clock = createFakeClock();
    const never = { screen: async () => new Promise<ScreeningVerdict>(() => undefined) };
    const log: ChainContext['log'] = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const deposit = { id: 'a', txHash: '0x1', from: '0x2', reason: null, screeningTries: 0 };
    const means = { chain: 'eip155:1', family: 'eip155', screener: never, clock, log } as const;
    const asking = screenDeposits(means, [deposit]);
    await expect.poll(() => clock.waiting()).toBe(1);
    clock.advance(5_000);
    expect((await asking).get('a')).toMatchObject({ state: 'screening', reason: 'screening_unavailable', tries: 1 });
    expect(clock.waiting()).toBe(0);
  });
});

describe('a list of senders', () => {
  const path = join(folder, 'list.json');
  const write = (content: unknown): void =>
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));

  test('F44 A33 is followed as it is now, and lets nobody pass while it cannot be read', async () => {
    const one = bench();
    const org = await deposited(one);
    const clock = createSteppedClock(Date.now());
    const screener = openListScreener(path);
    const reasons: unknown[] = [];
    for (const content of [undefined, '{"deny": {', { denied: {} }, { hold: { eip155: [one.sender] } }, {}]) {
      if (content !== undefined) write(content);
      await one.round(undefined, { screener, clock });
      const [deposit] = await one.deposits();
      reasons.push(deposit?.reason ?? deposit?.state);
      clock.step(HOUR_MS);
    }
    const unavailable = 'screening_unavailable';
    expect(reasons).toEqual([unavailable, unavailable, unavailable, 'screening_held', 'credited']);
    expect(await one.balance(org)).toBe(5n);
    expect(one.lines.filter(({ event }) => event === 'screening.unavailable')).toHaveLength(3);
  });

  test('F44 keeps the senders that it denies, on every chain of their family', async () => {
    const felt = `0x${'0'.repeat(61)}abc`;
    write({ deny: { eip155: [`0x${'B'.repeat(40)}`], starknet: ['0xabc'] } });
    const screener = openListScreener(path);
    const ask = async (family: 'eip155' | 'starknet', address: string): Promise<string> =>
      screener.screen({ chain: `${family}:1`, family, address });
    expect(await ask('eip155', `0x${'b'.repeat(40)}`)).toBe('deny');
    expect(await ask('starknet', felt)).toBe('deny');
    expect(await ask('starknet', `0x${'0'.repeat(61)}abd`)).toBe('allow');
  });
});
