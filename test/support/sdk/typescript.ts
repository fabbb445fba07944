/** The TypeScript SDK as the runner of the cases wants it. */
import {
  ApiError,
  CofferError,
  Coffer,
  constructWebhookEvent,
  InsufficientCreditError,
  Usd,
  WebhookError,
  type CallOptions,
} from '../../../sdk/typescript/src/index.ts';
import type { Outcome, Sdk, SdkCall } from './cases.ts';

export const TYPESCRIPT: Sdk = {
  call: async ({ url, key }, call) => attempt(async () => perform(new Coffer({ baseUrl: url, key }), call)),
  verify: async ({ body, headers, secrets }) =>
    attempt(async () => ({ reply: { ...(await constructWebhookEvent(body, headers, secrets)) } })),
  amounts: async ({ read, refused, prices }) =>
    Promise.resolve({
      reply: {
        read: read.map((text) => Usd.of(text).toString()),
        taken: refused.filter(isTaken),
        prices: prices.map(([quantity, rate]) => Usd.priceOf(BigInt(quantity), rate).toString()),
      },
    }),
};

function isTaken(text: string): boolean {
  try {
    Usd.of(text);
    return true;
  } catch {
    return false;
  }
}

async function perform(coffer: Coffer, call: SdkCall): Promise<Outcome> {
  const { idempotencyKey, deadlineMs, dryRun = false } = call;
  const options: CallOptions & { dryRun: boolean } = {
    dryRun,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  };
  // The cases are data: what the types would refuse is for the service to refuse.
  const [body, query] = [call.body as never, call.query as never];
  if (call.do === 'createDebit') return { reply: { ...(await coffer.createDebit(body, options)) } };
  if (call.do === 'createHold') return { reply: { ...(await coffer.createHold(body, options)) } };
  if (call.do === 'runBatch') return { reply: { ...(await coffer.runBatch(body, options)) } };
  const { do: name } = call;
  return { ids: await idsOf(coffer[name](query), call.limit) };
}

/** The ids of what is listed, of the first `limit` where it has no end. */
async function idsOf(rows: AsyncIterable<{ readonly id: string }>, limit?: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of rows) {
    ids.push(id);
    if (ids.length === limit) break;
  }
  return ids;
}

async function attempt(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return { error: membersOf(error) };
  }
}

/** An error in the words of the cases. */
function membersOf(error: unknown): Record<string, unknown> {
  if (error instanceof WebhookError) return { class: error.name, reason: error.reason };
  if (!(error instanceof CofferError)) throw error;
  const { name, idempotencyKey } = error;
  if (!(error instanceof ApiError)) return { class: name, idempotencyKey };
  const { code, status, requestId, retryAfterMs, errors } = error;
  const own = {
    class: name,
    idempotencyKey,
    code,
    status,
    requestId,
    retryAfterMs,
    paths: errors.map(({ path }) => path),
  };
  if (!(error instanceof InsufficientCreditError)) return own;
  const amounts = {
    required: error.required,
    available: error.available,
    short: error.short,
    budgetLeft: error.budget?.left,
  };
  return {
    ...own,
    kind: error.kind,
    ...Object.fromEntries(Object.entries(amounts).map(([field, amount]) => [field, amount?.toString()])),
  };
}
