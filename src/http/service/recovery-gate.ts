/** Refuses every call while the database may lack what it had. */
import { Refusal } from '../../core/errors.ts';
import { ServerRefused } from '../../db/admission.ts';
import type { LedgerWriter } from '../../db/ledger/writer.ts';
import type { Route } from '../server/route.ts';
import type { ReadinessCheck } from './health.ts';

/** Why nothing may be served; undefined while the database is known to be complete. */
export type FindProblem = () => string | undefined;

/** Whether a path is served whatever state the database is in: those that say how the process is. */
export function isAlwaysServed(path: string): boolean {
  return path === '/healthz' || path === '/readyz';
}

/**
 * The same routes, which answer 503 RECOVERY_REQUIRED while there is a problem, except `/healthz` and `/readyz`. Answers
 * that are sent piece by piece end then.
 */
export function gateRoutes(routes: readonly Route[], findProblem: FindProblem): readonly Route[] {
  return routes.map((route) => {
    if (isAlwaysServed(route.path)) return route;
    const handle: Route['handle'] = async (request, params) => {
      if (findProblem() !== undefined) throw recoveryRequired();
      const reply = await route.handle(request, params);
      return reply.pieces ? { ...reply, pieces: whileComplete(reply.pieces, findProblem) } : reply;
    };
    return { ...route, handle };
  });
}

async function* whileComplete(
  pieces: AsyncIterable<string | Uint8Array>,
  findProblem: FindProblem,
): AsyncGenerator<string | Uint8Array> {
  for await (const piece of pieces) {
    if (findProblem() !== undefined) throw recoveryRequired();
    yield piece;
  }
}

/**
 * The same writer, which takes no command while there is a problem: for commands that come from another process, which may
 * not know of it yet.
 */
export function gateWriter(writer: LedgerWriter, findProblem: FindProblem): LedgerWriter {
  return {
    ...writer,
    submit: async (submission) => {
      if (findProblem() !== undefined) throw recoveryRequired();
      return writer.submit(submission);
    },
  };
}

function recoveryRequired(): Refusal {
  return new Refusal(
    'RECOVERY_REQUIRED',
    'the database is not the one that was served before, or went back to an earlier time; the operator has to recover it',
  );
}

/** The check of `/readyz` that is red while nothing is served. */
export function recoveryCheck(findProblem: FindProblem): ReadinessCheck {
  return {
    name: 'recovery',
    check: async () => {
      const problem = findProblem();
      if (problem !== undefined) throw new ServerRefused('recovery-required', problem);
      return Promise.resolve();
    },
  };
}
