/**
 * What a debit pays for the check that its predecessor is in the database: two writers in turns of a second, one of which
 * sends the same statement without that check. It exists here only.
 */
import type pg from 'pg';
import { systemClock } from '../src/core/clock.ts';
import { LedgerConnection } from '../src/db/ledger/connection.ts';
import { INSERT_AFTER_ONE, INSERT_ENTRIES, insertWhere } from '../src/db/ledger/entry-columns.ts';
import { LedgerLane } from '../src/db/ledger/lane.ts';
import type { Row } from '../src/db/rows.ts';
import { debitOf, openLedgerWorld, type LedgerWorld } from './support/ledger-world.ts';
import { closedLoop } from './support/load.ts';
import { median, readSettings } from './support/rounds.ts';

const CALLERS = 256;
const WALLETS = 10_000;
const DEBIT_MICROS = 10_000n;
const LIMITS = { batchSizeMax: 400, queueLengthMax: 20_000, headsMax: 20_000 };
/** Takes the parameters of the check and looks nothing up. */
const UNCHECKED = insertWhere('cardinality($2::uuid[]) + cardinality($3::bigint[]) + cardinality($4::bytea[]) >= 0');

class UncheckedConnection extends LedgerConnection {
  protected override async query(
    name: string | undefined,
    text: string,
    values: unknown[],
    epoch?: number,
  ): Promise<pg.QueryResult<Row>> {
    const isChecked = text === INSERT_AFTER_ONE || text === INSERT_ENTRIES;
    return super.query(name, isChecked ? UNCHECKED : text, values, epoch);
  }
}

interface Side {
  readonly lane: LedgerLane;
  readonly wallets: readonly string[];
  /** Debits a second, one for each turn. */
  readonly rates: number[];
  accepted: bigint;
}

/** Entry point of `npm run bench -- predecessor`. */
export async function run(options: readonly string[]): Promise<void> {
  const { rounds, seconds } = readSettings(options, { rounds: 12, seconds: 1 });
  const world = await openLedgerWorld();
  try {
    for (const [load, count] of [
      ['one wallet', 1],
      ['10,000 wallets', WALLETS],
    ] as const) {
      const checked = await openSide(world, new LedgerConnection(world.url, systemClock), count);
      const unchecked = await openSide(world, new UncheckedConnection(world.url, systemClock), count);
      const ratios: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const order = [checked, unchecked, unchecked, checked];
        if (round % 2 === 1) order.push(...order.splice(0, 1));
        await world.checkpoint();
        const before = [checked.rates.length, unchecked.rates.length];
        for (const side of order) await spend(side, seconds);
        const ratio = sum(checked.rates.slice(before[0])) / sum(unchecked.rates.slice(before[1]));
        // The first round warms both up.
        if (round > 0) ratios.push(ratio);
        console.error(`${load}, round ${round}/${rounds}: ${ratio.toFixed(3)} of the debits without the check`);
      }
      for (const { lane, wallets, accepted } of [checked, unchecked]) {
        await world.audit(wallets, accepted * DEBIT_MICROS);
        await lane.stop();
      }
      console.log(
        `${load}, ${CALLERS} callers: ${Math.round(median(checked.rates))}/s with the check, ` +
          `${Math.round(median(unchecked.rates))}/s without; median of the rounds' ratios ${median(ratios).toFixed(3)} ` +
          `(${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)})`,
      );
    }
  } finally {
    await world.close();
  }
}

async function openSide(world: LedgerWorld, connection: LedgerConnection, count: number): Promise<Side> {
  const onTrouble = (message: string, error: unknown): void => console.error(message, error);
  const lane = new LedgerLane({ connection, clock: systemClock, deadlineMs: 30_000, limits: LIMITS, onTrouble });
  return { lane, wallets: await world.addWallets(count), rates: [], accepted: 0n };
}

async function spend(side: Side, seconds: number): Promise<void> {
  const { lane, wallets, rates } = side;
  const { opsPerSecond } = await closedLoop(CALLERS, seconds, async () => {
    await lane.submit(debitOf(wallets[Math.floor(Math.random() * wallets.length)] ?? ''));
    side.accepted += 1n;
  });
  rates.push(opsPerSecond);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
