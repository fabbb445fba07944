/**
 * The detector: how soon deposits are posted, how fast it catches up, what a scan costs. It reads one node, which
 * computes its blocks in a process of its own. `--blocks` and `--every` shape the catch-up; `--burst`, `--reorg` and
 * `--deposits` shape the other parts; `--only a,b` runs only those parts.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { toCount } from '../src/core/integers.ts';
import { DETECTOR_HEAP } from '../src/jobs/child.ts';
import { measureBurst, measureCatchUp, measureIdle, measurePosting, measureReorg } from './support/detector-runs.ts';
import { openDetectorWorld, type DetectorWorld } from './support/detector-world.ts';
import { median } from './support/rounds.ts';
import { measureScanCost, type ScanCost } from './support/scan-cost.ts';

const ADDRESSES = [1, 1_000, 10_000, 100_000];
/** Transfers of others in a block: a quiet token's, and about as many as USDC has in a block of Base. */
const FOREIGN_PER_BLOCK = [5, 200];

type Part = (world: DetectorWorld, value: (name: string, fallback: number) => number) => Promise<unknown>;

const PARTS: Readonly<Record<string, Part>> = {
  // First, because its memory is measured in this process.
  catchUp: async (world, value) => {
    const measured = await measureCatchUp(world, value('blocks', 1_000_000), value('every', 10));
    return { ...measured, wanted: 'ratio >= 0.5, rssMbMax < 300' };
  },
  postingPushed: async (world, value) => posting(await measurePosting(world, true, value('deposits', 20)), 2_000),
  postingPolled: async (world, value) => posting(await measurePosting(world, false, value('deposits', 20)), 5_000),
  burst: async (world, value) => {
    const deposits = value('burst', 20_000);
    return { deposits, ...(await measureBurst(world, deposits)), wanted: 'postedMs < 10000' };
  },
  reorg: async (world, value) => {
    const depth = value('reorg', 2_000);
    return { depth, ms: await measureReorg(world, depth), wanted: 'ms < 10000' };
  },
  idle: async (world) => ({ requestsPerDay: await measureIdle(world) }),
  scanCost: async (world) => {
    await world.node.mine(1_000);
    const costs: ScanCost[] = [];
    for (const addresses of ADDRESSES) {
      for (const foreign of FOREIGN_PER_BLOCK) costs.push(await measureScanCost(world, addresses, foreign));
    }
    console.table(costs);
    return costs;
  },
};

function posting(tookMs: readonly number[], wantedMs: number): object {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const p95Ms = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  return { deposits: tookMs.length, medianMs: median(tookMs), p95Ms, wanted: `p95Ms < ${wantedMs}` };
}

/** Entry point of `npm run bench -- detector`. */
export async function run(options: readonly string[]): Promise<void> {
  // Needs the heap size that the service gives a detector, which can only be set when a process starts.
  if (DETECTOR_HEAP.some((flag) => !process.execArgv.includes(flag))) {
    const child = fork(process.argv[1] ?? '', process.argv.slice(2), { execArgv: [...DETECTOR_HEAP] });
    const [code] = await once(child, 'exit');
    process.exitCode = code === 0 ? 0 : 1;
    return;
  }
  const text = (name: string): string | undefined =>
    options.includes(`--${name}`) ? options[options.indexOf(`--${name}`) + 1] : undefined;
  const value = (name: string, fallback: number): number => toCount(text(name) ?? fallback);
  const only = text('only')?.split(',');
  const results: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(PARTS)) {
    if (only !== undefined && !only.includes(name)) continue;
    // A database of its own for each part.
    const world = await openDetectorWorld();
    try {
      results[name] = await part(world, value);
    } finally {
      await world.close();
    }
    if (name !== 'scanCost') console.log(name, results[name]);
  }
  console.log(`${cpus().length} x ${cpus()[0]?.model ?? '?'}, Node ${process.version}, load ${loadavg().join(' ')}`);
  console.log(JSON.stringify(results));
}
