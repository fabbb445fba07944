/** The endpoint that reports usage: events that are priced at their own times, each charged once for ever. */
import type { z } from 'zod';
import type { SurfaceDeps } from '../deps.ts';
import { callingKeyOf } from '../access/caller.ts';
import { nextTurn } from '../access/turns.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { IDEMPOTENCY_HEADER } from '../endpoint/idempotency.ts';
import { aboutOf } from '../money/command.ts';
import { openPreviewOf } from '../money/dry-run.ts';
import { payingOrg } from '../money/payer.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from '../treasury/surface.ts';
import { idOf, readLine, type ReportedEvent } from './lines.ts';
import { UsageRun } from './run.ts';
import { usageBody, usageBodyShown, usageReply } from './schemas.ts';

const BODY_BYTES_MAX = 1024 * 1024;
/** How many events of a call are read in one turn of the thread. */
const EVENTS_A_TURN = 50;

/** Events of usage, each judged separately; those that are alike are charged together. */
export function usageRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/treasury/usage',
    operation: 'reportUsage',
    summary: 'Reports up to 1,000 events of usage, each charged once, at the price of its own time',
    chapter: CHAPTERS.spending,
    replies: { 200: usageReply },
    scopes: ['treasury:spend'],
    query: NO_QUERY,
    body: usageBody,
    bodyShown: usageBodyShown,
    bodyBytesMax: BODY_BYTES_MAX,
    dryRun: true,
  } as const;
  const report = orgRoute(deps.guard, specification, async ({ org, body, idempotencyKey, dryRun, ...call }) => {
    if (idempotencyKey !== undefined) {
      throw invalidInput([{ path: IDEMPOTENCY_HEADER, message: 'is not taken: each event has an id in its place' }]);
    }
    const about = aboutOf(org, deps);
    const preview = dryRun ? await openPreviewOf(deps, payingOrg(org)) : undefined;
    const writer = preview ?? deps.writer;
    const means = { ...deps, writer, isGone: call.isGone, callingKey: callingKeyOf(call.caller) };
    const run = new UsageRun({ ...means, preview, asked: preview ? undefined : call }, about);
    const { turns } = deps.guard;
    const lines: ReportedEvent[] = [];
    for (let from = 0; from < body.events.length; from += EVENTS_A_TURN) {
      const read = async (): Promise<void> => {
        for (const [index, event] of body.events.slice(from, from + EVENTS_A_TURN).entries()) {
          try {
            lines.push(readLine(event, from + index, about));
          } catch (error) {
            run.fail(from + index, error);
          }
        }
        return nextTurn();
      };
      // Only the first turn may be refused: nothing is done by then.
      await (from === 0 ? turns.run(org.id, read) : turns.resume(org.id, read));
    }
    await run.charge(lines);
    const results = body.events.map((event, at) => {
      const result = run.resultOf(at);
      if (!result) throw new Error('an event has no result');
      return { id: idOf(event), ...result };
    });
    const answer: z.input<typeof usageReply> = { ...(dryRun ? { dryRun: true } : {}), results, charges: run.charges };
    return { body: answer };
  });
  return [report];
}
