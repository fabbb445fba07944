/** The metrics of a detector process: the status of its workers, and counts of what they log. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../src/core/clock.ts';
import { WORKER_STATES, type ChainStatus } from './chain-worker.ts';
import type { DetectorLog } from './chain/log.ts';

const BLOCKS = [1, 2, 4, 8, 16, 64, 256, 1_024, 10_000];

/**
 * Registers the metrics; gauges read the status at each scrape.
 * @returns a log that counts its lines and passes them on.
 */
export function meterDetector(
  registry: Registry,
  parts: { readonly log: DetectorLog; readonly clock: Clock; readonly status: () => readonly ChainStatus[] },
): DetectorLog {
  const { log, clock, status } = parts;
  const registers = [registry];
  registerChains(registry, clock, status);
  registerRpcs(registry, clock, status);
  const events = new Counter({
    name: 'coffer_detector_events_total',
    help: 'Events of the detector by name: deposits seen, credited, orphaned, reversed, differing logs, alarms.',
    labelNames: ['chain', 'event', 'level'],
    registers,
  });
  const depth = new Histogram({
    name: 'coffer_chain_reorg_depth_blocks',
    help: 'Depth of reorgs in blocks.',
    labelNames: ['chain'],
    buckets: BLOCKS,
    registers,
  });
  const counted =
    (level: 'info' | 'warn' | 'error') =>
    (fields: Readonly<Record<string, unknown>>): void => {
      const { chain = '', event = '' } = fields;
      events.inc({ chain: String(chain), event: String(event), level });
      if (event === 'chain.rewound' && typeof fields['depth'] === 'number') {
        depth.observe({ chain: String(chain) }, fields['depth']);
      }
      log[level](fields);
    };
  return { info: counted('info'), warn: counted('warn'), error: counted('error') };
}

function registerChains(registry: Registry, clock: Clock, status: () => readonly ChainStatus[]): void {
  const perChain = (name: string, help: string, read: (chain: ChainStatus) => number | undefined): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: ['chain'],
        registers: [],
        collect() {
          this.reset();
          for (const one of status()) {
            const value = read(one);
            if (value !== undefined) this.set({ chain: one.chain }, value);
          }
        },
      }),
    );
  };
  perChain('coffer_chain_cursor_lag_blocks', 'Blocks up to the agreed head that are not fully read.', (one) =>
    one.headBlock === undefined || one.nextBlock === undefined
      ? undefined
      : Math.max(0, one.headBlock + 1 - one.nextBlock),
  );
  perChain('coffer_chain_round_age_seconds', 'Time since a round of reading and crediting ended.', (one) =>
    one.roundEndedAtMs === undefined ? undefined : (clock.nowMs() - one.roundEndedAtMs) / 1000,
  );
  perChain('coffer_chain_round_seconds', 'How long the last round took.', ({ roundMs }) =>
    roundMs === undefined ? undefined : roundMs / 1000,
  );
  perChain(
    'coffer_chain_push_silent',
    '1 while the node pushes nothing although a push URL is configured.',
    ({ push }) => (push === 'none' ? undefined : push === 'silent' ? 1 : 0),
  );
  perChain('coffer_chain_leads', '1 where this process leads the chain.', ({ state }) =>
    state === 'running' || state === 'failing' ? 1 : 0,
  );
  registry.registerMetric(
    new Gauge({
      name: 'coffer_chain_state',
      help: '1 for the current state of the worker of a chain.',
      labelNames: ['chain', 'state'],
      registers: [],
      collect() {
        for (const { chain, state } of status()) {
          for (const one of WORKER_STATES) this.set({ chain, state: one }, one === state ? 1 : 0);
        }
      },
    }),
  );
}

function registerRpcs(registry: Registry, clock: Clock, status: () => readonly ChainStatus[]): void {
  registry.registerMetric(
    new Gauge({
      name: 'coffer_rpc_head_lag_blocks',
      help: 'Blocks by which the head of an RPC is behind the highest head of its chain.',
      labelNames: ['chain', 'rpc'],
      registers: [],
      collect() {
        this.reset();
        for (const { chain, rpcs } of status()) {
          const heads = rpcs.flatMap(({ headBlock }) => headBlock ?? []);
          const top = heads.reduce((a, b) => Math.max(a, b), 0);
          for (const { rpc, headBlock } of rpcs) if (headBlock !== undefined) this.set({ chain, rpc }, top - headBlock);
        }
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'coffer_rpc_state_seconds',
      help: 'How long an RPC has been in its current state, which the label names.',
      labelNames: ['chain', 'rpc', 'state'],
      registers: [],
      collect() {
        this.reset();
        for (const { chain, rpcs } of status()) {
          for (const { rpc, state, sinceMs } of rpcs) this.set({ chain, rpc, state }, (clock.nowMs() - sinceMs) / 1000);
        }
      },
    }),
  );
}
