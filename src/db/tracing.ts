/**
 * Where work can be traced. Without a tracer, which is the normal case, each of these places costs one comparison; with
 * one, it becomes a span. The tracer itself is loaded only where traces are configured.
 */
export type SpanValue = string | number | boolean;
export type SpanAttributes = Readonly<Record<string, SpanValue | undefined>>;

/** What names a span to others: hex ids, as W3C's `traceparent` has them. */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether it is recorded; what it causes is recorded or not alike. */
  readonly sampled: boolean;
}

export interface SpanAbout {
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client';
  readonly attributes?: SpanAttributes;
  /** What caused it in another process; undefined: the span around it, if there is one. */
  readonly parent?: SpanContext | undefined;
  /** It begins a trace of its own, whatever is around it. */
  readonly isRoot?: boolean;
  /** Spans of other traces that it works for. */
  readonly links?: readonly SpanContext[];
}

/** Adds what is known only once the work is under way. */
export type NoteOfSpan = (attributes: SpanAttributes) => void;

export interface Tracer {
  /** Runs work as a span, which ends with the work and is marked as failed when that rejects. */
  run<Result>(about: SpanAbout, work: (note: NoteOfSpan) => Promise<Result>): Promise<Result>;
  /** The span that this runs in. */
  here(): SpanContext | undefined;
}

/** Most spans that one span names as links. */
const LINKS_MAX = 32;

let tracer: Tracer | undefined;
const note: NoteOfSpan = () => undefined;

/** Sets the tracer of this process, before anything that it should trace is opened; undefined turns it off. */
export function traceWith(next: Tracer | undefined): void {
  tracer = next;
}

export function isTracing(): boolean {
  return tracer !== undefined;
}

/** Runs work as a span, or simply runs it. */
export async function traced<Result>(
  about: () => SpanAbout,
  work: (note: NoteOfSpan) => Promise<Result>,
): Promise<Result> {
  return tracer ? tracer.run(about(), work) : work(note);
}

/** The span that this runs in; undefined outside of one. */
export function spanHere(): SpanContext | undefined {
  return tracer?.here();
}

/** The header that names the span that this runs in to another service; none outside of one. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const here = tracer?.here();
  return here ? { traceparent: `00-${here.traceId}-${here.spanId}-${here.sampled ? '01' : '00'}` } : {};
}

/** The write of a batch: a trace of its own, since commands of many requests are in it, linked to each of them. */
export function batchSpan(
  commands: readonly { readonly submission: { readonly trace?: SpanContext | undefined } }[],
  { entries, wallets }: { readonly entries: number; readonly wallets: number },
): SpanAbout {
  const links = commands.flatMap(({ submission }) => submission.trace ?? []).slice(0, LINKS_MAX);
  const attributes = { 'coffer.commands': commands.length, 'coffer.entries': entries, 'coffer.wallets': wallets };
  return { name: 'ledger batch', kind: 'client', isRoot: true, links, attributes };
}

const STATEMENT = /^\s*(?:WITH\s.*?\b)?(SELECT|INSERT|UPDATE|DELETE)\b/is;
const TABLE = /\b(?:FROM|INTO|UPDATE)\s+([a-z_]+)/i;

/** What a statement does to which table, without its text. */
export function statementSpan(sql: string): SpanAbout {
  const [operation, table] = [STATEMENT.exec(sql)?.[1]?.toUpperCase() ?? 'OTHER', TABLE.exec(sql)?.[1]];
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation, 'db.collection.name': table };
  return { name: table === undefined ? `sql ${operation}` : `sql ${operation} ${table}`, kind: 'client', attributes };
}
