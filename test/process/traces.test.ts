/** Traces of a real service, as a collector gets them by OTLP over HTTP; and that there are none unless they are configured. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startTracing } from '../../src/app/tracing/start.ts';
import { runDetector } from '../support/chains/bench.ts';
import { startReceiver, type Receiver } from '../support/events/webhook-receiver.ts';
import { EVM, startTestApi, type TestApi } from '../support/http/api.ts';

const WAIT = { timeout: 20_000, interval: 100 };
const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

const hex = (digits: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const values = z.array(
  z.strictObject({
    key: z.string(),
    value: z.union([
      z.strictObject({ stringValue: z.string() }),
      z.strictObject({ intValue: z.string().regex(/^-?[0-9]+$/) }),
      z.strictObject({ boolValue: z.boolean() }),
      z.strictObject({ doubleValue: z.number() }),
    ]),
  }),
);
const spanSchema = z.strictObject({
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: hex(16).optional(),
  flags: z.literal(1),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: z.string().regex(/^[0-9]{19}$/),
  endTimeUnixNano: z.string().regex(/^[0-9]{19}$/),
  attributes: values,
  links: z.array(z.strictObject({ traceId: hex(32), spanId: hex(16) })),
  status: z.strictObject({ code: z.literal(2), message: z.string() }).optional(),
});
/** A request of OTLP, as strictly as a collector reads it and more: nothing unknown is in it. */
const requestSchema = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes: values }),
      scopeSpans: z.array(
        z.strictObject({ scope: z.strictObject({ name: z.literal('coffer') }), spans: z.array(spanSchema) }),
      ),
    }),
  ),
});
type Span = z.infer<typeof spanSchema>;

interface Collector {
  readonly url: string;
  readonly spans: Span[];
  readonly resources: unknown[];
  close(): void;
}

