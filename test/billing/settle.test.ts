/** Facts of a provider become credit once, are taken back when the money goes back, and return with it. */
import { describe, expect, test } from 'vitest';
import type { ProviderFact } from '../../src/core/billing/facts.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { findOrder, listSteps } from '../../src/db/billing/orders.ts';
import { openSettle } from '../../src/payments/settle.ts';
import { systemClock } from '../../src/core/clock.ts';
import { Refusal } from '../../src/core/errors.ts';
import { findStanding } from '../../src/db/ledger/balance-now.ts';
import { FrozenLots } from '../../src/db/ledger/frozen-lots.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { useCardBench, type CardOrder } from '../support/billing/card-bench.ts';
import type { ProviderStep } from '../support/billing/provider.ts';
import { debitOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

const bench = useCardBench();

/** Takes steps at the provider and settles what it says of them. */
async function live(order: CardOrder, ...steps: readonly ProviderStep[]): Promise<void> {
  for (const step of steps) for (const fact of order.provider.take(step)) await bench().settle(fact);
}

async function entriesOf({ wallet }: CardOrder): Promise<unknown[]> {
  const { rows } = await queryRows<{
    type: string;
    available_delta: string;
    gift_delta: number;
    contra: string | null;
  }>(bench().db, 'SELECT type, available_delta, gift_delta, contra FROM entry WHERE wallet = ? ORDER BY seq', [wallet]);
  return rows.map(({ type, available_delta: delta, gift_delta: cards, contra }) => [type, delta, cards, contra]);
}

const CREDIT = ['DEPOSIT', '25000000', 10, 'assets:stripe'];

describe('a payment', () => {
  test('is credited once, however often and by however many it is reported', async () => {
    const order = await bench().order();
    const facts = order.provider.take('pay');
    await Promise.all([...facts, ...facts, ...facts].map(async (fact) => bench().settle(fact)));
    for (const fact of facts) await bench().settle({ ...fact, readAtMs: fact.readAtMs + 5 });
    expect(await entriesOf(order)).toEqual([CREDIT]);
    expect(await bench().stateOf(order)).toMatchObject({
      state: 'credited',
      availableMicros: 25_000_000n,
      giftCards: 10,
    });
    const steps = (await listSteps(bench().db, [order.order])).get(order.order);
    expect(steps?.map(({ what, source }) => [what, source])).toEqual([
      ['created', 'api'],
      ['awaiting_payment', 'provider'],
      ['paid', 'provider'],
      ['credited', 'provider'],
    ]);
  });

  test('that comes later is credited when it comes, and not before', async () => {
    const order = await bench().order();
    await live(order, 'pay later');
    expect(await bench().stateOf(order)).toMatchObject({ state: 'processing', availableMicros: 0n });
    await live(order, 'late money');
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });

  test('that fails after all leaves the order failed, and credits nothing', async () => {
    const order = await bench().order();
    await live(order, 'pay later', 'late failure');
    expect(await bench().stateOf(order)).toMatchObject({ state: 'failed', availableMicros: 0n });
  });

  test('brings the credit of the order and not its tax', async () => {
    const order = await bench().order({ taxMinor: 475n });
    await live(order, 'pay');
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });

  test('an older reading changes nothing after a newer one', async () => {
    const order = await bench().order();
    const open = order.provider.checkout();
    const [later] = order.provider.take('pay later');
    const [paid] = order.provider.take('late money');
    for (const fact of [paid, later, open]) if (fact) await bench().settle(fact);
    expect(await bench().stateOf(order)).toMatchObject({ state: 'credited' });
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });

  test('is read again when the stored reading has a later time: clocks of processes differ', async () => {
    const order = await bench().order();
    const [early] = order.provider.take('pay later');
    const [paid] = order.provider.take('late money');
    if (!early || !paid) throw new Error('no fact');
    await bench().settle({ ...early, readAtMs: paid.readAtMs + 60_000 });
    expect(await bench().settle(paid)).toMatchObject({ outcome: 'wait' });
    expect(await bench().settle({ ...paid, readAtMs: paid.readAtMs + 60_001 })).toMatchObject({ outcome: 'settled' });
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });

  test('waits for an order that is not here yet, and for a checkout that is not stored', async () => {
    const order = await bench().order({ bound: false });
    const [fact] = order.provider.take('pay');
    if (!fact) throw new Error('no fact');
    expect(await bench().settle({ ...fact, order: uuidV7(0) })).toMatchObject({ outcome: 'wait' });
    expect(await bench().settle(fact)).toMatchObject({ outcome: 'wait' });
    await bench().bind(order);
    expect(await bench().settle(fact)).toEqual({ outcome: 'settled', order: order.order });
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });

  test('that is about nothing of ours is foreign', async () => {
    const order = await bench().order();
    const fact = order.provider.checkout({ id: 'cs_foreign', order: null });
    expect(await bench().settle(fact)).toEqual({ outcome: 'foreign' });
    expect(await bench().settle({ ...fact, order: 'no id of ours' })).toEqual({ outcome: 'foreign' });
    // It says that it tops up a wallet: paid, it is money that somebody has to look at.
    const topup = { ...fact, isTopup: true as const, paid: 'paid' as const };
    expect(await bench().settle(topup)).toEqual({ outcome: 'parked', reason: 'no_order', order: null });
    expect(await bench().settle({ ...topup, paid: 'unpaid' })).toEqual({ outcome: 'foreign' });
  });

  test('is finished by the next call when the ledger was away', async () => {
    const order = await bench().order();
    const away: LedgerWriter['submit'] = () => Promise.reject(new Refusal('LEDGER_UNAVAILABLE', 'away'));
    const settle = openSettle({ db: bench().db, writer: { submit: away }, clock: systemClock });
    const [fact] = order.provider.take('pay');
    if (!fact) throw new Error('no fact');
    await expect(settle(fact)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(await bench().stateOf(order)).toMatchObject({ state: 'paid', availableMicros: 0n });
    await bench().settle(fact);
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });

  test('is not credited twice when the note of its entry was lost', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    await bench().db.raw('UPDATE order_movement SET entry_seq = NULL, cards_moved = NULL WHERE order_id = ?', [
      order.order,
    ]);
    await bench().settle(order.provider.checkout());
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });
});

describe('what does not fit the order', () => {
  test.each([
    ['test money', { mode: 'test' }, 'wrong_mode'],
    ['another currency', { currency: 'eur' }, 'wrong_currency'],
    ['another price', { subtotalMinor: 100n, totalMinor: 100n }, 'wrong_amount'],
    ['a discount', { totalMinor: 100n, discountMinor: 2_400n }, 'discounted'],
    ['nothing to pay', { paid: 'nothing_due', payment: null }, 'nothing_due'],
    ['another checkout that names it', { id: 'cs_other' }, 'other_session'],
  ] as const)('%s parks it with the reason, and credits nothing', async (_, change, reason) => {
    const order = await bench().order();
    order.provider.take('pay');
    const parked = { outcome: 'parked', reason, order: order.order };
    expect(await bench().settle(order.provider.checkout(change))).toEqual(parked);
    expect(await findOrder(bench().db, order.order)).toMatchObject({ state: 'parked', reason });
    expect(await entriesOf(order)).toEqual([]);
  });

  test('what another account says of an order changes nothing', async () => {
    const order = await bench().order();
    order.provider.take('pay');
    const fact = order.provider.checkout({ account: `stripe:${order.org}` });
    expect(await bench().settle(fact)).toEqual({ outcome: 'parked', reason: 'other_account', order: null });
    expect(await bench().stateOf(order)).toMatchObject({ state: 'awaiting_payment', availableMicros: 0n });
  });

  test('a credited order stays credited, whatever else comes', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    // Money at another checkout is not ours to keep: a person has to see it.
    expect(await bench().settle(order.provider.checkout({ id: 'cs_other' }))).toMatchObject({ outcome: 'parked' });
    await bench().settle(order.provider.checkout({ mode: 'test' }));
    await bench().settle(order.provider.checkout({ state: 'open', paid: 'unpaid' }));
    expect(await bench().stateOf(order)).toMatchObject({ state: 'credited', availableMicros: 25_000_000n });
  });

  test('a refund in another currency, mode or of another payment takes nothing', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    order.provider.take('refund the rest');
    for (const [change, reason] of [
      [{ currency: 'eur' }, 'wrong_currency'],
      [{ mode: 'test' }, 'wrong_mode'],
      [{ payment: 'pi_other' }, 'other_payment'],
    ] as const) {
      expect(await bench().settle(order.provider.refund(0, change))).toMatchObject({ outcome: 'parked', reason });
    }
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });
});

