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
      { name: 'deposits, idle', run: deposits(world, hot, async () => Promise.resolve()) },
      { name: 'deposits beside 80 debits a second', run: deposits(world, hot, pacedDebits(world, hot)) },
      { name: 'deposits beside debits without a pause', run: deposits(world, hot, allDebits(world, hot)) },
    ];
    const measures = await runRounds(cells, readSettings(options));
    const p50 = (name: string): number => median((measures.get(name) ?? []).map(({ p50Ms }) => p50Ms ?? 0));
    const p95 = (name: string): number => median((measures.get(name) ?? []).map(({ p95Ms }) => p95Ms ?? 0));
    report(measures, {
      'quiet org, 100,000 micro-deposits / one deposit, p50':
        p50('quiet org beside 100,000 micro-deposits') / p50('quiet org beside one deposit'),
      'deposits, idle, p95 ms': p95('deposits, idle'),
      'deposits, beside 80 debits a second / idle, p50':
        p50('deposits beside 80 debits a second') / p50('deposits, idle'),
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
function deposits(world: LedgerWorld, wallet: string, debit: Debits): Cell['run'] {
  return async (seconds): Promise<Measure> => {
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
    latencies.sort((a, b) => a - b);
    const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
    return { opsPerSecond: latencies.length / seconds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
  };
}
