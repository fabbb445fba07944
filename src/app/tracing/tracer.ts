/** The tracer: makes spans of work, knows which one is around it, and gives those that are sampled to an exporter. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomInt } from 'node:crypto';
import type { NoteOfSpan, SpanAbout, SpanAttributes, SpanContext, Tracer } from '../../db/tracing.ts';

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const MILLION = 1_000_000;

/** A span that has ended. */
export interface EndedSpan extends SpanContext {
  readonly name: string;
  readonly kind: SpanAbout['kind'];
  readonly parentSpanId: string | undefined;
  /** Milliseconds since the epoch, with parts of a millisecond. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: SpanAttributes;
  readonly links: readonly SpanContext[];
  /** What the work rejected with, by name alone: messages may hold what callers wrote. */
  readonly failure: string | undefined;
}

export interface TracerOptions {
  /** How many of a million traces that begin here are recorded. */
  readonly shareMillionths: number;
  /** Called with each sampled span as it ends. */
  readonly onEnd: (span: EndedSpan) => void;
}

/** Opens a tracer. */
export function openTracer({ shareMillionths, onEnd }: TracerOptions): Tracer {
  const around = new AsyncLocalStorage<SpanContext>();
  const begin = ({ parent, isRoot }: SpanAbout): { context: SpanContext; parent: SpanContext | undefined } => {
    const above = isRoot === true ? undefined : (parent ?? around.getStore());
    const traceId = above?.traceId ?? randomBytes(TRACE_ID_BYTES).toString('hex');
    const sampled = above?.sampled ?? randomInt(MILLION) < shareMillionths;
    return { context: { traceId, spanId: randomBytes(SPAN_ID_BYTES).toString('hex'), sampled }, parent: above };
  };
  return {
    here: () => around.getStore(),
    run: async (about, work) => {
      const { context, parent } = begin(about);
      if (!context.sampled) return around.run(context, async () => work(() => undefined));
      const startMs = nowMs();
      const attributes: Record<string, SpanAttributes[string]> = { ...about.attributes };
      const note: NoteOfSpan = (more) => void Object.assign(attributes, more);
      const end = (failure: string | undefined): void => {
        const { name, kind, links = [] } = about;
        const times = { startMs, endMs: nowMs() };
        onEnd({ ...context, ...times, name, kind, parentSpanId: parent?.spanId, attributes, links, failure });
      };
      try {
        const result = await around.run(context, async () => work(note));
        end(undefined);
        return result;
      } catch (error) {
        end(error instanceof Error ? error.name : 'Error');
        throw error;
      }
    },
  };
}

/** The time with parts of a millisecond; nobody sets it while the process runs. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
