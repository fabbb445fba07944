/** What the helpers of the TypeScript SDK do with money of the real service: holds, metered streams, guards. */
import express from 'express';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { guard, guardErrors } from '../../sdk/typescript/src/express.ts';
import { guard as guardOfHono, type HonoContext } from '../../sdk/typescript/src/hono.ts';
import {
  Coffer,
  ConnectionError,
  InsufficientCreditError,
  meter,
  OpenHold,
  Usd,
  withHold,
} from '../../sdk/typescript/src/index.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { openFaultProxy, type FaultProxy } from '../support/sdk/fault-proxy.ts';

const TERMS = { serviceType: 'AI_API', amountUsd: '1.00' } as const;

let api: TestApi;
let proxy: FaultProxy;
beforeAll(async () => {
  api = await startTestApi();
  proxy = await openFaultProxy(() => api.url());
});
afterAll(async () => {
  await proxy?.close();
  await api?.stop();
});

/** A client of a new customer, and what the service says of their balance. */
async function customer(usd = 10n): Promise<{ coffer: Coffer; key: string; balance: () => Promise<string[]> }> {
  const { key } = await api.createCustomer(usd);
  proxy.setFaults([]);
  const coffer = new Coffer({ baseUrl: proxy.url, key });
  const balance = async (): Promise<string[]> => {
    const { availableUsd, heldUsd } = await coffer.getBalance();
    return [availableUsd, heldUsd];
  };
  return { coffer, key, balance };
}

/** Chunks at 0.10 each. */
async function* chunks(count: number, seen: { ended: boolean } = { ended: false }): AsyncGenerator<number> {
  try {
    for (let at = 1; at <= count; at += 1) yield Promise.resolve(at);
  } finally {
    seen.ended = true;
  }
}
const PRICE = (): string => '0.10';

describe('withHold', () => {
  test('charges what was captured, frees the rest, and answers what the work answers', async () => {
    const { coffer, balance } = await customer();
    const answer = await withHold(coffer, TERMS, async (hold) => {
      expect(await balance()).toEqual(['9.00', '1.00']);
      await hold.capture('0.30');
      await hold.capture(Usd.of('0.20'));
      expect([hold.captured, hold.left].map(String)).toEqual(['0.50', '0.50']);
      return 'done';
    });
    expect([answer, await balance()]).toEqual(['done', ['9.50', '0.00']]);
  });

  test('knows that a hold which has nothing left is closed', async () => {
    const { coffer, balance } = await customer();
    await withHold(coffer, TERMS, async (hold) => {
      await hold.capture('1.00');
      expect(hold.isOpen).toBe(false);
    });
    expect(proxy.asked.filter(({ path }) => path === '/treasury/release-hold')).toEqual([]);
    expect(await balance()).toEqual(['9.00', '0.00']);
  });

  test('closes with the last part, and releases nothing afterwards', async () => {
    const { coffer, balance } = await customer();
    await withHold(coffer, TERMS, async (hold) => {
      await hold.close('0.40');
      expect(hold.isOpen).toBe(false);
    });
    expect(proxy.asked.filter(({ path }) => path === '/treasury/release-hold')).toEqual([]);
    expect(await balance()).toEqual(['9.60', '0.00']);
  });

  test('keeps what was captured and frees the rest when the work throws', async () => {
    const { coffer, balance } = await customer();
    const failing = withHold(coffer, TERMS, async (hold) => {
      await hold.capture('0.25');
      throw new Error('the model is away');
    });
    await expect(failing).rejects.toThrow('the model is away');
    expect(await balance()).toEqual(['9.75', '0.00']);
  });

  test('does not begin the work without the money', async () => {
    const { coffer } = await customer(0n);
    const work = vi.fn<() => Promise<void>>();
    await expect(withHold(coffer, TERMS, work)).rejects.toBeInstanceOf(InsufficientCreditError);
    expect(work).not.toHaveBeenCalled();
  });

  test('opens one hold and captures once where answers are lost', async () => {
    const { coffer, balance } = await customer();
    proxy.setFaults([{ do: 'lose-answer' }, null, { do: 'lose-answer' }, null, { do: 'lose-answer' }]);
    await withHold(coffer, TERMS, async (hold) => {
      await hold.capture('0.25');
    });
    expect(await balance()).toEqual(['9.75', '0.00']);
  });

  test('a release that gets no answer is no reason to lose what the work answered', async () => {
    const { coffer } = await customer();
    const answer = await withHold(
      coffer,
      TERMS,
      async () => {
        proxy.setFaults(() => ({ do: 'lose-request' }));
        return Promise.resolve('done');
      },
      { deadlineMs: 300 },
    );
    expect(answer).toBe('done');
  });

  test('does not begin the work on a hold of an earlier run that has ended', async () => {
    const { coffer, balance } = await customer();
    const work = vi.fn<(hold: OpenHold) => Promise<void>>(async () => Promise.resolve());
    const opening = { idempotencyKey: 'order-1' };
    await withHold(coffer, TERMS, work, opening);
    await expect(withHold(coffer, TERMS, work, opening)).rejects.toMatchObject({ code: 'HOLD_NOT_PENDING' });
    expect([work.mock.calls.length, await balance()]).toEqual([1, ['10.00', '0.00']]);
  });

  test('a capture under a key of its own happens once, from whichever hold', async () => {
    const { coffer, balance } = await customer();
    const sell = async (): Promise<unknown> =>
      withHold(coffer, TERMS, async (hold) => hold.close('0.30', { idempotencyKey: 'order-2' }));
    await sell();
    await expect(sell()).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await balance()).toEqual(['9.70', '0.00']);
  });

  test('reports while it runs, and says when the hold has ended', async () => {
    const { coffer, key } = await customer();
    const hold = await OpenHold.open(coffer, { ...TERMS, heartbeatSeconds: 5 });
    const beats = (): number => proxy.asked.filter(({ path }) => path === '/treasury/heartbeat-hold').length;
    await vi.waitFor(() => expect(beats()).toBeGreaterThan(0), 5_000);
    expect([hold.isOpen, hold.signal.aborted]).toEqual([true, false]);
    const ended = await api.call('POST', '/treasury/release-hold', { key, body: { holdId: hold.id } });
    expect(ended.status).toBe(200);
    await vi.waitFor(() => expect(hold.signal.aborted).toBe(true), 5_000);
    expect([hold.isOpen, await hold.release()]).toEqual([false, undefined]);
    const before = beats();
    await new Promise((resolve) => void setTimeout(resolve, 2_500));
    expect(beats()).toBe(before);
  });
});

