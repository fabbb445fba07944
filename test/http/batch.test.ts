import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { ACCESS_CACHE_TTL_MS } from '../../src/http/access/guard.ts';
import { batchReply } from '../../src/http/treasury/batch-schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { auditWallet, connect } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const debit = { op: 'debit', amountUsd: '1', serviceType: 'AI_API' };
const hold = { op: 'hold', amountUsd: '5', serviceType: 'AI_API' };

async function send(key: string, commands: unknown): Promise<Answer> {
  return api.call('POST', '/treasury/batch', { key, body: { commands } });
}

/** Of each result: status, whether it is a replay, and the code of its problem. */
async function outcomes(key: string, commands: unknown): Promise<unknown[]> {
  const answer = await send(key, commands);
  expect(answer.status).toBe(200);
  return batchReply.parse(answer.json).results.map(({ status, replayed, problem }) => {
    const code = problem?.['code'];
    return code === undefined ? [status, replayed] : [status, replayed, code];
  });
}

async function countEntries(wallet: string): Promise<number> {
  const client = await connect(api.database.ownerUrl);
  const entries = await auditWallet(client, wallet);
  await client.end();
  return entries.length;
}

describe('a batch', () => {
  it('judges each command alone, in their order, and answers as the call alone would', async () => {
    const { key, wallet } = await api.createCustomer(10n);
    const opened = await api.call('POST', '/treasury/hold', { key, body: { amountUsd: '3', serviceType: 'AI_API' } });
    const { holdId } = opened.json;
    const commands = [
      { ...debit, idempotencyKey: 'a', description: 'd', reference: 'r', appId: 'app' },
      { ...hold, idempotencyKey: 'b' },
      { ...debit, idempotencyKey: 'c', amountUsd: '2' },
      { op: 'consume-hold', idempotencyKey: 'd', holdId, amountUsd: '1' },
      { ...debit, idempotencyKey: 'e', amountUsd: '2' },
      { op: 'release-hold', idempotencyKey: 'f', holdId: `hold_${wallet}_4` },
      { op: 'extend-hold', idempotencyKey: 'g', holdId, expiresInSeconds: 60 },
      { ...debit, idempotencyKey: 'h', serviceType: 'X402' },
    ];
    const answer = await send(key, commands);
    const { results } = batchReply.parse(answer.json);
    const balances = ['6.00', '1.00', undefined, '3.00', '1.00', '6.00', undefined, undefined];
    expect(results.map(({ result }) => result?.['availableUsd'])).toEqual(balances);
    expect(results.map(({ status }) => status)).toEqual([200, 200, 402, 200, 200, 200, 409, 400]);
    expect(results.map(({ idempotencyKey }) => idempotencyKey)).toEqual(commands.map((one) => one.idempotencyKey));
    expect(results[2]?.problem).toMatchObject({
      type: '/docs/errors/CREDIT_INSUFFICIENT',
      status: 402,
      code: 'CREDIT_INSUFFICIENT',
      availableUsd: '1.00',
      requiredUsd: '2.00',
    });
    const { op: _, ...body } = commands[0] ?? { op: '' };
    const alone = await api.call('POST', '/treasury/debit', { key, body });
    expect(alone.headers.get('idempotency-replayed')).toBe('true');
    expect(results[0]?.result).toEqual(alone.json);
  });

  it('of a thousand is carried out as far as the money goes, and the same again tells the same', async () => {
    const { key, wallet } = await api.createCustomer(600n);
    const commands = Array.from({ length: 1_000 }, () => ({ ...debit, idempotencyKey: uuidV7(Date.now()) }));
    const first = await outcomes(key, commands);
    expect(first).toEqual(commands.map((_, n) => (n < 600 ? [200, false] : [402, false, 'CREDIT_INSUFFICIENT'])));
    expect(await outcomes(key, commands)).toEqual(
      commands.map((_, n) => (n < 600 ? [200, true] : [402, false, 'CREDIT_INSUFFICIENT'])),
    );
    expect(await countEntries(wallet)).toBe(601);
  });

  it('that names one key twice carries it out once and answers twice', async () => {
    const { key, wallet } = await api.createCustomer(10n);
    const commands = [
      { ...debit, idempotencyKey: 'same' },
      { ...debit, idempotencyKey: 'same' },
      { ...debit, idempotencyKey: 'same', amountUsd: '2' },
      { ...debit, idempotency_key: 'same', amountUsd: '1.000000' },
    ];
    const answer = await send(key, commands);
    const results = listIn(answer, 'results');
    expect(results.map(({ status, replayed }) => [status, replayed])).toEqual([
      [200, false],
      [200, true],
      [409, false],
      [200, true],
    ]);
    expect(results[1]?.['result']).toEqual(results[0]?.['result']);
    expect(results[3]?.['result']).toEqual(results[0]?.['result']);
    expect(await countEntries(wallet)).toBe(2);
  });

  it('sent twice at the same instant is carried out once', async () => {
    const { key, wallet } = await api.createCustomer(100n);
    const commands = Array.from({ length: 50 }, (_, n) => ({ ...debit, idempotencyKey: `k-${n}` }));
    const answers = await Promise.all([send(key, commands), send(key, commands)]);
    const [one = [], two = []] = answers.map((answer) => listIn(answer, 'results'));
    expect(one.map(({ result }) => result)).toEqual(two.map(({ result }) => result));
    expect([...one, ...two].filter(({ replayed }) => replayed === false)).toHaveLength(50);
    expect(await countEntries(wallet)).toBe(51);
  });

  it('reaches no hold of another org, and spends nothing of a suspended one but tells what was done', async () => {
    const [mine, theirs] = [await api.createCustomer(10n), await api.createCustomer(10n)];
    const foreign = await api.call('POST', '/treasury/hold', { key: theirs.key, body: { ...hold, op: undefined } });
    const { holdId } = foreign.json;
    expect(
      await outcomes(mine.key, [
        { op: 'release-hold', idempotencyKey: 'a', holdId },
        { op: 'consume-hold', idempotencyKey: 'b', holdId, amountUsd: '1' },
        { ...debit, idempotencyKey: 'c' },
      ]),
    ).toEqual([
      [404, false, 'NOT_FOUND'],
      [404, false, 'NOT_FOUND'],
      [200, false],
    ]);
    await api.db.raw('UPDATE org SET suspended_at = now() WHERE id = ?', [mine.org]);
    api.advance(ACCESS_CACHE_TTL_MS);
    expect(
      await outcomes(mine.key, [
        { ...debit, idempotencyKey: 'd' },
        { ...debit, idempotencyKey: 'c' },
      ]),
    ).toEqual([
      [403, false, 'ORG_SUSPENDED'],
      [200, true],
    ]);
  });
});

