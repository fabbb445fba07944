/** The side of the process that owns the ledger's lanes: carries out the commands that a front sends. */
import type { LedgerWriter } from '../db/ledger/writer.ts';
import { Outbox, type Channel } from './channel.ts';
import { isFrontMessage, sentErrorOf, type Answered, type AskedCommand } from './messages.ts';

/** How often a front hears how the ledger stands. It believes an answer for several times as long. */
export const STATUS_INTERVAL_MS = 250;

/**
 * Carries out what a front sends, in the order in which it came, until `stop` or the end of the channel. A command whose caller or
 * whose front is gone is dropped, unless it is judged already.
 * @param hint called with each wallet that is about to be written to.
 */
export function serveFront(
  channel: Channel,
  writer: Pick<LedgerWriter, 'submit' | 'status'>,
  hint: (wallet: string) => void,
): { stop(): void } {
  /** Those that are not answered yet, and whether their callers are gone. */
  const open = new Map<number, { isGone: boolean }>();
  let ended = false;
  const answers = new Outbox<Answered>((answered) => channel.send({ answered }));
  const carryOut = async ([id, submission]: AskedCommand): Promise<void> => {
    if (submission === undefined) {
      const named = open.get(id);
      if (named) named.isGone = true;
      return;
    }
    const caller = { isGone: false };
    open.set(id, caller);
    try {
      hint(submission.wallet);
      const outcome = await writer.submit({ ...submission, isGone: () => ended || caller.isGone });
      answers.add([id, outcome]);
    } catch (error) {
      answers.add([id, undefined, sentErrorOf(error)]);
    }
    open.delete(id);
  };
  channel.onMessage((message) => {
    if (isFrontMessage(message)) for (const asked of message.asked) void carryOut(asked);
  });
  const tell = (): void => {
    const { problem, ...status } = writer.status();
    const said = problem instanceof Error ? problem.message : undefined;
    channel.send({ status: { ...status, problem: said } });
  };
  tell();
  const timer = setInterval(tell, STATUS_INTERVAL_MS);
  const stop = (): void => {
    ended = true;
    clearInterval(timer);
  };
  channel.onEnd(stop);
  return { stop };
}