describe('meter', () => {
  test('captures in parts, grows, and charges exactly what was delivered', async () => {
    const { coffer, balance } = await customer();
    const metered = meter(coffer, chunks(25), { terms: TERMS, price: PRICE });
    let delivered = 0;
    for await (const chunk of metered) delivered = chunk;
    expect([delivered, metered.ended, metered.captured.toString()]).toEqual([25, 'source', '2.50']);
    const of = (path: string): number => proxy.asked.filter((one) => one.path === `/treasury/${path}`).length;
    expect([of('grow-hold'), of('hold')]).toEqual([2, 1]);
    expect(of('consume-hold')).toBeGreaterThan(5);
    expect(await balance()).toEqual(['7.50', '0.00']);
  });

  test('delivers nothing that is not paid for, and ends the source, when credit ends', async () => {
    const { coffer, balance } = await customer(1n);
    const seen = { ended: false };
    const metered = meter(coffer, chunks(100, seen), { terms: { ...TERMS, amountUsd: '0.40' }, price: PRICE });
    let delivered = 0;
    for await (const _ of metered) delivered += 1;
    expect([seen.ended, metered.captured.toString()]).toEqual([
      true,
      Usd.of('0.10').times(BigInt(delivered)).toString(),
    ]);
    expect(['credit', 'advice']).toContain(metered.ended);
    expect(delivered).toBeGreaterThanOrEqual(8);
    const [available, held] = await balance();
    expect([Usd.of('1.00').minus(metered.captured).toString(), '0.00']).toEqual([available, held]);
  });

  test('charges what was delivered when its reader goes away, and when its source fails', async () => {
    const { coffer, balance } = await customer();
    const seen = { ended: false };
    for await (const chunk of meter(coffer, chunks(100, seen), { terms: TERMS, price: PRICE })) if (chunk === 7) break;
    expect([seen.ended, await balance()]).toEqual([true, ['9.30', '0.00']]);
    const failing = async function* (): AsyncGenerator<number> {
      yield* chunks(3);
      throw new Error('the model is away');
    };
    const reading = (async () => {
      for await (const _ of meter(coffer, failing(), { terms: TERMS, price: PRICE }));
    })();
    await expect(reading).rejects.toThrow('the model is away');
    expect(await balance()).toEqual(['9.00', '0.00']);
  });

  test('charges nothing twice where it never learns whether it was captured', async () => {
    const { coffer, balance } = await customer();
    proxy.setFaults(() => (proxy.asked.at(-1)?.path === '/treasury/consume-hold' ? { do: 'lose-answer' } : undefined));
    const reading = (async () => {
      for await (const _ of meter(coffer, chunks(4), { terms: TERMS, price: PRICE, deadlineMs: 400 }));
    })();
    await expect(reading).rejects.toBeInstanceOf(ConnectionError);
    proxy.setFaults([]);
    expect(await balance()).toEqual(['9.70', '0.00']);
  });

  test('grows by as much as a chunk that costs more than a step', async () => {
    const { coffer, balance } = await customer();
    const metered = meter(coffer, chunks(2), { terms: { ...TERMS, amountUsd: '0.05' }, price: () => '4.00' });
    for await (const _ of metered);
    // The last of them was also the last that there was credit for.
    expect([metered.ended, await balance()]).toEqual(['advice', ['2.00', '0.00']]);
  });
});

