import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../core/errors.ts';
import { uuidV7 } from '../core/ids.ts';
import { UsageMoved } from '../core/pricing/usage.ts';
import { findJudged, noteJudged, type Outcome, type Submission } from '../db/ledger/submission.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import type { Channel } from './channel.ts';
import { openFrontWriter } from './front-writer.ts';
import { serveFront } from './owner.ts';

const DEADLINE_MS = 1_000;

/** Two ends in one process; what is sent is copied as between processes, and arrives in a later turn. */
function openPair(): {
  readonly front: Channel;
  readonly owner: Channel;
  readonly sent: object[];
  readonly cut: () => void;
} {
  const sent: object[] = [];
  const [toFront, toOwner]: ((message: unknown) => void)[][] = [[], []];
  const ends: (() => void)[] = [];
  let isCut = false;
  const end = (own: ((message: unknown) => void)[] = [], other: ((message: unknown) => void)[] = []): Channel => ({
    send: (message) => {
      sent.push(message);
      const copy: unknown = structuredClone(message);
      setImmediate(() => {
        if (!isCut) for (const listener of other) listener(copy);
      });
    },
    onMessage: (listener) => void own.push(listener),
    onEnd: (listener) => void ends.push(listener),
  });
  const cut = (): void => {
    isCut = true;
    for (const ended of ends) ended();
  };
  return { front: end(toFront, toOwner), owner: end(toOwner, toFront), sent, cut };
}

const COMMAND = { op: 'release', hold: 5 } as const;
const submission = (wallet = 'w', isGone?: () => boolean): Submission => ({
  wallet,
  key: uuidV7(Date.now()),
  inputHash: '00',
  command: COMMAND,
  isGone,
});
const OUTCOME: Outcome = {
  entries: [],
  replayed: false,
  holdLeft: 7n,
  budgets: [{ budget: 'b', leftMicros: 3n, endsAtMs: null }],
};

