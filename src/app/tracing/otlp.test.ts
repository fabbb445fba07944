import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { encode, openExporter } from './otlp.ts';
import type { EndedSpan } from './tracer.ts';

const span: EndedSpan = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  parentSpanId: 'c'.repeat(16),
  sampled: true,
  name: 'POST /treasury/debit',
  kind: 'server',
  startMs: 1_700_000_000_000.25,
  endMs: 1_700_000_000_001.5,
  attributes: { text: 'x', count: 3, share: 0.5, yes: true, none: undefined },
  links: [{ traceId: 'd'.repeat(32), spanId: 'e'.repeat(16), sampled: true }],
  failure: 'TypeError',
};

describe('the JSON form of OTLP', () => {
  it('is that of the specification: hex ids, times and integers as texts, kinds and states by number', () => {
    expect(JSON.parse(encode([span], { 'service.name': 'coffer' }))).toEqual({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'coffer' } }] },
          scopeSpans: [
            {
              scope: { name: 'coffer' },
              spans: [
                {
                  traceId: span.traceId,
                  spanId: span.spanId,
                  parentSpanId: span.parentSpanId,
                  flags: 1,
                  name: span.name,
                  kind: 2,
                  startTimeUnixNano: '1700000000000250000',
                  endTimeUnixNano: '1700000000001500000',
                  attributes: [
                    { key: 'text', value: { stringValue: 'x' } },
                    { key: 'count', value: { intValue: '3' } },
                    { key: 'share', value: { doubleValue: 0.5 } },
                    { key: 'yes', value: { boolValue: true } },
                  ],
                  links: [{ traceId: 'd'.repeat(32), spanId: 'e'.repeat(16) }],
                  status: { code: 2, message: 'TypeError' },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('leaves out what a span has not', () => {
    const text = encode([{ ...span, parentSpanId: undefined, failure: undefined, links: [] }], {});
    expect(text).not.toMatch(/parentSpanId|status/);
  });
});

describe('an exporter', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function listen(status: number): Promise<{ url: string; batches: number[] }> {
    const batches: number[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const { resourceSpans } = JSON.parse(await textOf(request)) as {
        resourceSpans: { scopeSpans: { spans: unknown[] }[] }[];
      };
      batches.push(resourceSpans[0]?.scopeSpans[0]?.spans.length ?? 0);
      response.writeHead(status).end('{}');
    };
    server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`, batches };
  }

  it('sends in batches, and what is left at its end', async () => {
    const { url, batches } = await listen(200);
    const lost: number[] = [];
    const exporter = openExporter({ url, resource: {}, clock: systemClock, onLost: (spans) => lost.push(spans) });
    for (let n = 0; n < 1_100; n += 1) exporter.add(span);
    await exporter.stop();
    expect([batches.reduce((sum, one) => sum + one, 0), Math.max(...batches), lost]).toEqual([1_100, 512, []]);
  });

  it('sends at its end what is too little for a batch', async () => {
    const { url, batches } = await listen(200);
    const exporter = openExporter({ url, resource: {}, clock: systemClock, onLost: () => undefined });
    for (let n = 0; n < 3; n += 1) exporter.add(span);
    await exporter.stop();
    expect(batches).toEqual([3]);
  });

  it('loses spans, and says so once a minute, when the collector refuses them; it holds a bounded number', async () => {
    const { url, batches } = await listen(503);
    const lost: number[] = [];
    const exporter = openExporter({ url, resource: {}, clock: systemClock, onLost: (spans) => lost.push(spans) });
    for (let n = 0; n < 9_000; n += 1) exporter.add(span);
    await exporter.stop();
    // What waited at most, and the batch that was under way meanwhile.
    expect(batches.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(8_192 + 512);
    expect(lost.length).toBe(1);
  });
});