describe('guards', () => {
  const topUp = (): { url: string } => ({ url: 'https://shop.example/top-up' });
  const refused = { status: 402, code: 'CREDIT_INSUFFICIENT', kind: 'balance', topUp: topUp() };

  test('Express: 402 says how to top up, before the handler and for what the handler met', async () => {
    const { coffer } = await customer(1n);
    const app = express();
    app.get('/dear', guard(coffer, { amountUsd: '5.00', topUp }), (_, response) => void response.send('served'));
    app.get('/cheap', guard(coffer, { amountUsd: () => '0.50', topUp }), (_, response) => void response.send('served'));
    app.get('/debit', async (_, response) => {
      await coffer.createDebit({ serviceType: 'AI_API', amountUsd: '7.00' });
      response.send('served');
    });
    app.get('/broken', () => {
      throw new Error('broken');
    });
    app.use(guardErrors({ topUp }));
    app.use(
      (_: Error, __: express.Request, response: express.Response, ___: express.NextFunction) =>
        void response.sendStatus(500),
    );
    const server = app.listen(0);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const get = async (path: string): Promise<[number, string]> => {
      const response = await fetch(url + path);
      return [response.status, await response.text()];
    };
    expect(await get('/cheap')).toEqual([200, 'served']);
    const [dear, debit] = [await get('/dear'), await get('/debit')];
    expect(JSON.parse(dear[1])).toMatchObject({ ...refused, requiredUsd: '5.00', availableUsd: '1.00' });
    expect(JSON.parse(debit[1])).toMatchObject({ ...refused, requiredUsd: '7.00', availableUsd: '1.00' });
    expect([dear[0], debit[0], (await get('/broken'))[0]]).toEqual([402, 402, 500]);
    proxy.setFaults(() => ({ do: 'answer', status: 503, body: { code: 'LEDGER_UNAVAILABLE', detail: 'away' } }));
    expect((await get('/cheap'))[0]).toBe(503);
    proxy.setFaults([]);
    server.close();
  });

  test('Hono: the same', async () => {
    const { coffer } = await customer(1n);
    const context = (error?: Error): HonoContext => ({ res: new Response('made by Hono', { status: 500 }), error });
    const pass = guardOfHono(coffer, { amountUsd: '0.50', topUp });
    const next = vi.fn<() => Promise<void>>(async () => Promise.resolve());
    expect([await pass(context(), next), next.mock.calls.length]).toEqual([undefined, 1]);
    const stopped = await guardOfHono(coffer, { amountUsd: '5.00', topUp })(context(), next);
    expect([stopped?.status, next.mock.calls.length]).toEqual([402, 1]);
    expect(await stopped?.json()).toMatchObject({ ...refused, requiredUsd: '5.00' });
    const met: unknown = await coffer
      .createDebit({ serviceType: 'AI_API', amountUsd: '7.00' })
      .catch((error: unknown) => error);
    const [own, other] = [context(met as Error), context(new Error('broken'))];
    await pass(own, next);
    await pass(other, next);
    expect([own.res.status, other.res.status]).toEqual([402, 500]);
  });
});
