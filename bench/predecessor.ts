/**
 * What a debit pays for the check that its predecessor is in the database: two writers take turns of a quarter of a second,
 * one of which sends the same statement without that check. Such a writer exists here only.
 */
import type pg from 'pg';
import { systemClock } from '../src/core/clock.ts';
import { LedgerConnection } from '../src/db/ledger/connection.ts';
import { INSERT_AFTER_ONE, INSERT_ENTRIES, insertWhere } from '../src/db/ledger/entry-columns.ts';
import { LedgerLane } from '../src/db/ledger/lane.ts';
import type { Row } from '../src/db/rows.ts';
import { postgresCpu, usedBetween } from './support/cpu.ts';
import { debitOf, openLedgerWorld, type LedgerWorld } from './support/ledger-world.ts';
import { closedLoop } from './support/load.ts';
import { median, readSettings } from './support/rounds.ts';

const CALLERS = 256;
const LOADS = [
  ['one wallet', 1],
  ['10,000 wallets', 10_000],
] as const;
const TURN_SECONDS = 0.25;
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

/** One of the two writers, with what it has done in the current round. */
interface Side {
  readonly lane: LedgerLane;
  readonly wallets: readonly string[];
  accepted: bigint;
  debits: number;
  seconds: number;
  /** Of Node and of PostgreSQL. */
  cpuMicros: number;
}

/** Entry point of `npm run bench -- predecessor`. */
export async function run(options: readonly string[]): Promise<void> {
  const { rounds, seconds } = readSettings(options, { rounds: 5, seconds: 16 });
  const world = await openLedgerWorld();
  try {
    for (const [load, count] of LOADS) {
      const checked = await openSide(world, new LedgerConnection(world.url, systemClock), count);
      const unchecked = await openSide(world, new UncheckedConnection(world.url, systemClock), count);
      // Warms both up.
      await measure(world, [checked, unchecked], 4);
      const [rates, costs]: [number[], number[]] = [[], []];
      for (let round = 1; round <= rounds; round += 1) {
        await measure(world, [checked, unchecked], seconds);
        rates.push(rateOf(checked) / rateOf(unchecked));
        costs.push(costOf(checked) / costOf(unchecked));
        const about = [checked, unchecked].map(
          (side) => `${Math.round(rateOf(side))}/s, ${costOf(side).toFixed(2)} us`,
        );
        console.error(`round ${round}/${rounds}  ${load}: ${about.join(' with the check; ')} without it`);
      }
      console.log(
        `${load}: debits a second x ${spread(rates)}, CPU a debit x ${spread(costs)} of those without the check`,
      );
      for (const { lane, wallets, accepted } of [checked, unchecked]) {
        await world.audit(wallets, accepted * DEBIT_MICROS);
        await lane.stop();
      }
    }
  } finally {
    await world.close();
  }
}

async function openSide(world: LedgerWorld, connection: LedgerConnection, count: number): Promise<Side> {
  const onTrouble = (message: string, error: unknown): void => console.error(message, error);
  const lane = new LedgerLane({ connection, clock: systemClock, deadlineMs: 30_000, limits: LIMITS, onTrouble });
  return { lane, wallets: await world.addWallets(count), accepted: 0n, debits: 0, seconds: 0, cpuMicros: 0 };
}

/** Turns in the order a, b, b, a, so that what gets slower or faster meanwhile does so for both. */
async function measure(world: LedgerWorld, [a, b]: readonly [Side, Side], seconds: number): Promise<void> {
  await world.checkpoint();
  for (const side of [a, b]) Object.assign(side, { debits: 0, seconds: 0, cpuMicros: 0 });
  for (let turn = 0; turn < seconds / TURN_SECONDS / 4; turn += 1) {
    for (const side of [a, b, b, a]) await spend(world, side);
  }
}

async function spend(world: LedgerWorld, side: Side): Promise<void> {
  const { lane, wallets } = side;
  const [server, own] = [await postgresCpu(world.client), process.cpuUsage()];
  const { calls, opsPerSecond } = await closedLoop(CALLERS, TURN_SECONDS, async () => {
    await lane.submit(debitOf(wallets[Math.floor(Math.random() * wallets.length)] ?? ''));
    side.accepted += 1n;
  });
  const { user, system } = process.cpuUsage(own);
  side.cpuMicros += user + system + usedBetween(server, await postgresCpu(world.client));
  side.debits += calls;
  side.seconds += calls / opsPerSecond;
}

function rateOf({ debits, seconds }: Side): number {
  return debits / seconds;
}

function costOf({ cpuMicros, debits }: Side): number {
  return cpuMicros / debits;
}

function spread(ratios: readonly number[]): string {
  return `${median(ratios).toFixed(3)} (${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)})`;
}