describe('an early warning', () => {
  test('freezes what the payment brought until it is over, and not what it brings back', async () => {
    const { db, database, stateOf } = bench();
    const order = await bench().order();
    await live(order, 'pay', 'warning');
    const frozenLots = new FrozenLots(db);
    const ledger = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000, frozenLots });
    try {
      await frozenLots.refresh();
      await expect(ledger.submit(debitOf(order.wallet, 1n))).rejects.toMatchObject({
        code: 'CREDIT_INSUFFICIENT',
        details: { kind: 'frozen', frozenUsd: '25.00' },
      });
      expect(await findStanding(db, order.wallet, new Date())).toMatchObject({ frozen: 25_000_000n });
      await bench().settle(order.provider.warning({ actionable: false }));
      await frozenLots.refresh();
      await ledger.submit(debitOf(order.wallet, 1n));
      expect(await stateOf(order)).toMatchObject({ availableMicros: 24_000_000n });
      expect(await findStanding(db, order.wallet, new Date())).toMatchObject({ frozen: 0n });
    } finally {
      await ledger.stop();
    }
  });

  test('that comes before the credit freezes it as it comes', async () => {
    const order = await bench().order();
    const facts = [...order.provider.take('pay'), ...order.provider.take('warning')];
    for (const fact of facts.toReversed()) await bench().settle(fact);
    expect(await findStanding(bench().db, order.wallet, new Date())).toMatchObject({ frozen: 25_000_000n });
  });

  test('an older reading of it changes nothing after a newer one', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    const [open] = order.provider.take('warning');
    await bench().settle(order.provider.warning({ actionable: false }));
    if (open) await bench().settle(open);
    expect(await findStanding(bench().db, order.wallet, new Date())).toMatchObject({ frozen: 0n });
  });
});

