/** The endpoints that say whether the process runs, is ready for traffic, and how its chains are. */
import type { Logger } from 'pino';
import { z } from 'zod';
import { judgeProgress } from '../../core/chains/standing.ts';
import type { Clock } from '../../core/clock.ts';
import type { ChainProgress } from '../../db/chains/progress.ts';
import { withDeadline } from '../../core/clock.ts';
import type { StoredRpcStatus } from '../../db/chains/rpc-status.ts';
import { NO_BODY, NO_QUERY, type Documented, type Route } from '../server/route.ts';
import { SERVICE } from './surface.ts';

const CHECK_TIMEOUT_MS = 2_000;

/** One thing that must work before this process should get traffic; rejects, with the reason, when it does not. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<void>;
}

/** What the answers are made of. */
export interface Health {
  readonly checks: readonly ReadinessCheck[];
  /** CAIP-2 ids of the configured chains. */
  readonly chains: readonly string[];
  /** How far each chain has been read. */
  readonly progress: () => Promise<ReadonlyMap<string, ChainProgress>>;
  /** Where the RPCs of all chains stand. */
  readonly rpcs: () => Promise<readonly StoredRpcStatus[]>;
  readonly clock: Clock;
  readonly log: Logger;
}

const block = z.int().min(0).nullable();

const readyReply = z.strictObject({
  status: z.enum(['ready', 'not ready']),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean() })),
  /** How far each chain is read, which decides nothing; null where the database cannot tell. */
  chains: z
    .array(
      z.strictObject({
        chain: z.string(),
        state: z.enum(['reading', 'behind', 'waiting']),
        scannedAt: z.iso.datetime().nullable(),
        headBlock: block,
        nextBlock: block,
        rpcs: z.array(z.strictObject({ rpc: z.string(), state: z.string(), headBlock: block })),
      }),
    )
    .nullable(),
});

function documented(summary: string, replies: Documented['replies'] & {}): Documented {
  return { summary, chapter: SERVICE, replies, access: 'open', scopes: [], query: NO_QUERY, body: NO_BODY };
}

interface ChainHealth {
  readonly chain: string;
  /** `waiting`: never scanned. `behind`: not scanned for 5 minutes. */
  readonly state: 'reading' | 'behind' | 'waiting';
  readonly scannedAt: string | null;
  readonly headBlock: number | null;
  readonly nextBlock: number | null;
  /** Where its RPCs stand, by their hosts; why is for `GET /admin/chains` and the log. */
  readonly rpcs: readonly { readonly rpc: string; readonly state: string; readonly headBlock: number | null }[];
}

/**
 * `/healthz`: the process is alive. `/readyz`: it can serve; says which checks fail, and tells the log why. How far
 * the detector has read each chain stands beside them and decides nothing: a chain's trouble stops no debit. It is
 * null where the database cannot tell.
 */
export function healthRoutes({ checks, chains, progress, rpcs, clock, log }: Health): Route[] {
  const inTime = async <Result>(work: () => Promise<Result>): Promise<Result> =>
    withDeadline(work(), { clock, timeoutMs: CHECK_TIMEOUT_MS });
  const runCheck = async ({ name, check }: ReadinessCheck): Promise<{ name: string; ok: boolean }> => {
    try {
      await inTime(check);
      return { name, ok: true };
    } catch (error) {
      log.warn({ err: error, check: name }, 'not ready');
      return { name, ok: false };
    }
  };
  return [
    {
      method: 'GET',
      path: '/healthz',
      documented: documented('Whether the process is alive', { 200: z.strictObject({ status: z.literal('ok') }) }),
      handle: () => Promise.resolve({ body: { status: 'ok' } }),
    },
    {
      method: 'GET',
      path: '/readyz',
      documented: documented('Whether it can serve, and what fails', { 200: readyReply, 503: readyReply }),
      handle: async () => {
        const [results, read, standing = []] = await Promise.all([
          Promise.all(checks.map(runCheck)),
          inTime(progress).catch(() => undefined),
          inTime(rpcs).catch(() => undefined),
        ]);
        const ready = results.every(({ ok }) => ok);
        const nowMs = clock.nowMs();
        const health: readonly ChainHealth[] | undefined =
          read &&
          chains.map((chain) => ({
            ...chainHealth(chain, read.get(chain), nowMs),
            rpcs: standing.filter((one) => one.chain === chain).map(rpcHealth),
          }));
        const body = { status: ready ? 'ready' : 'not ready', checks: results, chains: health ?? null };
        return { status: ready ? 200 : 503, body };
      },
    },
  ];
}

function rpcHealth({ rpc, state, headBlock }: StoredRpcStatus): ChainHealth['rpcs'][number] {
  return { rpc, state, headBlock: headBlock ?? null };
}

function chainHealth(chain: string, progress: ChainProgress | undefined, nowMs: number): Omit<ChainHealth, 'rpcs'> {
  if (!progress?.scannedAt) return { chain, state: 'waiting', scannedAt: null, headBlock: null, nextBlock: null };
  const { scannedAt, headBlock, nextBlock } = progress;
  const state = judgeProgress(scannedAt, nowMs) === 'behind' ? 'behind' : 'reading';
  return { chain, state, scannedAt: scannedAt.toISOString(), headBlock, nextBlock };
}
