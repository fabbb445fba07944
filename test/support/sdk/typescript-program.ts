/** The program of the random calls, written with the TypeScript SDK. */
import { ApiError, Coffer, ConnectionError } from '../../../sdk/typescript/src/index.ts';
import type { Became, Intent, Program } from './random-calls.ts';

const WORKERS = 16;
/** How often a call is repeated under its key that never got an answer, with up to eight attempts each time. */
const REPEATS_MAX = 20;

/** Does the intents in the order of the list, sixteen at a time. */
export const TYPESCRIPT_PROGRAM: Program = async ({ url, key }, intents) => {
  const coffer = new Coffer({ baseUrl: url, key });
  const became: Became[] = [];
  const left = [...intents];
  const work = async (): Promise<void> => {
    for (let intent = left.shift(); intent !== undefined; intent = left.shift()) await pursue(coffer, intent, became);
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return became;
};

async function pursue(coffer: Coffer, intent: Intent, became: Became[]): Promise<void> {
  const opened = await note(intent, became, async () => perform(coffer, intent, ''));
  const holdId = opened?.holdId;
  for (const step of intent.steps ?? []) {
    if (holdId === undefined) became.push({ key: step.key, outcome: 'NOT_ASKED' });
    else await note(step, became, async () => perform(coffer, step, holdId));
  }
}

async function perform(coffer: Coffer, { op, key, amountUsd }: Intent, holdId: string): Promise<{ holdId?: string }> {
  const options = { idempotencyKey: key };
  if (op === 'debit') {
    await coffer.createDebit({ serviceType: 'AI_API', amountUsd }, options);
    return {};
  }
  if (op === 'hold') return coffer.createHold({ serviceType: 'AI_API', amountUsd }, options);
  if (op === 'grow') return coffer.growHold({ holdId, byUsd: amountUsd }, options);
  if (op === 'release') return coffer.releaseHold({ holdId }, options);
  return coffer.captureHold({ holdId, amountUsd, final: op === 'close' }, options);
}

async function note<Result>(
  { key }: Intent,
  became: Became[],
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  for (let repeat = 0; repeat < REPEATS_MAX; repeat += 1) {
    try {
      const result = await work();
      became.push({ key, outcome: 'done' });
      return result;
    } catch (error) {
      if (error instanceof ConnectionError) continue;
      if (!(error instanceof ApiError)) throw error;
      // What a gateway said of eight attempts says nothing of the call.
      if (error.code === undefined || error.retryAfterMs !== undefined) continue;
      became.push({ key, outcome: error.code });
      return undefined;
    }
  }
  throw new Error(`${key} never got an answer`);
}
