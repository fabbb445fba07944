/**
 * One run of the canary: a hold, a capture of one micro-dollar, the same capture again, and the release of the rest, over
 * HTTP as a customer's service makes them. It judges what the answers say of the money.
 */
import { randomUUID } from 'node:crypto';
import { sleep, type Clock } from '../../core/clock.ts';
import { MoneyError, parseSignedUsd } from '../../core/money.ts';

const HELD_USD = '0.000002';
const CAPTURED_USD = '0.000001';
const CAPTURED_MICROS = 1n;
/** What a run leaves behind when it is interrupted frees itself after that. */
const HOLD_SECONDS = 300;
/** From the start of a call to the end of its answer. */
const CALL_DEADLINE_MS = 10_000;
/** A call that was not decided is made again under its key, after a pause. */
const TRIES_MAX = 3;
const RETRY_PAUSE_MS = 2_000;

export const CANARY_STEPS = ['hold', 'capture', 'replay', 'release'] as const;
export type CanaryStep = (typeof CANARY_STEPS)[number];

/** What a run calls. */
export interface CanaryTarget {
  readonly url: URL;
  readonly key: string;
  readonly service: string;
  readonly clock: Clock;
}

/** What became of a run. */
export interface CanaryRun {
  /** What went wrong; undefined when all is well. It holds no secret. */
  readonly problem: string | undefined;
  /** The steps that were answered, and how long each took, tries and pauses included. */
  readonly steps: readonly { readonly step: CanaryStep; readonly ms: number }[];
  /** What the org can still spend; undefined when nothing was answered. */
  readonly availableUsd: string | undefined;
}

/** Something that a service in order does not answer. */
class CanaryError extends Error {}

interface Answered {
  readonly json: Readonly<Record<string, unknown>>;
  readonly isReplay: boolean;
}

/** Runs once. Never throws: what went wrong is in the result. A hold that was opened is freed in any case, or ends by itself. */
export async function runCanary(target: CanaryTarget): Promise<CanaryRun> {
  const steps: { step: CanaryStep; ms: number }[] = [];
  let availableUsd: string | undefined;
  const run = randomUUID();
  const call = async (step: CanaryStep, path: string, body: object, key: string): Promise<Answered> => {
    const startedMs = target.clock.elapsedMs();
    const answered = await ask(target, path, body, key);
    steps.push({ step, ms: Math.round(target.clock.elapsedMs() - startedMs) });
    const { availableUsd: available } = answered.json;
    if (typeof available === 'string') availableUsd = available;
    return answered;
  };
  let opened: string | undefined;
  try {
    const terms = { amountUsd: HELD_USD, serviceType: target.service, expiresInSeconds: HOLD_SECONDS };
    const held = await call('hold', 'hold', { ...terms, reference: 'canary' }, `canary-hold-${run}`);
    const { holdId } = held.json;
    if (typeof holdId !== 'string') throw new CanaryError('hold: the answer names no hold');
    opened = holdId;
    const capture = { holdId, amountUsd: CAPTURED_USD, final: false };
    const captured = await call('capture', 'consume-hold', capture, `canary-capture-${run}`);
    const again = await call('replay', 'consume-hold', capture, `canary-capture-${run}`);
    if (!again.isReplay || again.json['entryId'] !== captured.json['entryId']) {
      throw new CanaryError('replay: the same capture under the same key was not answered as the first');
    }
    const released = await call('release', 'release-hold', { holdId }, `canary-release-${run}`);
    opened = undefined;
    judge([held, captured, released]);
    return { problem: undefined, steps, availableUsd };
  } catch (error) {
    if (opened !== undefined) await free(target, opened, `canary-release-${run}`);
    return { problem: error instanceof Error ? error.message : String(error), steps, availableUsd };
  }
}

/** @throws CanaryError unless the entries took one micro-dollar in all, and hold nothing any more */
function judge(answers: readonly Answered[]): void {
  const entries = answers.flatMap(({ json }) => (Array.isArray(json['entries']) ? (json['entries'] as unknown[]) : []));
  const sum = (name: string): bigint => entries.reduce<bigint>((total, entry) => total + microsIn(entry, name), 0n);
  const [available, held] = [sum('availableDeltaUsd'), sum('heldDeltaUsd')];
  if (available === -CAPTURED_MICROS && held === 0n) return;
  throw new CanaryError(`the entries took ${-available} micro-dollars and hold ${held}: 1 and 0 were due`);
}

function microsIn(entry: unknown, name: string): bigint {
  const found = typeof entry === 'object' && entry !== null && Reflect.get(entry, name);
  try {
    if (typeof found === 'string') return found === '0.00' ? 0n : parseSignedUsd(found);
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
  }
  throw new CanaryError(`an entry has no ${name}`);
}

async function free(target: CanaryTarget, holdId: string, key: string): Promise<void> {
  try {
    await ask(target, 'release-hold', { holdId }, key);
  } catch {
    // The run has failed already, and the hold ends by itself.
  }
}

/** What was answered with 200, of several tries under one key. @throws CanaryError */
async function ask(target: CanaryTarget, path: string, body: object, key: string): Promise<Answered> {
  for (let tries = 1; ; tries += 1) {
    const answer = await post(target, path, body, key);
    if ('answered' in answer) return answer.answered;
    if (!answer.isOpen || tries === TRIES_MAX) throw new CanaryError(`${path}: ${answer.problem}`);
    await sleep(target.clock, RETRY_PAUSE_MS);
  }
}

type Posted =
  | { readonly answered: Answered }
  /** `isOpen`: whether the call may have been carried out, or may be when it is made again. */
  | { readonly problem: string; readonly isOpen: boolean };

async function post(
  { url, key: secret, clock }: CanaryTarget,
  path: string,
  body: object,
  key: string,
): Promise<Posted> {
  const late = new AbortController();
  const cancel = clock.after(CALL_DEADLINE_MS, () => late.abort(new Error(`no answer within ${CALL_DEADLINE_MS} ms`)));
  try {
    const response = await fetch(new URL(`treasury/${path}`, url), {
      method: 'POST',
      redirect: 'error',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal: late.signal,
    });
    const json = readJson(await response.text());
    if (response.status === 200 && json) {
      return { answered: { json, isReplay: response.headers.get('idempotency-replayed') === 'true' } };
    }
    const code = json?.['code'];
    const problem = `answered ${response.status}${typeof code === 'string' ? ` ${code}` : ''}`;
    return { problem, isOpen: response.status >= 500 || response.status === 429 };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { problem: cause instanceof Error ? cause.message : String(cause), isOpen: true };
  } finally {
    cancel();
  }
}

function readJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}
