/** From which lots an order's credit is taken back and where it returns, and what a freeze does to the status of a balance. */
import { describe, expect, test } from 'vitest';
import { recordSuspensionEvent } from '../../src/db/access/suspension-events.ts';
import { listStaleLogs, projectLog } from '../../src/db/events/projection.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import { useCardBench, type CardOrder } from '../support/billing/card-bench.ts';
import type { ProviderStep } from '../support/billing/provider.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

const bench = useCardBench();

/** Takes steps at the provider and settles what it says of them. */
async function live(order: CardOrder, ...steps: readonly ProviderStep[]): Promise<void> {
  for (const step of steps) for (const fact of order.provider.take(step)) await bench().settle(fact);
}

describe('credit with a bonus above the price', () => {
  /** An order of 25.00 with 5.00 on top, paid. Lots: 1 is what was paid for, 2 is what came on top. */
  const withBonus = async (): Promise<CardOrder> => {
    const order = await bench().order();
    await bench().db.raw('UPDATE pack_order SET bonus = 5000000 WHERE id = ?', [order.order]);
    await live(order, 'pay');
    return order;
  };
  const drawsOf = async ({ wallet }: CardOrder): Promise<unknown[]> => {
    const { rows } = await queryRows<{ type: string; lot: string | null; available_delta: string }>(
      bench().db,
      'SELECT type, lot, available_delta FROM entry WHERE wallet = ? AND seq > 2 AND available_delta <> 0 ORDER BY seq',
      [wallet],
    );
    return rows.map(({ type, lot, available_delta: delta }) => [type, lot, delta]);
  };
  const grant = (wallet: string, usd: bigint, expiresAtMs: number | null): Parameters<LedgerWriter['submit']>[0] => ({
    ...debitOf(wallet, usd),
    command: {
      op: 'credit',
      type: 'GRANT',
      contra: 'expenses:promo',
      amountMicros: usd * 1_000_000n,
      terms: {
        source: 'grant',
        priority: 50,
        promotional: true,
        refundable: false,
        transferable: false,
        expiresAtMs,
      },
    },
  });

  test('both parts are drawn from the paid lot, then from the bonus lot, and return to the lot they came from', async () => {
    const order = await withBonus();
    await live(order, 'refund a part');
    expect(await drawsOf(order)).toEqual([
      ['CLAWBACK', '1', '-8330000'],
      ['GRANT_REVERSAL', '1', '-1666000'],
    ]);
    await live(order, 'refund fails');
    expect((await drawsOf(order)).slice(2)).toEqual([
      ['CLAWBACK_REVERSAL', '1', '8330000'],
      ['GRANT_REVERSAL', '1', '1666000'],
    ]);
    expect(await bench().stateOf(order)).toMatchObject({ availableMicros: 30_000_000n, giftCards: 10 });
  });

  test('its bonus lot comes before credit of others that is spent sooner, and what was debt returns to its own lot', async () => {
    const order = await withBonus();
    const { ledger } = bench();
    await ledger.submit(debitOf(order.wallet, 12n));
    await ledger.submit(grant(order.wallet, 2n, Date.now() + 86_400_000));
    await live(order, 'dispute');
    // 5.00 of the bonus and 7.00 of what was paid are spent; 18.00 are left of it.
    expect((await drawsOf(order)).slice(3)).toEqual([
      ['CLAWBACK', '1', '-18000000'],
      ['CLAWBACK', '5', '-2000000'],
      ['CLAWBACK', null, '-5000000'],
      ['GRANT_REVERSAL', null, '-5000000'],
    ]);
    await live(order, 'win');
    expect((await drawsOf(order)).slice(7)).toEqual([
      ['CLAWBACK_REVERSAL', '1', '25000000'],
      ['GRANT_REVERSAL', '2', '5000000'],
    ]);
    expect(await bench().stateOf(order)).toMatchObject({ takenMicros: 0n, availableMicros: 20_000_000n });
  });

  test('the bonus lot is next where the paid lot is empty, and gets back what it gave', async () => {
    const order = await withBonus();
    const { ledger } = bench();
    // Freed from its hold, the bonus is there again after all that was paid is spent.
    await ledger.submit(debitOf(order.wallet, 30n));
    await ledger.submit({
      ...debitOf(order.wallet, 5n),
      command: {
        op: 'credit',
        type: 'GRANT_REVERSAL',
        contra: 'expenses:promo',
        amountMicros: 5_000_000n,
        lot: 2,
        terms: {
          source: 'grant',
          priority: 50,
          promotional: true,
          refundable: false,
          transferable: false,
          expiresAtMs: null,
        },
      },
    });
    await ledger.submit(grant(order.wallet, 3n, Date.now() + 86_400_000));
    await live(order, 'refund a part');
    const spent = 3;
    expect((await drawsOf(order)).slice(spent + 1)).toEqual([
      ['CLAWBACK', '2', '-5000000'],
      ['CLAWBACK', '6', '-3000000'],
      ['CLAWBACK', null, '-330000'],
      ['GRANT_REVERSAL', null, '-1666000'],
    ]);
    await live(order, 'refund fails');
    expect((await drawsOf(order)).slice(spent + 5)).toEqual([
      ['CLAWBACK_REVERSAL', '1', '3330000'],
      ['CLAWBACK_REVERSAL', '2', '5000000'],
      ['GRANT_REVERSAL', '2', '1666000'],
    ]);
  });
});

