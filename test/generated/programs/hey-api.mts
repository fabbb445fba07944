/** Calls the service through the client that @hey-api/openapi-ts makes of its document. */
import { client } from './client/client.gen.js';
import { captureHold, createDebit, createHold, getBalance, listEntries } from './client/index.js';
import type { CreateDebitData, Entry } from './client/index.js';

const { COFFER_URL: baseUrl = '', COFFER_KEY: auth = '' } = process.env;
client.setConfig({ baseUrl, auth });

const sure = { throwOnError: true } as const;
const before = await getBalance(sure);
const debit: Omit<CreateDebitData, 'url'> = {
  headers: { 'Idempotency-Key': 'generated-1' },
  body: { serviceType: 'AI_API', amountUsd: '1.25', metadata: { project: 'atlas' } },
};
const first = await createDebit({ ...debit, ...sure });
const again = await createDebit({ ...debit, ...sure });
const held = await createHold({ body: { serviceType: 'AI_API', amountUsd: '2.00' }, ...sure });
if ('dryRun' in held.data) throw new Error('the hold was not opened');
const captured = await captureHold({ body: { holdId: held.data.holdId, amountUsd: '0.75' }, ...sure });
const { data } = await listEntries({ query: { limit: 100 }, ...sure });
if (typeof data === 'string') throw new Error('the entries came as text');
const types = data.entries.map(({ type }: Entry): Entry['type'] => type);
const after = await getBalance(sure);
const { error } = await createDebit({ body: { serviceType: 'AI_API', amountUsd: '100.00' } });
if (error === undefined || !('kind' in error)) throw new Error('the debit was not refused');
const { code, kind, availableUsd } = error;
console.log(
  JSON.stringify({
    before: before.data.availableUsd,
    charged: first.data.amountUsd,
    isSameEntry: first.data.entryId === again.data.entryId,
    held: held.data.amountUsd,
    captured: captured.data.amountUsd,
    entryTypes: [...new Set(types)].sort(),
    after: after.data.availableUsd,
    refusal: { code, kind, availableUsd },
  }),
);
