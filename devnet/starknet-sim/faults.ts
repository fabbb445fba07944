import { z } from 'zod';
import type { EmittedEvent } from './views.ts';

const eventSchema = z.object({
  transaction_hash: z.string(),
  transaction_index: z.int(),
  event_index: z.int(),
  block_hash: z.string(),
  block_number: z.int(),
  from_address: z.string(),
  keys: z.array(z.string()),
  data: z.array(z.string()),
});

const effectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('error'), code: z.int(), message: z.string(), data: z.unknown().optional() }),
  z.object({ kind: z.literal('delay'), delayMs: z.int().min(0) }),
  /** The connection is closed without an answer. */
  z.object({ kind: z.literal('drop') }),
  /** The connection stays open without an answer. */
  z.object({ kind: z.literal('hang') }),
  z.object({
    kind: z.literal('http'),
    status: z.int(),
    body: z.string(),
    contentType: z.string().default('text/html'),
    retryAfterSeconds: z.int().optional(),
  }),
  /** Half of the answer, with a proper end of the response. */
  z.object({ kind: z.literal('truncate') }),
  z.object({ kind: z.literal('wrongId') }),
  /** Lies about events: hides or changes those of a transaction (or all), or adds others. */
  z.object({ kind: z.literal('hideEvents'), transactionHash: z.string().optional() }),
  z.object({
    kind: z.literal('alterEvents'),
    transactionHash: z.string().optional(),
    keys: z.array(z.string()).optional(),
    data: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('inventEvents'), events: z.array(eventSchema) }),
  /** The page is right, but its token returns the same page again. */
  z.object({ kind: z.literal('repeatToken') }),
  /** A page without events, whose token continues where this page should have started. */
  z.object({ kind: z.literal('emptyPage') }),
  /** The page is right, but claims to be the last one. */
  z.object({ kind: z.literal('forgetToken') }),
]);

/** A fault: its method (`*` for all), its effect, and how many times it applies (always when absent). */
export const faultSchema = z.object({ method: z.string(), times: z.int().min(1).optional(), effect: effectSchema });
export type Fault = z.input<typeof faultSchema>;
export type FaultEffect = z.output<typeof effectSchema>;

/** The script of faults: the oldest rule that fits a call and has uses left applies. */
export class FaultScript {
  #rules: { id: number; method: string; left: number; effect: FaultEffect }[] = [];
  #added = 0;

  /** Adds a rule; returns the id that removes it. */
  add(fault: Fault): number {
    const parsed = faultSchema.parse(fault);
    this.#added += 1;
    const left = parsed.times ?? Infinity;
    this.#rules.push({ id: this.#added, method: parsed.method, left, effect: parsed.effect });
    return this.#added;
  }

  remove(id: number): void {
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
  }

  clear(): void {
    this.#rules = [];
  }

  /** The effect for this call, if any; it counts as one use. */
  take(method: string): FaultEffect | undefined {
    const rule = this.#rules.find((one) => one.left > 0 && (one.method === '*' || one.method === method));
    if (rule === undefined) return undefined;
    rule.left -= 1;
    return rule.effect;
  }
}

const pageSchema = z.object({ events: z.array(eventSchema), continuation_token: z.string().optional() });
const askedSchema = z.object({ filter: z.object({ continuation_token: z.string().optional() }) });

/** The page of events with the fault's lie; any other result is returned unchanged. */
export function distortResult(effect: FaultEffect, params: unknown, result: unknown): unknown {
  const page = pageSchema.safeParse(result);
  if (!page.success) return result;
  const token = askedSchema.safeParse(params).data?.filter.continuation_token ?? '0';
  const { events } = page.data;
  if (effect.kind === 'hideEvents') return { ...page.data, events: events.filter((event) => !isAbout(effect, event)) };
  if (effect.kind === 'inventEvents') return { ...page.data, events: [...events, ...effect.events] };
  if (effect.kind === 'repeatToken') return { ...page.data, continuation_token: token };
  if (effect.kind === 'emptyPage') return { events: [], continuation_token: token };
  if (effect.kind === 'forgetToken') return { events };
  if (effect.kind !== 'alterEvents') return result;
  const altered = events.map((event) =>
    isAbout(effect, event) ? { ...event, keys: effect.keys ?? event.keys, data: effect.data ?? event.data } : event,
  );
  return { ...page.data, events: altered };
}

function isAbout(effect: { transactionHash?: string | undefined }, event: EmittedEvent): boolean {
  return effect.transactionHash === undefined || BigInt(effect.transactionHash) === BigInt(event.transaction_hash);
}
