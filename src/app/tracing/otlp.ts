/**
 * Sends spans to a collector by OTLP over HTTP in its JSON form (opentelemetry-proto 1.x), in batches, in the background. A
 * collector that is slow or away costs spans, and nothing else: they wait in a bounded queue, and each batch is sent once.
 */
import { withDeadline, type Clock } from '../../core/clock.ts';
import type { SpanContext, SpanValue } from '../../db/tracing.ts';
import type { EndedSpan } from './tracer.ts';

/** Most spans that wait; a span beyond that is dropped. */
const WAITING_MAX = 8_192;
const BATCH_MAX = 512;
const FLUSH_MS = 2_000;
const POST_DEADLINE_MS = 5_000;
/** How long the end of the process waits for what is left. */
const STOP_MS_MAX = 5_000;
/** Trouble is reported once in this time, with the number of spans that were lost since. */
const REPORT_MS = 60_000;

const KINDS = { internal: 1, server: 2, client: 3 } as const;
const STATUS_ERROR = 2;
const SAMPLED = 1;

export interface ExporterOptions {
  /** Where the collector takes traces: its `/v1/traces`. */
  readonly url: string;
  /** What describes this process, such as `service.name`. */
  readonly resource: Readonly<Record<string, SpanValue>>;
  readonly clock: Clock;
  /** Called with how many spans were lost since the last report, and why the last of them were. */
  readonly onLost: (spans: number, reason: unknown) => void;
}

export interface Exporter {
  add(span: EndedSpan): void;
  /** Sends what waits, as far as that takes no more than five seconds. To be called once nothing is added any more. */
  stop(): Promise<void>;
}

/** Opens an exporter. */
export function openExporter({ url, resource, clock, onLost }: ExporterOptions): Exporter {
  let waiting: EndedSpan[] = [];
  let sending: Promise<void> | undefined;
  let cancelFlush: (() => void) | undefined;
  let [lost, reportedMs] = [0, -Infinity];
  const lose = (spans: number, reason: unknown): void => {
    lost += spans;
    if (clock.elapsedMs() - reportedMs < REPORT_MS) return;
    onLost(lost, reason);
    [lost, reportedMs] = [0, clock.elapsedMs()];
  };
  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX);
      waiting = waiting.slice(BATCH_MAX);
      try {
        await post(url, encode(batch, resource));
      } catch (error) {
        lose(batch.length, error);
      }
    }
  };
  const flush = (): void => {
    cancelFlush?.();
    cancelFlush = undefined;
    sending ??= send().finally(() => {
      sending = undefined;
    });
  };
  return {
    add: (span) => {
      if (waiting.length >= WAITING_MAX) return lose(1, new Error('too many spans wait'));
      waiting.push(span);
      if (waiting.length >= BATCH_MAX) flush();
      else cancelFlush ??= clock.after(FLUSH_MS, flush);
    },
    stop: async () => {
      flush();
      await withDeadline(sending ?? Promise.resolve(), { clock, timeoutMs: STOP_MS_MAX }).catch((error: unknown) => {
        lose(waiting.length, error);
      });
      cancelFlush?.();
    },
  };
}

async function post(url: string, body: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(POST_DEADLINE_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the collector answered ${response.status}`);
}

/** The body of one request. */
export function encode(spans: readonly EndedSpan[], resource: ExporterOptions['resource']): string {
  const scopeSpans = [{ scope: { name: 'coffer' }, spans: spans.map(spanOf) }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: attributesOf(resource) }, scopeSpans }] });
}

function spanOf(span: EndedSpan): object {
  const { traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes, links, failure } = span;
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    flags: SAMPLED,
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(endMs),
    attributes: attributesOf(attributes),
    links: links.map(({ traceId: of, spanId: id }: SpanContext) => ({ traceId: of, spanId: id })),
    ...(failure === undefined ? {} : { status: { code: STATUS_ERROR, message: failure } }),
  };
}

function attributesOf(attributes: Readonly<Record<string, SpanValue | undefined>>): object[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : { key, value: valueOf(value) },
  );
}

function valueOf(value: SpanValue): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  // 64-bit integers are texts in the JSON form.
  return value % 1 === 0 ? { intValue: String(value) } : { doubleValue: value };
}

/** Nanoseconds as a text, without losing what a float of nanoseconds would. */
function nanos(ms: number): string {
  const whole = Math.floor(ms);
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1_000_000)));
}