describe('a freeze', () => {
  test('is a change of the status, since the status goes by what can be spent, and so is its end', async () => {
    const order = await bench().order();
    const { db, ledger } = bench();
    const low = 'UPDATE org_settings SET low_balance_threshold = 10000000, thresholds_revision = 1 WHERE org = ?';
    await db.raw(low, [order.org]);
    const changes = async (): Promise<unknown[]> => {
      const { stale } = await listStaleLogs(db, { after: undefined, limit: 1_000 });
      if (stale.includes(order.org)) await projectLog(db, order.org);
      const { rows } = await queryRows<{ data: Record<string, unknown> }>(
        db,
        "SELECT data FROM event WHERE log = ? AND kind = 'balance.status_changed' ORDER BY position",
        [order.org],
      );
      return rows.map(({ data }) => [data['previousStatus'], data['status'], data['cause'], data['availableUsd']]);
    };
    await live(order, 'pay');
    const paid = ['SUSPENDED', 'OK', 'entry', '25.00'];
    expect(await changes()).toEqual([paid]);
    await live(order, 'warning');
    const frozen = ['OK', 'SUSPENDED', 'freeze', '25.00'];
    expect(await changes()).toEqual([paid, frozen]);
    await bench().settle(order.provider.warning());
    expect(await changes()).toEqual([paid, frozen]);
    // What comes beside a frozen lot can be spent: 5.00 is below the threshold of 10.00.
    await ledger.submit({ ...depositOf(order.wallet, 5n) });
    const beside = ['SUSPENDED', 'LOW', 'entry', '30.00'];
    expect(await changes()).toEqual([paid, frozen, beside]);
    await live(order, 'refund a part');
    expect(await changes()).toEqual([paid, frozen, beside]);
    await bench().settle(order.provider.warning({ actionable: false }));
    expect(await changes()).toEqual([paid, frozen, beside, ['LOW', 'OK', 'freeze', '21.67']]);
  });

  test('a suspension that ends while lots are frozen says the status that follows from what can be spent', async () => {
    const order = await bench().order();
    const { db } = bench();
    await live(order, 'pay', 'warning');
    await projectLog(db, order.org);
    await db.transaction(async (trx) => {
      await recordSuspensionEvent(trx, { org: order.org, suspended: false, at: new Date() });
    });
    const { rows } = await queryRows<{ data: unknown }>(db, 'SELECT data FROM event_pending WHERE log = ?', [
      order.org,
    ]);
    expect(rows).toMatchObject([{ data: { status: 'SUSPENDED', availableUsd: '25.00', cause: 'suspension' } }]);
  });
});
