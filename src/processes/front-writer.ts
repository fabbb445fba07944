/** The ledger writer of a process that serves callers and leaves the lanes to another process. */
import { Refusal } from '../core/errors.ts';
import type { Outcome, Submission } from '../db/ledger/submission.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import { Outbox, type Channel } from './channel.ts';
import { errorOf, isOwnerMessage, type Answered, type AskedCommand, type SentStatus } from './messages.ts';
import { STATUS_INTERVAL_MS } from './owner.ts';

/** How often callers that hung up, and commands without an answer, are looked for. */
const LOOK_INTERVAL_MS = 50;
/** The owner answers within the deadline; so much later nothing is expected from it any more. */
const LATE_AFTER_MS = 500;
/** A status is believed so long. */
const STATUS_KEPT_MS = 8 * STATUS_INTERVAL_MS;
const PENDING_MAX = 20_000;

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  readonly isGone: (() => boolean) | undefined;
  readonly lateAtMs: number;
  saidGone: boolean;
}

/**
 * A writer whose commands another process carries out, see {@link serveFront}: with the same promises, one turn of both loops later.
 * @param deadlineMs how long a caller waits for an answer.
 */
export function openFrontWriter(channel: Channel, deadlineMs: number): LedgerWriter {
  const front = new Front(channel, deadlineMs);
  return {
    submit: async (submission) => front.submit(submission),
    status: () => front.status(),
    stop: async () => front.stop(),
    // What this process was told of commits, the owner was told first.
    confirmed: () => [],
  };
}

class Front {
  readonly #deadlineMs: number;
  readonly #asked: Outbox<AskedCommand>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #timer: NodeJS.Timeout;
  #last = 0;
  #status: SentStatus | undefined;
  #statusAtMs = -Infinity;
  #ended: string | undefined;
  #stopped: (() => void) | undefined;

  constructor(channel: Channel, deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.#asked = new Outbox((asked) => channel.send({ asked }));
    channel.onMessage((message) => {
      if (!isOwnerMessage(message)) return;
      for (const answered of message.answered ?? []) this.#answer(answered);
      if (message.status) [this.#status, this.#statusAtMs] = [message.status, performance.now()];
    });
    channel.onEnd(() => {
      this.#ended = 'the process that writes the ledger is gone; ask again with the same key';
      for (const id of this.#waiting.keys()) this.#fail(id, new Refusal('LEDGER_UNAVAILABLE', this.#ended));
    });
    this.#timer = setInterval(() => this.#look(), LOOK_INTERVAL_MS);
    this.#timer.unref();
  }

  async submit({ isGone, ...submission }: Submission): Promise<Outcome> {
    if (this.#ended !== undefined) throw new Refusal('LEDGER_UNAVAILABLE', this.#ended);
    if (this.#waiting.size >= PENDING_MAX) {
      throw new Refusal('LEDGER_UNAVAILABLE', 'too many commands are waiting; try again with the same key');
    }
    this.#last += 1;
    const id = this.#last;
    return new Promise<Outcome>((resolve, reject) => {
      const lateAtMs = performance.now() + this.#deadlineMs + LATE_AFTER_MS;
      this.#waiting.set(id, { resolve, reject, isGone, lateAtMs, saidGone: false });
      this.#asked.add([id, submission]);
    });
  }

  status(): ReturnType<LedgerWriter['status']> {
    const isFresh = performance.now() - this.#statusAtMs < STATUS_KEPT_MS;
    const { queued, writes, ready, problem } = this.#status ?? {
      queued: 0,
      writes: 0,
      ready: false,
      problem: undefined,
    };
    const silent = new Error('the process that writes the ledger does not answer');
    if (!isFresh || this.#ended !== undefined) return { queued, writes, ready: false, problem: silent };
    return { queued, writes, ready, problem: problem === undefined ? undefined : new Error(problem) };
  }

  /** Waits for the commands that were accepted; each is answered or late in bounded time. */
  async stop(): Promise<void> {
    this.#ended ??= 'the ledger is stopping; try again';
    if (this.#waiting.size > 0) {
      await new Promise<void>((resolve) => {
        this.#stopped = resolve;
        this.#timer.ref();
      });
    }
    clearInterval(this.#timer);
  }

  #answer([id, outcome, error]: Answered): void {
    if (outcome === undefined) this.#fail(id, errorOf(error));
    else this.#take(id)?.resolve(outcome);
  }

  #fail(id: number, error: Error): void {
    this.#take(id)?.reject(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#stopped?.();
    return waiting;
  }

  /** Says which callers are gone, and gives up what the owner should have answered long ago. */
  #look(): void {
    const nowMs = performance.now();
    for (const [id, waiting] of this.#waiting) {
      if (nowMs >= waiting.lateAtMs) {
        this.#fail(
          id,
          new Refusal('LEDGER_UNAVAILABLE', 'the ledger did not answer in time; ask again with the same key'),
        );
      } else if (!waiting.saidGone && waiting.isGone?.() === true) {
        waiting.saidGone = true;
        this.#asked.add([id]);
      }
    }
  }
}
