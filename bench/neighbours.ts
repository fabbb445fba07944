/**
 * What one org's ledger costs another one: the debits of a quiet org beside those of a busy one, which has one deposit or
 * 100,000 micro-deposits; and the deposits that a second writer makes to a wallet: idle, debited 80 times a second, and
 * debited without a pause.
 */
import { systemClock } from '../src/core/clock.ts';
import { openLedgerWriter } from '../src/db/ledger/writer.ts';
import { debitOf, fundingOf, openLedgerWorld, type LedgerWorld } from './support/ledger-world.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { closedLoop, openLoop } from './support/load.ts';
import { median, readSettings, report, runRounds, type Cell, type Measure } from './support/rounds.ts';

const MICRO_DEPOSITS = 100_000;
/** Submitted together while the busy wallet is filled. */
const AT_ONCE = 5_000;
const BUSY_CALLERS = 8;
const DEBITS_PER_SECOND = 80;
/** Between two deposits: while there are debits, some come in between, so that what the writer remembers is outdated. */
const DEPOSIT_PAUSE_MS = 30;
/** So many micro-deposits in one debit of the busy org. */
const MICROS_SPENT = 10n;

/** Entry point of `npm run bench -- neighbours`. */
export async function run(options: readonly string[]): Promise<void> {
  const world = await openLedgerWorld();
  try {
    const [quiet = '', plain = '', hot = ''] = await world.addWallets(3);
    /** How long each deposit took, by cell. */
    const waits = new Map<string, number[]>();
    const deposits = (name: string, debit: Debits): Cell => ({
      name,
      run: async (seconds) => {
        const [latencies, measure] = await depositBeside(world, hot, seconds, debit);
        waits.set(name, [...(waits.get(name) ?? []), ...latencies]);
        return measure;
      },
    });
    let filling: Promise<string> | undefined;
    // It takes a minute, so that it is done for those who measure it only.
    const crowded = async (): Promise<string> => (filling ??= addMicroDeposits(world));
    const cells: Cell[] = [
      { name: 'quiet org alone', run: beside(world, quiet, []) },
      { name: 'quiet org beside one deposit', run: beside(world, quiet, [plain]) },
      {
        name: 'quiet org beside 100,000 micro-deposits',
        run: async (seconds) => beside(world, quiet, [await crowded()])(seconds),
      },
      {
        name: 'own debits over micro-deposits',
        run: async (seconds) => closedLoop(1, seconds, spend(world, await crowded())),
      },
      deposits('deposits, idle', async () => Promise.resolve()),
      deposits('deposits beside 80 debits a second', pacedDebits(world, hot)),
      deposits('deposits beside debits without a pause', allDebits(world, hot)),
    ];
    // The disk of a machine is slower at one time than at another: short turns spread that over all cells.
    const measures = await runRounds(cells, readSettings(options, { rounds: 15, seconds: 4 }));
    const p50 = (name: string): number => median((measures.get(name) ?? []).map(({ p50Ms }) => p50Ms ?? 0));
    // Of all rounds together: a short one has too few deposits for a 95th percentile of its own.
    const p95 = (name: string): number => percentile(waits.get(name) ?? [], 0.95);
    const p50All = (name: string): number => percentile(waits.get(name) ?? [], 0.5);
    report(measures, {
      'quiet org, 100,000 micro-deposits / one deposit, p50':
        p50('quiet org beside 100,000 micro-deposits') / p50('quiet org beside one deposit'),
      'deposits, idle, p95 ms': p95('deposits, idle'),
      'deposits, beside 80 debits a second / idle, p50':
        p50All('deposits beside 80 debits a second') / p50All('deposits, idle'),
      'deposits, beside 80 debits a second / idle, p95':
        p95('deposits beside 80 debits a second') / p95('deposits, idle'),
      'deposits, beside debits without a pause / idle, p95':
        p95('deposits beside debits without a pause') / p95('deposits, idle'),
    });
  } finally {
    await world.close();
  }
}

async function addMicroDeposits(world: LedgerWorld): Promise<string> {
  const [wallet = ''] = await world.addWallets(1);
  const { command, ...rest } = fundingOf(wallet);
  if (command.op !== 'credit') throw new Error('a funding is a credit');
  for (let done = 0; done < MICRO_DEPOSITS; done += AT_ONCE) {
    const all = Array.from({ length: AT_ONCE }, async () =>
      world.writer.submit({ ...rest, ...fundingKey(), command: { ...command, amountMicros: 1n } }),
    );
    await Promise.all(all);
  }
  return wallet;
}

function fundingKey(): { readonly key: string } {
  return { key: debitOf('').key };
}

/** One debit of the micro-deposits' wallet. */
function spend(world: LedgerWorld, wallet: string): () => Promise<void> {
  return async () => {
    const { command, ...rest } = debitOf(wallet);
    if (command.op !== 'debit') throw new Error('a debit is a debit');
    await world.writer.submit({ ...rest, command: { ...command, amountMicros: MICROS_SPENT } });
  };
}

function beside(world: LedgerWorld, quiet: string, busy: readonly string[]): Cell['run'] {
  return async (seconds) => {
    const loads = busy.map(async (wallet) => closedLoop(BUSY_CALLERS, seconds, spend(world, wallet)));
    const measure = await closedLoop(1, seconds, async () => {
      await world.writer.submit(debitOf(quiet));
    });
    await Promise.all(loads);
    return measure;
  };
}

type Debits = (seconds: number) => Promise<unknown>;

function pacedDebits(world: LedgerWorld, wallet: string): Debits {
  const callers = Array.from({ length: BUSY_CALLERS }, () => spend(world, wallet));
  return async (seconds) => openLoop(callers, { perSecond: DEBITS_PER_SECOND, seconds }, async (call) => call());
}

function allDebits(world: LedgerWorld, wallet: string): Debits {
  return async (seconds) => closedLoop(BUSY_CALLERS, seconds, spend(world, wallet));
}

/** Deposits by a second writer, as the detector's process has one, while the first debits the same wallet. */
async function depositBeside(
  world: LedgerWorld,
  wallet: string,
  seconds: number,
  debit: Debits,
): Promise<[latencies: number[], measure: Measure]> {
  const detector = openLedgerWriter({ url: world.url, clock: systemClock, deadlineMs: 10_000 });
  const { command, ...rest } = fundingOf(wallet);
  if (command.op !== 'credit') throw new Error('a funding is a credit');
  const latencies: number[] = [];
  try {
    const debits = debit(seconds);
    for (const end = performance.now() + seconds * 1_000; performance.now() < end;) {
      const start = performance.now();
      await detector.submit({ ...rest, ...fundingKey(), command: { ...command, amountMicros: 1_000n } });
      latencies.push(performance.now() - start);
      await sleep(DEPOSIT_PAUSE_MS);
    }
    await debits;
  } finally {
    await detector.stop();
  }
  const at = (share: number): number => percentile(latencies, share);
  return [latencies, { opsPerSecond: latencies.length / seconds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }];
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
