/** A span for each command of the ledger writer, from its arrival to its answer. */
import { Refusal } from '../../core/errors.ts';
import type { LedgerWriter } from '../../db/ledger/writer.ts';
import { isTracing, spanHere, traced } from '../../db/tracing.ts';

/** The writer with its commands traced; unchanged while nothing is. The batch that writes a command names its span. */
export function traceWriter(writer: LedgerWriter): LedgerWriter {
  if (!isTracing()) return writer;
  return {
    ...writer,
    submit: async (submission) =>
      traced(
        () => ({ name: 'ledger command', kind: 'internal', attributes: { 'coffer.op': submission.command.op } }),
        async (note) => {
          try {
            const outcome = await writer.submit({ ...submission, trace: spanHere() });
            note({ 'coffer.replayed': outcome.replayed, 'coffer.entries': outcome.entries.length });
            return outcome;
          } catch (error) {
            if (error instanceof Refusal) note({ 'coffer.problem': error.code });
            throw error;
          }
        },
      ),
  };
}
