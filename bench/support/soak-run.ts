/**
 * A soak: for a set time, three detectors read two chains whose nodes fail and lie, with reorgs, kill -9 and pauses.
 * Then all trouble stops, and the books must match the chains.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomOf } from '../../devnet/rpc-proxy/faults.ts';
import { openDatabase, type Database } from '../../src/db/database.ts';
import { findBrokenHashes, findDifferences, findDoubles, listFacts } from './soak-audit.ts';
import { openSoakWorld, type SoakChain } from './soak-parties.ts';
import { queryRows } from '../../test/support/process/query.ts';

const REPLICAS = 3;
const PAUSE_MS_MAX = 900;
const DOWN_MS_MAX = 3_000;
/** Longer than a lease of these detectors. */
const STOPPED_MS = 2_500;
/** The deepest reorg; most are far shallower. */
const REORG_DEPTH_MAX = 60;
const AUDIT_EVERY_MS = 10_000;
/** How long the detectors have to recover once the trouble stops. */
const SETTLE_MS_MAX = 180_000;
const START_MS_MAX = 120_000;
const SETTLE_POLL_MS = 2_000;

export interface SoakOptions {
  /** Connection with the service's role to a migrated, empty database. */
  readonly databaseUrl: string;
  readonly minutes: number;
  /** The share of each RPC's calls that fail or lie, 0 to 1. */
  readonly faultShare: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface SoakReport {
  readonly minutes: number;
  readonly seed: number;
  readonly transfers: number;
  readonly credited: number;
  readonly reversed: number;
  readonly reorgs: number;
  readonly kills: number;
  readonly pauses: number;
  readonly faults: number;
  readonly rpcCalls: number;
  /** How long it took until the books were right once the trouble stopped. */
  readonly settledMs: number;
  readonly violations: readonly string[];
}

/** Runs a soak. Violations are in the returned report, not thrown. @throws when the soak cannot be set up. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const db = openDatabase(options.databaseUrl);
  const world = await openSoakWorld(db, options);
  const folder = mkdtempSync(join(tmpdir(), 'coffer-soak-'));
  const configPath = join(folder, 'config.json');
  writeFileSync(configPath, JSON.stringify(world.config));
  const env = { COFFER_CONFIG: configPath, DATABASE_URL: options.databaseUrl };
  const replicas = Array.from({ length: REPLICAS }, (_, nth) => new Replica(env, join(folder, `detector-${nth}.log`)));
  try {
    return await new Soak(options, { db, chains: world.chains, replicas }).run();
  } finally {
    await Promise.all(replicas.map(async (replica) => replica.kill()));
    await world.stop();
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A detector in a process of its own, restarted whenever it has ended. */
class Replica {
  readonly #env: NodeJS.ProcessEnv;
  readonly #logPath: string;
  #child: ChildProcess | undefined;

  constructor(env: NodeJS.ProcessEnv, logPath: string) {
    this.#env = env;
    this.#logPath = logPath;
  }

  start(): void {
    const out = openSync(this.#logPath, 'a');
    this.#child = spawn(process.execPath, ['test/support/run-detector.ts'], {
      cwd: join(import.meta.dirname, '..', '..'),
      stdio: ['ignore', out, out],
      env: { ...process.env, ...this.#env },
    });
    closeSync(out);
  }

  get isUp(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.isUp) return;
    const gone = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
    });
    child.kill('SIGKILL');
    await gone;
  }
}

class Soak {
  readonly #options: SoakOptions;
  readonly #db: Database;
  readonly #chains: readonly SoakChain[];
  readonly #replicas: readonly Replica[];
  readonly #random: () => number;
  readonly #violations = new Set<string>();
  /** Sent transactions with the block that included each, as far as known. */
  readonly #sent = new Map<SoakChain, { txHash: string; from: string; blockNumber: number }[]>();
  readonly #underWay = new Set<Promise<void>>();
  #counts = { transfers: 0, reorgs: 0, kills: 0, pauses: 0 };
  #auditedAtMs = 0;

  constructor(
    options: SoakOptions,
    { db, chains, replicas }: { db: Database; chains: readonly SoakChain[]; replicas: readonly Replica[] },
  ) {
    this.#options = options;
    this.#db = db;
    this.#chains = chains;
    this.#replicas = replicas;
    this.#random = randomOf(options.seed);
  }