let status: ReturnType<LedgerWriter['status']>;
beforeEach(() => {
  status = { ready: true, problem: undefined, queued: 0, writes: 0 };
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => vi.useRealTimers());

function openBoth(
  submit: LedgerWriter['submit'],
): ReturnType<typeof openPair> & { readonly writer: LedgerWriter; readonly hinted: string[] } {
  const pair = openPair();
  const hinted: string[] = [];
  serveFront(pair.owner, { submit, status: () => status }, (wallet) => hinted.push(wallet));
  return { ...pair, hinted, writer: openFrontWriter(pair.front, DEADLINE_MS) };
}

const turn = async (): Promise<void> => {
  for (let one = 0; one < 5; one += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('a front', () => {
  it('has its commands carried out in order, those of a turn in one message, and answered with what the ledger answered', async () => {
    const carried: string[] = [];
    const { writer, sent, hinted } = openBoth(async ({ wallet, command }) => {
      carried.push(wallet);
      expect(command).toEqual(COMMAND);
      return Promise.resolve(OUTCOME);
    });
    const outcomes = await Promise.all(['a', 'b', 'c'].map(async (wallet) => writer.submit(submission(wallet))));
    expect(outcomes).toEqual([OUTCOME, OUTCOME, OUTCOME]);
    expect([carried, hinted]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    expect(sent.filter((message) => 'asked' in message)).toHaveLength(1);
    expect(sent.filter((message) => 'answered' in message)).toHaveLength(1);
  });

  it('throws what the ledger threw: refusals with all that is known of them, other errors by name', async () => {
    const refusal = new Refusal('CREDIT_INSUFFICIENT', 'too little', { details: { availableUsd: '1' } });
    noteJudged(refusal, { seq: 4, atMs: 5 });
    const corrupt = new Error('lots do not add up');
    corrupt.name = 'LedgerCorruption';
    const thrown: unknown[] = [refusal, new UsageMoved(), corrupt, 'text'];
    const { writer } = openBoth(async () => Promise.reject(thrown.shift()));
    const caught = await Promise.all(
      [1, 2, 3, 4].map(async () => writer.submit(submission()).catch((error: unknown) => error)),
    );
    expect(caught[0]).toBeInstanceOf(Refusal);
    expect(caught[0]).toMatchObject({
      code: 'CREDIT_INSUFFICIENT',
      details: { availableUsd: '1' },
      message: 'too little',
    });
    expect(caught[0] instanceof Refusal && findJudged(caught[0])).toEqual({ seq: 4, atMs: 5 });
    expect(caught[1]).toBeInstanceOf(UsageMoved);
    expect(caught[2]).toMatchObject({ name: 'LedgerCorruption', message: 'lots do not add up' });
    expect(caught[3]).toMatchObject({ message: 'text' });
  });

  it('says which callers are gone, so that their commands are dropped', async () => {
    const asked: Submission[] = [];
    const { writer } = openBoth(async (one) => {
      asked.push(one);
      return new Promise(() => undefined);
    });
    let isGone = false;
    void writer.submit(submission('gone', () => isGone)).catch(() => undefined);
    void writer.submit(submission('waits', () => false)).catch(() => undefined);
    await turn();
    expect(asked.map((one) => one.isGone?.())).toEqual([false, false]);
    isGone = true;
    vi.advanceTimersByTime(50);
    await turn();
    expect(asked.map((one) => one.isGone?.())).toEqual([true, false]);
  });

  it('gives up what is not answered in time, and takes a later answer for nothing', async () => {
    const answers: ((outcome: Outcome) => void)[] = [];
    const { writer } = openBoth(async () => new Promise((resolve) => answers.push(resolve)));
    const late = writer.submit(submission()).catch((error: unknown) => error);
    await turn();
    vi.advanceTimersByTime(DEADLINE_MS + 600);
    expect(await late).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    answers[0]?.(OUTCOME);
    await turn();
    await writer.stop();
  });

  it('refuses everything once the owner is gone, and is not ready', async () => {
    const { writer, cut } = openBoth(async () => new Promise(() => undefined));
    const waiting = writer.submit(submission()).catch((error: unknown) => error);
    await turn();
    expect(writer.status()).toMatchObject({ ready: true });
    cut();
    expect(await waiting).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(await writer.submit(submission()).catch((error: unknown) => error)).toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    expect(writer.status().ready).toBe(false);
  });

  it('is as ready as the owner says, and not at all when it says nothing', async () => {
    const pair = openPair();
    const writer = openFrontWriter(pair.front, DEADLINE_MS);
    expect(writer.status().ready).toBe(false);
    const served = serveFront(
      pair.owner,
      { submit: async () => Promise.resolve(OUTCOME), status: () => status },
      () => undefined,
    );
    await turn();
    expect(writer.status()).toMatchObject({ ready: true });
    status = { ready: false, problem: new Error('no connection'), queued: 3, writes: 9 };
    vi.advanceTimersByTime(250);
    await turn();
    expect(writer.status()).toMatchObject({ ready: false, queued: 3, problem: { message: 'no connection' } });
    status = { ...status, ready: true };
    served.stop();
    vi.advanceTimersByTime(10_000);
    expect(writer.status()).toMatchObject({
      ready: false,
      problem: { message: expect.stringContaining('does not answer') },
    });
  });

  it('answers what it has accepted before it stops', async () => {
    const answers: ((outcome: Outcome) => void)[] = [];
    const { writer } = openBoth(async () => new Promise((resolve) => answers.push(resolve)));
    const last = writer.submit(submission());
    await turn();
    let isStopped = false;
    const stopped = (async () => {
      await writer.stop();
      isStopped = true;
    })();
    expect(await writer.submit(submission()).catch((error: unknown) => error)).toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    await turn();
    expect(isStopped).toBe(false);
    answers[0]?.(OUTCOME);
    expect(await last).toEqual(OUTCOME);
    await stopped;
  });
});

describe('an owner', () => {
  it('drops the commands of a front that is gone', async () => {
    const asked: Submission[] = [];
    const { writer, cut } = openBoth(async (one) => {
      asked.push(one);
      return new Promise(() => undefined);
    });
    writer.submit(submission()).catch(() => undefined);
    await turn();
    cut();
    expect(asked.map((one) => one.isGone?.())).toEqual([true]);
  });
});
