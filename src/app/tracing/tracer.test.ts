import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SpanAbout, Tracer } from '../../db/tracing.ts';
import { openTracer, type EndedSpan } from './tracer.ts';

const about = (name: string, more: Partial<SpanAbout> = {}): SpanAbout => ({ name, kind: 'internal', ...more });

function open(shareMillionths: number): { readonly tracer: Tracer; readonly ended: EndedSpan[] } {
  const ended: EndedSpan[] = [];
  return { ended, tracer: openTracer({ shareMillionths, onEnd: (span) => ended.push(span) }) };
}

describe('a tracer', () => {
  it('nests spans by the work that they run in, also where two run at once, and ends them with it', async () => {
    const { tracer, ended } = open(1_000_000);
    const work = async (name: string): Promise<void> =>
      tracer.run(about(name), async (note) => {
        await pause(2);
        await tracer.run(about(`${name} inside`), async () => pause(1));
        note({ done: true });
      });
    await Promise.all([work('a'), work('b')]);
    for (const name of ['a', 'b']) {
      const [outer, inner] = [name, `${name} inside`].map((one) => ended.find((span) => span.name === one));
      expect(inner).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
      expect(outer).toMatchObject({ parentSpanId: undefined, attributes: { done: true }, failure: undefined });
      expect((inner?.startMs ?? 0) >= (outer?.startMs ?? 0) && (inner?.endMs ?? 0) <= (outer?.endMs ?? 0)).toBe(true);
    }
    expect(new Set(ended.map(({ traceId }) => traceId)).size).toBe(2);
    expect(tracer.here()).toBeUndefined();
  });

  it('goes on with the trace that a caller names, and begins another for what is a root', async () => {
    const { tracer, ended } = open(1_000_000);
    const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true };
    await tracer.run(about('called', { parent }), async () =>
      tracer.run(about('apart', { isRoot: true }), async () => pause(0)),
    );
    expect(ended).toMatchObject([
      { name: 'apart', parentSpanId: undefined },
      { name: 'called', traceId: parent.traceId, parentSpanId: parent.spanId },
    ]);
    expect(ended[0]?.traceId).not.toBe(parent.traceId);
  });

  it('marks what failed by the name of the error alone, and passes the error on', async () => {
    const { tracer, ended } = open(1_000_000);
    const failed = tracer.run(about('fails'), async () => Promise.reject(new TypeError('a secret')));
    await expect(failed).rejects.toThrow('a secret');
    expect(ended).toMatchObject([{ failure: 'TypeError' }]);
    expect(JSON.stringify(ended)).not.toContain('secret');
  });

  it('records the share that is asked for, whole traces only, and what callers decide about their own', async () => {
    const { tracer, ended } = open(250_000);
    for (let n = 0; n < 400; n += 1) {
      await tracer.run(about('outer'), async () => tracer.run(about('inner'), async () => Promise.resolve()));
    }
    const outer = ended.filter(({ name }) => name === 'outer').length;
    expect(outer).toBe(ended.length / 2);
    // Far beyond what chance gives: six standard deviations are 52.
    expect(Math.abs(outer - 100)).toBeLessThan(53);
    const none = open(0);
    const called = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
    await none.tracer.run(about('not'), async () => expect(none.tracer.here()?.sampled).toBe(false));
    await none.tracer.run(about('not', { parent: { ...called, sampled: false } }), async () => Promise.resolve());
    await none.tracer.run(about('asked', { parent: { ...called, sampled: true } }), async () => Promise.resolve());
    expect(none.ended.map(({ name }) => name)).toEqual(['asked']);
  });
});
