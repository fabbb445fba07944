/** The faults of the fault proxy, and the random choice of when they happen. */
import { z } from 'zod';

const height = z.int().min(0);
const amount = z.string().regex(/^[0-9]{1,78}$/);
/** Whether the lie is also in receipts, so that the node does not contradict itself. */
const receipts = z.boolean().default(false);

const effectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delay'), delayMs: z.int().min(0) }),
  /** The connection is cut without an answer. On a websocket: 1006. */
  z.object({ kind: z.literal('drop') }),
  /** Half-open: the connection stays open without an answer. On a websocket this frame and all later ones are lost. */
  z.object({ kind: z.literal('hang') }),
  /** HTTP 429 with a page or with JSON, or a 200 whose JSON-RPC error says it. */
  z.object({
    kind: z.literal('rateLimit'),
    body: z.enum(['html', 'json', 'rpc']).default('html'),
    retryAfterSeconds: z.int().min(0).optional(),
  }),
  z.object({
    kind: z.literal('http'),
    status: z.int(),
    body: z.string(),
    contentType: z.string().default('text/html'),
  }),
  z.object({ kind: z.literal('error'), code: z.int(), message: z.string(), data: z.unknown().optional() }),
  /** A result that the test chooses: another chain id, another block. */
  z.object({ kind: z.literal('result'), result: z.unknown() }),
  /** Half of the answer, on a connection that ends properly. */
  z.object({ kind: z.literal('truncate') }),
  z.object({ kind: z.literal('wrongId') }),
  /** The answer twice over. */
  z.object({ kind: z.literal('duplicate') }),
  /** The answer to the previous call of this method, with its old id. */
  z.object({ kind: z.literal('replay') }),
  /** Slow-loris: the head at once, then one byte at a time. */
  z.object({ kind: z.literal('slowBody'), everyMs: z.int().min(1).default(500) }),
  /** A node that lags by this many blocks, or has stopped at this one: it knows nothing above. */
  z.object({ kind: z.literal('staleHead'), lagBlocks: height.default(0), atBlock: height.optional() }),
  /** Logs of one transaction, or all, are left out. */
  z.object({ kind: z.literal('hideLogs'), txHash: z.string().optional(), receipts }),
  /** Transfer logs of one transaction, or all, have other contents. */
  z.object({
    kind: z.literal('alterLogs'),
    txHash: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    amount: amount.optional(),
    receipts,
  }),
  /** An invented transfer, in the newest block that the first call after the rule covers, or in the named one. */
  z.object({
    kind: z.literal('inventLog'),
    token: z.string(),
    from: z.string(),
    to: z.string(),
    amount,
    txHash: z.string(),
    atBlock: height.optional(),
    receipts,
  }),
  /** More logs than this are refused (-32005; Starknet: chunk_size above it is PAGE_SIZE_TOO_BIG), or cut silently. */
  z.object({ kind: z.literal('capResults'), max: z.int().min(1), silently: z.boolean().default(false) }),
  /** More blocks than this are refused with -32005; `suggest` names the range that would do, as providers do. */
  z.object({ kind: z.literal('capRange'), blocks: z.int().min(1), suggest: z.boolean().default(false) }),
  /** Logs of blocks below this one are missing without any error. */
  z.object({ kind: z.literal('prune'), belowBlock: height }),
]);

/** One rule: which method (`*` for every call, `ws` for frames of the node), how likely, how many times, what happens. */
export const proxyFaultSchema = z.object({
  method: z.string().default('*'),
  probability: z.number().min(0).max(1).default(1),
  times: z.int().min(1).optional(),
  effect: effectSchema,
});
export type ProxyFault = z.input<typeof proxyFaultSchema>;
export type ProxyEffect = z.output<typeof effectSchema>;
export type ProxyEffectKind = ProxyEffect['kind'];

export interface ListedFault {
  readonly id: number;
  readonly method: string;
  readonly probability: number;
  readonly effect: ProxyEffect;
}

/** The rules. Every rule that matches a call draws its own random number; all that hit take effect together. */
export class FaultRules {
  readonly #random: () => number;
  readonly #done = new Map<ProxyEffectKind, number>();
  #rules: (ListedFault & { left: number })[] = [];
  #added = 0;

  /** @param seed the same seed and the same calls give the same faults. */
  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  /** Gives the id to remove the rule with. @throws for a rule of the wrong shape. */
  add(fault: ProxyFault): number {
    const { times, ...rule } = proxyFaultSchema.parse(fault);
    this.#added += 1;
    this.#rules.push({ ...rule, id: this.#added, left: times ?? Infinity });
    return this.#added;
  }

  remove(id: number): void {
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
  }

  clear(): void {
    this.#rules = [];
  }

  list(): ListedFault[] {
    return this.#rules.map(({ id, method, probability, effect }) => ({ id, method, probability, effect }));
  }

  /** How often each kind took effect. */
  done(): Readonly<Partial<Record<ProxyEffectKind, number>>> {
    return Object.fromEntries(this.#done);
  }

  /** The effects for this call, oldest rule first; each counts as one use. */
  take(method: string): ProxyEffect[] {
    const fits = (rule: ListedFault): boolean => rule.method === method || (rule.method === '*' && method !== 'ws');
    return this.#rules.flatMap((rule) => {
      if (rule.left === 0 || !fits(rule) || this.#random() >= rule.probability) return [];
      rule.left -= 1;
      this.#done.set(rule.effect.kind, (this.#done.get(rule.effect.kind) ?? 0) + 1);
      return [rule.effect];
    });
  }
}

/** Numbers in [0, 1), the same for the same seed: a 32-bit xorshift (Marsaglia 2003), started by a multiplication. */
export function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * Rules of every kind that together affect about this share of the calls, for a soak. Lies about logs concern the given
 * transfer and come from this node alone, so that a quorum of honest nodes must outvote it.
 */
export function faultsOfAllKinds(
  share: number,
  transfer: { readonly token: string; readonly from: string; readonly to: string; readonly txHash: string },
): ProxyFault[] {
  const effects: readonly ProxyFault['effect'][] = [
    { kind: 'delay', delayMs: 1_500 },
    { kind: 'drop' },
    { kind: 'hang' },
    { kind: 'rateLimit', retryAfterSeconds: 1 },
    { kind: 'rateLimit', body: 'json' },
    { kind: 'rateLimit', body: 'rpc' },
    { kind: 'http', status: 502, body: '<html>bad gateway</html>' },
    { kind: 'error', code: -32_603, message: 'internal error' },
    { kind: 'truncate' },
    { kind: 'wrongId' },
    { kind: 'duplicate' },
    { kind: 'replay' },
    { kind: 'slowBody', everyMs: 200 },
    { kind: 'staleHead', lagBlocks: 5 },
    { kind: 'hideLogs' },
    { kind: 'alterLogs', amount: '999999999' },
    { kind: 'alterLogs', to: transfer.from },
    { kind: 'inventLog', ...transfer, amount: '888888888', receipts: true },
    { kind: 'capResults', max: 1 },
    { kind: 'capRange', blocks: 2, suggest: true },
    { kind: 'prune', belowBlock: 1_000_000_000 },
  ];
  const frames: readonly ProxyFault['effect'][] = [{ kind: 'drop' }, { kind: 'hang' }, { kind: 'duplicate' }];
  return [
    ...effects.map((effect) => ({ effect, probability: share / effects.length })),
    ...frames.map((effect) => ({ method: 'ws', effect, probability: share / frames.length })),
  ];
}