describe('a wrong command', () => {
  it.each([
    ['that is no object', 7, ['']],
    ['that is a list', [], ['']],
    ['that is nothing', null, ['']],
    ['without op', { idempotencyKey: 'k', amountUsd: '1', serviceType: 'AI_API' }, ['op']],
    ['with an unknown op', { ...debit, op: 'credit', idempotencyKey: 'k' }, ['op']],
    ['with an op from the prototype', { ...debit, op: 'constructor', idempotencyKey: 'k' }, ['op']],
    ['without a key', debit, ['idempotencyKey']],
    ['with an empty key', { ...debit, idempotencyKey: '' }, ['idempotencyKey']],
    ['with two keys', { ...debit, idempotencyKey: 'a', idempotency_key: 'b' }, ['Idempotency-Key']],
    ['with a JSON number', { ...debit, idempotencyKey: 'k', amountUsd: 1 }, ['amountUsd']],
    ['with an extra field', { ...debit, idempotencyKey: 'k', wallet: 'w' }, ['wallet']],
    ['with nothing', {}, ['idempotencyKey', 'op']],
  ])('%s is refused alone', async (_name, command, paths) => {
    const { key, wallet } = await api.createCustomer(10n);
    const answer = await send(key, [{ ...debit, idempotencyKey: 'x' }, command, { ...debit, idempotencyKey: 'y' }]);
    const { results } = batchReply.parse(answer.json);
    expect(results.map(({ status }) => status)).toEqual([200, 400, 200]);
    const errors = results[1]?.problem?.['errors'];
    expect(Array.isArray(errors) && errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(paths);
    expect(await countEntries(wallet)).toBe(3);
  });
});

describe('a batch as a whole', () => {
  it.each([
    ['nothing', {}, ['commands']],
    ['no command', { commands: [] }, ['commands']],
    ['1,001 commands', { commands: Array.from({ length: 1_001 }, () => debit) }, ['commands']],
    ['no list', { commands: debit }, ['commands']],
    ['an extra field', { commands: [debit], atomic: true }, ['atomic']],
    ['a key for all', { commands: [debit], idempotencyKey: 'k' }, ['idempotencyKey']],
  ])('with %s is refused', async (_name, body, paths) => {
    const { key } = await api.createCustomer(10n);
    expect(pathsOfErrors(await api.call('POST', '/treasury/batch', { key, body }))).toEqual(paths);
  });

  it('with a key in the header is refused, as it would hold for none of them', async () => {
    const { key, wallet } = await api.createCustomer(10n);
    const headers = { 'idempotency-key': 'k' };
    const body = { commands: [{ ...debit, idempotencyKey: 'x' }] };
    expect(pathsOfErrors(await api.call('POST', '/treasury/batch', { key, body, headers }))).toEqual([
      'Idempotency-Key',
    ]);
    expect(await countEntries(wallet)).toBe(1);
  });

  it('may have 1 MB, and no more', async () => {
    const { key, wallet } = await api.createCustomer(1n);
    const padded = (length: number): string => {
      const body = JSON.stringify({ commands: [{ ...debit, idempotencyKey: 'k', description: '' }] });
      return body.replace('"description":""', () => `"description":"${'x'.repeat(length - body.length)}"`);
    };
    const fits = await api.call('POST', '/treasury/batch', { key, body: padded(1_048_576) });
    expect(fits.status).toBe(200);
    expect(listIn(fits, 'results')[0]).toMatchObject({ status: 400, problem: { errors: [{ path: 'description' }] } });
    const over = await api.call('POST', '/treasury/batch', { key, body: padded(1_048_577) });
    expect([over.status, over.json['code']]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await countEntries(wallet)).toBe(1);
  });
});