async function openCollector(): Promise<Collector> {
  const spans: Span[] = [];
  const resources: unknown[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { resourceSpans } = requestSchema.parse(JSON.parse(await textOf(request)));
    for (const { resource, scopeSpans } of resourceSpans) {
      resources.push(resource);
      spans.push(...scopeSpans.flatMap((one) => one.spans));
    }
    const fits = request.url === '/v1/traces' && request.headers['content-type'] === 'application/json';
    response.writeHead(fits ? 200 : 400, { 'content-type': 'application/json' }).end('{}');
  };
  const server: Server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    spans,
    resources,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let collector: Collector;
let tracing: ReturnType<typeof startTracing>;
let api: TestApi;
let receiver: Receiver;
beforeAll(async () => {
  collector = await openCollector();
  const log = { warn: (about: unknown) => expect.unreachable(JSON.stringify(about)) };
  tracing = startTracing({ url: collector.url, shareMillionths: 1_000_000 }, { role: 'api', log });
  receiver = await startReceiver();
  api = await startTestApi('first_come', undefined, { webhooks: { allowPrivate: ['127.0.0.1/32'] } });
});
afterAll(async () => {
  await api.stop();
  await receiver.close();
  await tracing.stop();
  collector.close();
});

async function find(what: (span: Span) => boolean): Promise<Span> {
  return vi.waitFor(() => {
    const found = collector.spans.find(what);
    if (!found) throw new Error('no such span');
    return found;
  }, WAIT);
}

const attributeOf = (span: Span, name: string): unknown => {
  const value = span.attributes.find(({ key }) => key === name)?.value;
  return value && Object.values(value)[0];
};

describe('a trace', () => {
  it('leads from the caller through the request to its command, its statements and the batch that wrote it', async () => {
    const { key } = await api.createCustomer(5n);
    const traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`;
    const body = { serviceType: 'AI_API', amountUsd: '1', description: 'a secret of the caller' };
    expect((await api.call('POST', '/treasury/debit', { key, body, headers: { traceparent } })).status).toBe(200);
    const request = await find(({ name, traceId }) => name === 'POST /treasury/debit' && traceId === CALLER.traceId);
    expect([request.parentSpanId, request.kind, attributeOf(request, 'http.response.status_code')]).toEqual([
      CALLER.spanId,
      2,
      '200',
    ]);
    const command = await find(
      ({ name, parentSpanId }) => name === 'ledger command' && parentSpanId === request.spanId,
    );
    expect([command.traceId, attributeOf(command, 'coffer.op')]).toEqual([CALLER.traceId, 'debit']);
    const batch = await find(({ links }) => links.some(({ spanId }) => spanId === command.spanId));
    expect([batch.name, batch.traceId === CALLER.traceId, attributeOf(batch, 'coffer.commands')]).toEqual([
      'ledger batch',
      false,
      '1',
    ]);
    expect(BigInt(batch.endTimeUnixNano) <= BigInt(command.endTimeUnixNano)).toBe(true);
    const statement = await find(({ name, traceId }) => name === 'sql SELECT api_key' && traceId === CALLER.traceId);
    expect(attributeOf(statement, 'db.collection.name')).toBe('api_key');
    expect(collector.resources[0]).toMatchObject({
      attributes: expect.arrayContaining([{ key: 'service.name', value: { stringValue: 'coffer' } }]) as unknown,
    });
  });

  it('shows a refusal by its code, a transaction by its statements, and no text of a caller', async () => {
    const { org, key } = await api.createCustomer(1n);
    const admin = await api.createKey({ kind: 'admin' });
    await api.call('PATCH', `/admin/orgs/${org}`, { key: admin, body: { name: 'a secret of the caller' } });
    const poor = { serviceType: 'AI_API', amountUsd: '2', description: 'a secret of the caller' };
    expect((await api.call('POST', '/treasury/debit', { key, body: poor })).status).toBe(402);
    const refused = await find(
      (span) => attributeOf(span, 'coffer.problem') === 'CREDIT_INSUFFICIENT' && span.kind === 2,
    );
    expect([refused.status?.code, attributeOf(refused, 'http.response.status_code')]).toEqual([2, '402']);
    const change = await find(({ name }) => name === 'PATCH /admin/orgs/:org');
    const transaction = await find(
      ({ name, parentSpanId }) => name === 'sql transaction' && parentSpanId === change.spanId,
    );
    expect(attributeOf(transaction, 'coffer.statements')).toMatch(/^([2-9]|[1-9][0-9]+)$/);
    expect(JSON.stringify(collector.spans)).not.toContain('secret');
  });

  it('is named to the receiver of a webhook', async () => {
    const { key } = await api.createCustomer(3n);
    const created = await api.call('POST', '/webhook-endpoints', { key, body: { url: receiver.url } });
    expect(created.status).toBe(201);
    await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '1' } });
    const received = await vi.waitFor(() => {
      const [first] = receiver.received;
      if (!first) throw new Error('nothing was received');
      return first;
    }, WAIT);
    const [, traceId, spanId] =
      /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(received.headers['traceparent'] ?? '') ?? [];
    const delivery = await find((span) => span.spanId === spanId);
    expect([delivery.name, delivery.traceId, attributeOf(delivery, 'coffer.delivered')]).toEqual([
      'webhook delivery',
      traceId,
      true,
    ]);
  });

  it('has the rounds of a detector, those that fail too', async () => {
    const chain = { caip2: EVM, rpcUrls: ['http://127.0.0.1:1'], startBlock: 0, devnet: true, tokens: [] };
    const creditsAddress = '0x00000000000000000000000000000000c0ffe2ee';
    const { detector } = runDetector({
      chains: [{ ...chain, creditsAddress }] as unknown as Parameters<typeof runDetector>[0]['chains'],
      databaseUrl: api.database.appUrl,
    });
    try {
      const round = await find(({ name, status }) => name === 'detector round' && status !== undefined);
      expect([round.parentSpanId, attributeOf(round, 'coffer.chain')]).toEqual([undefined, EVM]);
    } finally {
      await detector.stop();
    }
  });
});

describe('a service', () => {
  it('traces where it is told to, sends what it has as it stops, and traces nothing otherwise', async () => {
    const own = await openCollector();
    const { key } = await api.createCustomer(3n);
    for (const env of [{ COFFER_TRACES_URL: own.url }, { COFFER_TRACES_URL: own.url, COFFER_TRACES_SHARE: '0' }, {}]) {
      const program = await api.spawn(env);
      expect((await program.call('GET', '/treasury/balance', { key })).status).toBe(200);
      await program.stop();
    }
    expect(own.spans.filter(({ name }) => name === 'GET /treasury/balance')).toHaveLength(1);
    own.close();
  }, 60_000);
});
