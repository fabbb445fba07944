import type { Logger } from 'pino';
import type { Route } from './endpoint.ts';

const CHECK_TIMEOUT_MS = 2_000;

/** One thing that must work before this process should get traffic; rejects, with the reason, when it does not. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<void>;
}

/** `/healthz`: the process is alive. `/readyz`: it can serve; says which checks fail, and tells the log why. */
export function healthRoutes(checks: readonly ReadinessCheck[], log: Logger): Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: () => Promise.resolve({ body: { status: 'ok' } }) },
    {
      method: 'GET',
      path: '/readyz',
      handle: async () => {
        const results = await Promise.all(checks.map(async (one) => runCheck(one, log)));
        const ready = results.every(({ ok }) => ok);
        return { status: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not ready', checks: results } };
      },
    },
  ];
}

async function runCheck({ name, check }: ReadinessCheck, log: Logger): Promise<{ name: string; ok: boolean }> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), deadline]);
    return { name, ok: true };
  } catch (error) {
    log.warn({ err: error, check: name }, 'not ready');
    return { name, ok: false };
  } finally {
    clearTimeout(timer);
  }
}
