/** The endpoints that say whether the process runs, whether it is ready for traffic, and how far chains are read. */
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { withDeadline } from '../../core/clock.ts';
import { REFUSAL_REASONS, ServerRefused } from '../../db/admission.ts';
import { NO_BODY, NO_QUERY, type Documented, type Route } from '../server/route.ts';
import { SERVICE } from './surface.ts';
import { readAccountName } from '../../core/billing/facts.ts';
import { railOf } from '../../core/billing/rails.ts';
import { CHAIN_STATES, judgeStanding, type ChainStanding } from '../../core/chains/standing.ts';

const CHECK_TIMEOUT_MS = 2_000;

/** One thing that must work before this process should get traffic; rejects, with the reason, when it does not. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<void>;
}

/** What anyone may see of a chain: its RPCs by their hosts, but not why one is set aside. */
type ChainReading = Pick<ChainStanding, 'chain' | 'progress' | 'leader' | 'workers' | 'rpcs' | 'tokens' | 'freezes'>;

/** What the endpoints of health depend on. */
export interface Health {
  readonly checks: readonly ReadinessCheck[];
  /** How each configured chain is read, in the order of the configuration. */
  readonly chains: () => Promise<readonly ChainReading[]>;
  /** The accounts at payment providers whose rails are frozen, and since when. */
  readonly frozenRails: () => Promise<readonly { readonly account: string; readonly frozenAt: Date }[]>;
  readonly clock: Clock;
  readonly log: Logger;
}

const block = z.int().min(0).nullable();

const chainReply = z.strictObject({
  chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
  state: z.enum(CHAIN_STATES).describe('How it does.'),
  scannedAt: z.iso.datetime().nullable().describe('When the chain was last read; null before the first time.'),
  headBlock: block.describe('The newest block of the chain that was seen; null before the first.'),
  nextBlock: block.describe('The block that is read next; null before the first.'),
  rpcs: z
    .array(
      z.strictObject({
        rpc: z.string().meta({ description: 'The host of the RPC.', examples: ['rpc.example'] }),
        state: z.string().meta({ description: 'How it does.', examples: ['reading'] }),
        headBlock: block.describe('The newest block of the chain that was seen; null before the first.'),
      }),
    )
    .describe('The RPCs of the chain.'),
});
type ChainHealth = z.input<typeof chainReply>;

const readyReply = z.strictObject({
  status: z.enum(['ready', 'not ready']).describe('Whether it works.'),
  checks: z
    .array(
      z.strictObject({
        name: z.string().meta({ description: 'What is checked.', examples: ['database'] }),
        ok: z.boolean().describe('Whether it works.'),
        reason: z.enum(REFUSAL_REASONS).optional().describe('What is wrong, in one word, where that is known.'),
      }),
    )
    .describe('What has to work.'),
  chains: z
    .array(chainReply)
    .nullable()
    .describe('How far each chain is read, which does not affect `status`; null when the database cannot be asked.'),
  frozenRails: z
    .array(
      z.strictObject({
        rail: z.string().meta({ description: 'The contra account of the card rail.', examples: ['clearing:stripe'] }),
        frozenAt: z.iso.datetime().describe('When it was frozen.'),
      }),
    )
    .nullable()
    .describe(
      "The platform's card rails on which nothing is credited until a release; null when the database cannot be asked.",
    ),
  frozenRailsOfOrgs: z
    .int()
    .min(0)
    .nullable()
    .describe("How many rails of orgs' own accounts are frozen; null when the database cannot be asked."),
});

type CheckHealth = z.input<typeof readyReply>['checks'][number];

function documented(operation: string, summary: string, replies: Documented['replies'] & {}): Documented {
  return { operation, summary, chapter: SERVICE, replies, access: 'open', scopes: [], query: NO_QUERY, body: NO_BODY };
}

/**
 * `/healthz`: the process is alive. `/readyz`: it can serve; the answer says which checks fail, and the log says why.
 * `chains` says how far the detector has read each chain, `frozenRails` where card payments wait for their credit; neither
 * affects readiness, since a chain or a rail in trouble stops no debit. They are null when the database cannot be asked.
 */
export function healthRoutes({ checks, chains, frozenRails, clock, log }: Health): Route[] {
  const inTime = async <Result>(work: () => Promise<Result>): Promise<Result> =>
    withDeadline(work(), { clock, timeoutMs: CHECK_TIMEOUT_MS });
  const runCheck = async ({ name, check }: ReadinessCheck): Promise<CheckHealth> => {
    try {
      await inTime(check);
      return { name, ok: true };
    } catch (error) {
      log.warn({ err: error, check: name }, 'not ready');
      return { name, ok: false, ...(error instanceof ServerRefused ? { reason: error.reason } : {}) };
    }
  };
  return [
    {
      method: 'GET',
      path: '/healthz',
      documented: documented('getHealth', 'Whether the process is alive', {
        200: z.strictObject({ status: z.literal('ok').describe('Whether it works.') }),
      }),
      handle: () => Promise.resolve({ body: { status: 'ok' } }),
    },
    {
      method: 'GET',
      path: '/readyz',
      documented: documented('getReadiness', 'Whether it can serve, and what fails', {
        200: readyReply,
        503: readyReply,
      }),
      handle: async () => {
        const [results, read, frozen] = await Promise.all([
          Promise.all(checks.map(runCheck)),
          inTime(chains).catch(() => undefined),
          inTime(frozenRails).catch(() => undefined),
        ]);
        const ready = results.every(({ ok }) => ok);
        const nowMs = clock.nowMs();
        const health = read?.map((one) => healthOf(one, nowMs)) ?? null;
        const status = ready ? 'ready' : 'not ready';
        const body = { status, checks: results, chains: health, ...frozenOf(frozen) };
        return { status: ready ? 200 : 503, body };
      },
    },
  ];
}

/** Rails of orgs are only counted: anyone may read this. */
function frozenOf(
  frozen: Awaited<ReturnType<Health['frozenRails']>> | undefined,
): Pick<z.input<typeof readyReply>, 'frozenRails' | 'frozenRailsOfOrgs'> {
  if (!frozen) return { frozenRails: null, frozenRailsOfOrgs: null };
  const own = frozen.filter(({ account }) => readAccountName(account)?.org === null);
  return {
    frozenRails: own.map(({ account, frozenAt }) => ({ rail: railOf(account), frozenAt: frozenAt.toISOString() })),
    frozenRailsOfOrgs: frozen.length - own.length,
  };
}

/** What is shown of a chain; its state is the one that `coffer chain status` and `GET /admin/chains` name. */
function healthOf(standing: ChainReading, nowMs: number): ChainHealth {
  const { chain, progress, rpcs } = standing;
  const read = progress?.scannedAt ? progress : undefined;
  return {
    chain,
    state: judgeStanding(standing, nowMs),
    scannedAt: read?.scannedAt?.toISOString() ?? null,
    headBlock: read?.headBlock ?? null,
    nextBlock: read?.nextBlock ?? null,
    rpcs: rpcs.map(({ rpc, state, headBlock }) => ({ rpc, state, headBlock })),
  };
}
