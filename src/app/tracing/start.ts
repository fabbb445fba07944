/** Turns traces on in this process. Loaded only where they are configured. */
import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import { systemClock } from '../../core/clock.ts';
import { traceWith } from '../../db/tracing.ts';
import { openExporter } from './otlp.ts';
import { openTracer } from './tracer.ts';
import project from '../../../package.json' with { type: 'json' };

/** Starts tracing; to be called before anything is opened that it should trace. @returns what ends it, once all else has ended */
export function startTracing(
  { url, shareMillionths }: NonNullable<Config['traces']>,
  { role, log }: { readonly role: string; readonly log: Pick<Logger, 'warn'> },
): { readonly stop: () => Promise<void> } {
  const exporter = openExporter({
    url,
    clock: systemClock,
    resource: { 'service.name': 'coffer', 'service.version': project.version, 'coffer.role': role },
    onLost: (spans, err) => log.warn({ err, spans }, 'spans were lost: the collector of traces does not take them'),
  });
  traceWith(openTracer({ shareMillionths, onEnd: (span) => exporter.add(span) }));
  return {
    stop: async () => {
      traceWith(undefined);
      await exporter.stop();
    },
  };
}
