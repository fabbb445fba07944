/** Lines of a batch that the service could not do yet: sent again under their keys. Every other answer to a line is final. */
import { CofferError } from './errors.ts';
import type { RunBatchReply } from './generated/api.ts';
import { backoffMs, sleep } from './wait.ts';

/** How often a line is sent at most. */
const ROUNDS_MAX = 8;
/** What `Retry-After` says of a single call that gets this answer; lines have no such header. */
const LINE_WAIT_MS = 1_000;

type Result = RunBatchReply['results'][number];

/** How long all rounds together may take, and what ends them. */
export interface Rounds {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends all lines, then those again that got `LEDGER_UNAVAILABLE`, until they have another answer or the time is up. Results
 * are in the order of the lines. If a repetition fails, what is known by then is returned.
 * @throws what the first sending throws
 */
export async function sendLines<Line>(
  lines: readonly Line[],
  send: (lines: readonly Line[], deadlineMs: number) => Promise<RunBatchReply>,
  { deadlineMs, signal }: Rounds,
): Promise<RunBatchReply> {
  const endsAt = performance.now() + deadlineMs;
  const first = await send(lines, deadlineMs);
  const results = [...first.results];
  for (let round = 1; round < ROUNDS_MAX; round += 1) {
    const left = [...results.entries()].filter(([, result]) => isOpen(result)).map(([at]) => at);
    const wait = LINE_WAIT_MS + backoffMs(round);
    if (left.length === 0 || performance.now() + wait >= endsAt) break;
    try {
      await sleep(wait, signal);
      const again = await send(
        left.flatMap((at) => lines.slice(at, at + 1)),
        endsAt - performance.now(),
      );
      for (const [nth, result] of again.results.entries()) results[left[nth] ?? results.length] = result;
    } catch (error) {
      // The outcome of the other lines is known and must not be lost with that of these.
      if (error instanceof CofferError || signal?.aborted === true) break;
      throw error;
    }
  }
  return { ...first, results };
}

function isOpen({ status, problem }: Result): boolean {
  return status === 503 && problem?.code === 'LEDGER_UNAVAILABLE';
}