  async run(): Promise<SoakReport> {
    const { minutes, seed, log } = this.#options;
    for (const replica of this.#replicas) replica.start();
    await this.#waitForFirstRounds();
    const endMs = Date.now() + minutes * 60_000;
    while (Date.now() < endMs) {
      await this.#act();
      await this.#audit();
      await sleep(this.#random() * PAUSE_MS_MAX);
    }
    log('the trouble is over; the books must come right');
    const settledMs = await this.#settle();
    const facts = (await Promise.all(this.#chains.map(async ({ chain }) => listFacts(this.#db, chain.caip2)))).flat();
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    const proxies = this.#chains.flatMap((one) => one.proxies);
    return {
      minutes,
      seed,
      ...this.#counts,
      credited: sum(facts.map(({ posted }) => posted)),
      reversed: sum(facts.map(({ reversed }) => reversed)),
      faults: sum(proxies.flatMap((proxy) => Object.values(proxy.done()))),
      rpcCalls: sum(proxies.map((proxy) => proxy.calls())),
      settledMs,
      violations: [...this.#violations],
    };
  }

  /** Waits until every chain has been read; earlier events show nothing. @throws when the detectors do not start. */
  async #waitForFirstRounds(): Promise<void> {
    const endMs = Date.now() + START_MS_MAX;
    for (;;) {
      const read = await queryRows<unknown>(this.#db, 'SELECT chain FROM chain_cursor');
      if (read.rows.length === this.#chains.length) return;
      if (Date.now() > endMs) throw new Error(`the detectors read nothing within ${START_MS_MAX} ms`);
      await sleep(SETTLE_POLL_MS);
    }
  }

  /** Does one random thing: mostly transfers, sometimes a reorg, a kill or a pause. */
  async #act(): Promise<void> {
    const dice = this.#random();
    if (dice < 0.83) this.#later(this.#transfer());
    else if (dice < 0.95) await this.#reorg();
    else if (dice < 0.98) this.#later(this.#kill());
    else this.#later(this.#pause());
  }

  #later(work: Promise<void>): void {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  async #transfer(): Promise<void> {
    const soakChain = this.#pick(this.#chains);
    const { chain, senders } = soakChain;
    const from = this.#pick(senders);
    const transfers = Array.from({ length: 1 + Math.floor(this.#random() * 3) }, () => ({
      to: chain.creditsAddress,
      amountMicros: BigInt(1 + Math.floor(this.#random() * 1_000)),
    }));
    try {
      const sent = await chain.sendMany({ from, transfers });
      this.#counts.transfers += transfers.length;
      const before = this.#sent.get(soakChain) ?? [];
      this.#sent.set(soakChain, [...before.slice(-50), { ...sent, from }]);
    } catch {
      // A reorg dropped it before it was seen in a block; only what the chain holds in the end counts.
    }
  }

  /** Keeps some of the dropped transactions: only the oldest of each sender, because nonces must be in order. */
  async #reorg(): Promise<void> {
    const soakChain = this.#pick(this.#chains);
    const { chain } = soakChain;
    const depth = 1 + Math.floor(this.#random() ** 3 * REORG_DEPTH_MAX);
    const first = (await chain.head()) - depth + 1;
    if (first <= soakChain.firstBlock) return;
    const lost = (this.#sent.get(soakChain) ?? []).filter(({ blockNumber }) => blockNumber >= first);
    const oldest = [...new Map(lost.toReversed().map((one) => [one.from, one])).values()];
    const kept = oldest.filter(() => this.#random() < 0.5);
    const offset = Math.floor(this.#random() * depth);
    try {
      await chain.reorg(
        depth,
        kept.map(({ txHash }) => ({ txHash, offset })),
      );
      this.#counts.reorgs += 1;
    } catch {
      // A transaction to keep was already gone: the node refused, and nothing was rewritten.
    }
  }

  async #kill(): Promise<void> {
    const replica = this.#pick(this.#replicas);
    if (!replica.isUp) return;
    this.#counts.kills += 1;
    await replica.kill();
    await sleep(this.#random() * DOWN_MS_MAX);
    replica.start();
  }

  async #pause(): Promise<void> {
    const replica = this.#pick(this.#replicas);
    this.#counts.pauses += 1;
    replica.signal('SIGSTOP');
    await sleep(STOPPED_MS);
    replica.signal('SIGCONT');
  }

  async #audit(): Promise<void> {
    if (Date.now() - this.#auditedAtMs < AUDIT_EVERY_MS) return;
    this.#auditedAtMs = Date.now();
    for (const { chain } of this.#chains) {
      const facts = await listFacts(this.#db, chain.caip2);
      for (const double of findDoubles(chain.caip2, facts)) this.#violations.add(double);
      const count = (state: string): number => facts.filter((fact) => fact.state === state).length;
      this.#options.log(
        `${chain.caip2}: ${facts.length} deposits, ${count('credited')} credited, ${count('reversed')} reversed`,
      );
    }
  }

  /** Stops all trouble and waits for the books to match; differences that remain are violations. */
  async #settle(): Promise<number> {
    const startMs = Date.now();
    await Promise.all(this.#underWay);
    for (const { proxies } of this.#chains) for (const proxy of proxies) proxy.clearFaults();
    for (const replica of this.#replicas) if (!replica.isUp) replica.start();
    let differences: string[] = [];
    do {
      await sleep(SETTLE_POLL_MS);
      differences = [];
      for (const one of this.#chains) differences.push(...(await findDifferences(this.#db, one)));
    } while (differences.length > 0 && Date.now() - startMs < SETTLE_MS_MAX);
    for (const violation of [...differences, ...(await findBrokenHashes(this.#db))]) this.#violations.add(violation);
    return Date.now() - startMs;
  }
}
