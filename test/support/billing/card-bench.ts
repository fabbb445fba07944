/** Card orders on a database and a ledger of their own, settled without HTTP. */
import { afterAll, beforeAll } from 'vitest';
import { openSettle } from '../../../src/payments/settle.ts';
import type { Settle } from '../../../src/payments/port.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import { takenNow } from '../../../src/core/billing/take-back.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { bindCheckout, makeCardOrder } from '../../../src/db/billing/checkouts.ts';
import { listMovements } from '../../../src/db/billing/movements.ts';
import { findOrder } from '../../../src/db/billing/orders.ts';
import { openDatabase, type DatabasePool } from '../../../src/db/database.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import type { TestDatabase } from '../process/database-server.ts';
import { createTestDatabase } from '../process/database.ts';
import { queryRows } from '../process/query.ts';
import { verifyHashChains } from '../chains/bench.ts';
import { ProviderInMemory } from './provider.ts';

export interface CardOrder {
  readonly org: string;
  readonly wallet: string;
  readonly order: string;
  readonly provider: ProviderInMemory;
}

/** What became of an order and its wallet. */
export interface CardState {
  readonly state: string | undefined;
  readonly takenMicros: bigint;
  readonly availableMicros: bigint;
  readonly depositedMicros: bigint;
  readonly giftCards: number;
}

export interface CardBench {
  readonly db: DatabasePool;
  readonly ledger: LedgerWriter;
  readonly database: TestDatabase;
  readonly settle: Settle;
  /** A new org with an order, whose checkout is bound unless `bound` is false. Price in cents. */
  readonly order: (price?: { priceMinor?: bigint; taxMinor?: bigint; bound?: boolean }) => Promise<CardOrder>;
  readonly bind: (order: CardOrder) => Promise<void>;
  readonly stateOf: (order: CardOrder) => Promise<CardState>;
}

const GIFT_CARDS = 10;

/** Opens a bench for a file of tests. */
export function useCardBench(): () => CardBench {
  let bench: CardBench | undefined;
  beforeAll(async () => {
    const database = await createTestDatabase();
    const db = openDatabase(database.appUrl);
    const ledger = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
    bench = benchOf(database, db, ledger);
  });
  afterAll(async () => {
    if (!bench) return;
    await verifyHashChains(bench.db);
    await bench.ledger.stop();
    await bench.db.destroy();
    await bench.database.drop();
  });
  return () => {
    if (!bench) throw new Error('no test is running');
    return bench;
  };
}

function benchOf(database: TestDatabase, db: DatabasePool, ledger: LedgerWriter): CardBench {
  const bind: CardBench['bind'] = async ({ order, provider }) => {
    await bindCheckout(db, { order, session: provider.session, url: 'https://pay.example', at: new Date() });
  };
  return {
    db,
    ledger,
    database,
    settle: openSettle({ db, writer: ledger, clock: systemClock }),
    bind,
    order: async ({ priceMinor = 2_500n, taxMinor = 0n, bound = true } = {}) => {
      const [org, order] = [uuidV7(Date.now()), uuidV7(Date.now())];
      await createOrg(db, { id: org, name: 'Test', externalId: null, createdAt: new Date() });
      await makeCardOrder(db, {
        id: order,
        org,
        pack: 'growth',
        product: null,
        priceMicros: priceMinor * 10_000n,
        creditMicros: priceMinor * 10_000n,
        bonusMicros: 0n,
        freeGiftCards: GIFT_CARDS,
        metadata: {},
        openedAt: new Date(),
        account: 'stripe',
        mode: 'live',
        currency: 'usd',
        priceMinor,
        successUrl: 'https://shop.example/yes',
        cancelUrl: 'https://shop.example/no',
        request: { key: order, hash: 'asked' },
        limits: { checkoutsPerHour: 10, openOrders: 20, failedPerDay: 5 },
      });
      const made = {
        org,
        wallet: walletId({ kind: 'org', id: org }),
        order,
        provider: new ProviderInMemory(order, { priceMinor, taxMinor }),
      };
      if (bound) await bind(made);
      return made;
    },
    stateOf: async ({ order, wallet }) => {
      const last = await queryRows<{ available: string; deposited: string; gift_available: number }>(
        db,
        'SELECT available, deposited, gift_available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
        [wallet],
      );
      const movements = (await listMovements(db, [order])).get(order) ?? [];
      return {
        state: (await findOrder(db, order))?.state,
        takenMicros: takenNow(movements),
        availableMicros: BigInt(last.rows[0]?.available ?? 0),
        depositedMicros: BigInt(last.rows[0]?.deposited ?? 0),
        giftCards: last.rows[0]?.gift_available ?? 0,
      };
    },
  };
}
