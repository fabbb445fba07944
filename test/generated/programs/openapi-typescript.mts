/** Calls the service through openapi-fetch and the types that openapi-typescript makes of its document. */
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.ts';

type Entry = components['schemas']['Entry'];

const { COFFER_URL: baseUrl = '', COFFER_KEY: key = '' } = process.env;
const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${key}` } });

/** What a call answered, which is neither a refusal nor the answer to a dry run. */
function sure<T>({ data, error }: { data?: T; error?: unknown }): Exclude<T, string | { dryRun: true }> {
  if (data === undefined || typeof data === 'string' || isPreview(data)) throw new Error(JSON.stringify(error ?? data));
  return data as Exclude<T, string | { dryRun: true }>;
}

const isPreview = (data: unknown): data is { dryRun: true } =>
  typeof data === 'object' && data !== null && 'dryRun' in data;

const before = sure(await client.GET('/treasury/balance'));
const debit = {
  params: { header: { 'Idempotency-Key': 'generated-1' } },
  body: { serviceType: 'AI_API', amountUsd: '1.25', metadata: { project: 'atlas' } },
} as const;
const first = sure(await client.POST('/treasury/debit', debit));
const again = sure(await client.POST('/treasury/debit', debit));
const held = sure(
  await client.POST('/treasury/hold', { body: { serviceType: 'AI_API', amountUsd: '2.00', useGiftCard: false } }),
);
const captured = sure(
  await client.POST('/treasury/consume-hold', {
    body: { holdId: held.holdId, amountUsd: '0.75', final: true, allowOverrun: false },
  }),
);
const { entries } = sure(await client.GET('/treasury/ledger', { params: { query: { limit: 100 } } }));
const types = entries.map(({ type }: Entry): Entry['type'] => type);
const after = sure(await client.GET('/treasury/balance'));
const refused = await client.POST('/treasury/debit', { body: { serviceType: 'AI_API', amountUsd: '100.00' } });
const problem = refused.error;
if (problem === undefined || !('kind' in problem)) throw new Error('the debit was not refused');
const { code, kind, availableUsd } = problem;
console.log(
  JSON.stringify({
    before: before.availableUsd,
    charged: first.amountUsd,
    isSameEntry: first.entryId === again.entryId,
    held: held.amountUsd,
    captured: captured.amountUsd,
    entryTypes: [...new Set(types)].sort(),
    after: after.availableUsd,
    refusal: { code, kind, availableUsd },
  }),
);
