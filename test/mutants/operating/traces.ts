import type { Mutant } from '../mutant.ts';

const TRACER = ['src/app/tracing/tracer.test.ts'];
const EXPORTER = ['src/app/tracing/otlp.test.ts'];
const SERVICE = ['test/process/traces.test.ts'];

/** Defences of traces: what they may hold, and what they may cost. */
export const TRACE_MUTANTS: readonly Mutant[] = [
  {
    name: 'traces: what callers wrote leaves with the message of an error',
    file: 'src/app/tracing/tracer.ts',
    find: "end(error instanceof Error ? error.name : 'Error');",
    replace: "end(error instanceof Error ? error.message : 'Error');",
    tests: TRACER,
  },
  {
    name: 'traces: a batch belongs to the request that came first',
    file: 'src/db/tracing.ts',
    find: "return { name: 'ledger batch', kind: 'client', isRoot: true, links, attributes };",
    replace: "return { name: 'ledger batch', kind: 'client', links, attributes };",
    tests: SERVICE,
  },
  {
    name: 'traces: a collector that is away fills the memory',
    file: 'src/app/tracing/otlp.ts',
    find: 'if (waiting.length >= WAITING_MAX) return',
    replace: 'if (waiting.length < 0) return',
    tests: EXPORTER,
  },
  {
    name: 'traces: what is left is lost when the process stops',
    file: 'src/app/tracing/otlp.ts',
    find: 'flush();\n      await withDeadline(',
    replace: 'await withDeadline(',
    tests: EXPORTER,
  },
  {
    name: 'traces: what a caller does not want recorded is recorded',
    file: 'src/http/server/traces.ts',
    find: "sampled: (Buffer.from(flags, 'hex').readUInt8() & SAMPLED) !== 0",
    replace: 'sampled: flags.length > 0',
    tests: ['src/http/server/traces.test.ts'],
  },
];
