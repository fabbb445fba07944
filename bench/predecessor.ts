/**
 * What a debit pays for the check that its predecessor is in the database: two writers take turns of a quarter of a second,
 * one of which sends the same statement without that check. Such a writer exists here only. Beside them, two writers that
 * both leave it out show how far apart two equal ones come out.
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
}

/** What a side did in one turn or more. */
interface Work {
  debits: number;
  seconds: number;
  /** Of Node and of PostgreSQL. */
  cpuMicros: number;
}

/** Entry point of `npm run bench -- predecessor`. */
export async function run(options: readonly string[]): Promise<void> {
  const { rounds, seconds } = readSettings(options, { rounds: 5, seconds: 12 });
  const world = await openLedgerWorld();
  try {
    for (const [load, count] of LOADS) {
      const open = async (Kind: typeof LedgerConnection): Promise<Side> =>
        openSide(world, new Kind(world.url, systemClock), count);
      const checked = await open(LedgerConnection);
      const [unchecked, other] = [await open(UncheckedConnection), await open(UncheckedConnection)];
      // Warms all up.
      for (const side of [checked, unchecked, other]) await compare(world, [side, unchecked], 2);
      const [ratios, control]: [Ratio[], Ratio[]] = [[], []];
      for (let round = 1; round <= rounds; round += 1) {
        ratios.push(...(await compare(world, [checked, unchecked], seconds)));
        control.push(...(await compare(world, [other, unchecked], seconds)));
        console.error(`round ${round}/${rounds}  ${load}: so far ${shown(ratios)}; two equal ones ${shown(control)}`);
      }
      console.log(`${load}, with the check to without it: ${shown(ratios)}`);
      console.log(`${load}, both without it: ${shown(control)}`);
      for (const { lane, wallets, accepted } of [checked, unchecked, other]) {
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
  return { lane, wallets: await world.addWallets(count), accepted: 0n };
}

/** The first side's figure divided by the second's, over two turns of each. */
interface Ratio {
  readonly rate: number;
  readonly cpu: number;
}

/** Turns in the order a, b, b, a, so that what gets slower or faster meanwhile does so for both; a ratio for each four. */
async function compare(world: LedgerWorld, [a, b]: readonly [Side, Side], seconds: number): Promise<Ratio[]> {
  await world.checkpoint();
  const ratios: Ratio[] = [];
  for (let nth = 0; nth < seconds / TURN_SECONDS / 4; nth += 1) {
    const [ofA, ofB] = [noWork(), noWork()];
    await spend(world, a, ofA);
    await spend(world, b, ofB);
    await spend(world, b, ofB);
    await spend(world, a, ofA);
    ratios.push({ rate: rateOf(ofA) / rateOf(ofB), cpu: costOf(ofA) / costOf(ofB) });
  }
  return ratios;
}

function noWork(): Work {
  return { debits: 0, seconds: 0, cpuMicros: 0 };
}

async function spend(world: LedgerWorld, side: Side, work: Work): Promise<void> {
  const { lane, wallets } = side;
  const [server, own] = [await postgresCpu(world.client), process.cpuUsage()];
  const { calls, opsPerSecond } = await closedLoop(CALLERS, TURN_SECONDS, async () => {
    await lane.submit(debitOf(wallets[Math.floor(Math.random() * wallets.length)] ?? ''));
    side.accepted += 1n;
  });
  const { user, system } = process.cpuUsage(own);
  work.cpuMicros += user + system + usedBetween(server, await postgresCpu(world.client));
  work.debits += calls;
  work.seconds += calls / opsPerSecond;
}

function rateOf({ debits, seconds }: Work): number {
  return debits / seconds;
}

function costOf({ cpuMicros, debits }: Work): number {
  return cpuMicros / debits;
}

function shown(ratios: readonly Ratio[]): string {
  const rate = spread(ratios.map((ratio) => ratio.rate));
  return `debits a second x ${rate}, CPU a debit x ${spread(ratios.map(({ cpu }) => cpu))}`;
}

/**
 * The median, and between which of the sorted ratios it lies with 95 % confidence: the ranks n/2 -+ sqrt(n), from the
 * binomial distribution (a sign test).
 */
function spread(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((a, b) => a - b);
  const [middle, reach] = [sorted.length / 2, Math.sqrt(sorted.length)];
  const low = sorted[Math.max(0, Math.floor(middle - reach))] ?? 0;
  const high = sorted[Math.min(sorted.length - 1, Math.ceil(middle + reach))] ?? 0;
  return `${median(ratios).toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