describe('what goes back to the payer', () => {
  test('is taken from the credit by its share, all of it with the last cent, and returns when it fails', async () => {
    const order = await bench().order({ taxMinor: 500n });
    await live(order, 'pay', 'refund a part', 'refund the rest');
    expect(await entriesOf(order)).toEqual([
      CREDIT,
      ['CLAWBACK', '-8333333', 0, 'assets:stripe'],
      ['GRANT_REVERSAL', '0', -3, null],
      ['CLAWBACK', '-16666667', 0, 'assets:stripe'],
      ['GRANT_REVERSAL', '0', -7, null],
    ]);
    expect(await bench().stateOf(order)).toMatchObject({ availableMicros: 0n, depositedMicros: 0n, giftCards: 0 });
    await live(order, 'refund fails', 'refund fails');
    expect(await bench().stateOf(order)).toMatchObject({
      takenMicros: 0n,
      availableMicros: 25_000_000n,
      depositedMicros: 25_000_000n,
      giftCards: 10,
    });
  });

  test('a dispute takes nothing as an inquiry, all when the money goes, and gives it back when it is won', async () => {
    const order = await bench().order();
    await live(order, 'pay', 'inquiry');
    expect(await bench().stateOf(order)).toMatchObject({ takenMicros: 0n });
    await live(order, 'dispute');
    expect(await bench().stateOf(order)).toMatchObject({ takenMicros: 25_000_000n, giftCards: 0 });
    await live(order, 'lose', 'appeal won');
    expect(await bench().stateOf(order)).toMatchObject({
      takenMicros: 0n,
      availableMicros: 25_000_000n,
      giftCards: 10,
    });
    const steps = (await listSteps(bench().db, [order.order])).get(order.order) ?? [];
    expect(steps.map(({ what }) => what).filter((what) => what.startsWith('dispute_'))).toEqual([
      'dispute_opened',
      'dispute_funds_withdrawn',
      'dispute_closed',
      'dispute_funds_reinstated',
      'dispute_closed',
    ]);
  });

  test('a refund and a dispute of one payment take no more than it was worth', async () => {
    const order = await bench().order();
    await live(order, 'pay', 'refund a part', 'dispute');
    expect(await bench().stateOf(order)).toMatchObject({ takenMicros: 25_000_000n, availableMicros: 0n });
  });

  test('credit that is spent becomes debt, and a card that was used does not come twice', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    const { ledger } = bench();
    await ledger.submit(debitOf(order.wallet, 20n));
    const card: Command = { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: 600_000 };
    await ledger.submit({ ...debitOf(order.wallet, 1n), command: card });
    await live(order, 'dispute');
    expect(await bench().stateOf(order)).toMatchObject({ availableMicros: -20_000_000n, giftCards: 0 });
    await live(order, 'win');
    expect(await bench().stateOf(order)).toMatchObject({ availableMicros: 5_000_000n, giftCards: 9 });
  });

  test('is taken even where an operator took the deposit back by hand before', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    const byHand = { type: 'CLAWBACK', contra: 'assets:clawbacks', mayOwe: true } as const;
    await bench().ledger.submit({
      ...debitOf(order.wallet, 25n),
      command: { op: 'debit', amountMicros: 25_000_000n, ...byHand },
    });
    await live(order, 'refund the rest');
    expect(await bench().stateOf(order)).toMatchObject({ takenMicros: 25_000_000n, availableMicros: -25_000_000n });
  });

  test('an older reading of a refund or a dispute changes nothing after a newer one', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    const facts = (['refund a part', 'refund fails', 'dispute', 'win'] as const).flatMap((step) =>
      order.provider.take(step),
    );
    for (const fact of facts.toReversed()) await bench().settle(fact);
    expect(await bench().stateOf(order)).toMatchObject({ takenMicros: 0n, availableMicros: 25_000_000n });
    expect(await entriesOf(order)).toEqual([CREDIT]);
  });

  test('is read again when the stored reading of a dispute or a refund has a later time', async () => {
    const order = await bench().order();
    await live(order, 'pay');
    for (const [first, then] of [
      ['inquiry', 'dispute'],
      ['refund a part', 'refund fails'],
    ] as const) {
      const [early] = order.provider.take(first);
      const [late] = order.provider.take(then);
      if (!early || !late) throw new Error('no fact');
      await bench().settle({ ...early, readAtMs: late.readAtMs + 60_000 });
      expect(await bench().settle(late)).toMatchObject({ outcome: 'wait' });
    }
  });

  test('that is reported before the payment is taken once the payment is there', async () => {
    const order = await bench().order();
    const facts: ProviderFact[] = [...order.provider.take('pay'), ...order.provider.take('refund a part')];
    for (const fact of facts.toReversed()) await bench().settle(fact);
    expect(await bench().stateOf(order)).toMatchObject({ state: 'credited', takenMicros: 8_330_000n });
  });
});
