/** Cells measured in shuffled rounds and compared by their medians within one run. */
import { cpus, loadavg } from 'node:os';
import { toCount } from '../../src/core/integers.ts';

/** The result of one cell in one round. */
export interface Measure {
  readonly opsPerSecond: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  readonly cpuMicrosPerOp?: number;
}

export interface Cell {
  readonly name: string;
  /** Measures for about that long, then audits its own writes; throws when the audit fails. */
  readonly run: (seconds: number) => Promise<Measure>;
}

export interface Settings {
  readonly rounds: number;
  readonly seconds: number;
  /** Only cells whose name contains one of these; yardsticks always run. */
  readonly only: readonly string[];
}

/** Reads `--rounds`, `--seconds` and `--only a,b`. */
export function readSettings(options: readonly string[], defaults = { rounds: 5, seconds: 8 }): Settings {
  const value = (name: string): string | undefined => {
    const at = options.indexOf(name);
    return at === -1 ? undefined : options[at + 1];
  };
  return {
    rounds: toCount(value('--rounds') ?? String(defaults.rounds)),
    seconds: toCount(value('--seconds') ?? String(defaults.seconds)),
    only: value('--only')?.split(',') ?? [],
  };
}

/** Runs every cell once in each round, in a new random order each time; returns each cell's measures. */
export async function runRounds(cells: readonly Cell[], settings: Settings): Promise<Map<string, Measure[]>> {
  const chosen = cells.filter(
    ({ name }) => /^Y\d/.test(name) || settings.only.length === 0 || settings.only.some((part) => name.includes(part)),
  );
  const measures = new Map<string, Measure[]>(chosen.map(({ name }) => [name, []]));
  for (let nth = 1; nth <= settings.rounds; nth += 1) {
    for (const cell of shuffled(chosen)) {
      const measure = await cell.run(settings.seconds);
      measures.get(cell.name)?.push(measure);
      const latency =
        measure.p99Ms === undefined ? '' : `, p50 ${show(measure.p50Ms)} ms, p99 ${show(measure.p99Ms)} ms`;
      console.error(`round ${nth}/${settings.rounds}  ${cell.name}: ${show(measure.opsPerSecond)}/s${latency}`);
    }
  }
  return measures;
}

/** The median; the lower of the middle two for an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** Prints the machine, a table of medians with ratios to the yardsticks, and the ratios as one line of JSON. */
export function report(measures: ReadonlyMap<string, readonly Measure[]>, extra: Record<string, unknown> = {}): void {
  const medians = new Map(
    [...measures].map(([name, all]) => [name, median(all.map(({ opsPerSecond }) => opsPerSecond))]),
  );
  const yardsticks = [...medians].filter(([name]) => /^Y\d/.test(name));
  const ratios: Record<string, unknown> = {};
  const rows = [...measures].map(([name, all]) => {
    const rate = medians.get(name) ?? 0;
    const row: Record<string, string> = { load: name, 'ops/s': show(rate) };
    for (const [yardstick, reference] of yardsticks) {
      const label = yardstick.split(' ')[0] ?? yardstick;
      row[`x ${label}`] = show(rate / reference);
      if (!/^Y\d/.test(name)) ratios[`${name} / ${label}`] = round(rate / reference);
    }
    row['p50 ms'] = show(medianOf(all, 'p50Ms'));
    row['p99 ms'] = show(medianOf(all, 'p99Ms'));
    row['CPU us/op'] = show(medianOf(all, 'cpuMicrosPerOp'));
    return row;
  });
  console.log(
    `${cpus().length} x ${cpus()[0]?.model ?? '?'}, Node ${process.version}, load ${loadavg().map(round).join(' ')}`,
  );
  console.table(rows);
  console.log(JSON.stringify({ ...ratios, ...extra }));
}

function medianOf(all: readonly Measure[], key: 'p50Ms' | 'p99Ms' | 'cpuMicrosPerOp'): number | undefined {
  const values = all.map((measure) => measure[key]).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : median(values);
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function show(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
