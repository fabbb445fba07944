/** Applies limits and lies to a call and to the node's answer. */
import {
  dialectOf,
  isSameHash,
  type Ask,
  type AskedLogs,
  type Dialect,
  type Place,
  type ProxyError,
  type RawLog,
  type Transfer,
} from './dialects.ts';
import type { ProxyEffect } from './faults.ts';
import { askStale, cutStale } from './stale.ts';

/** A call as it is forwarded to the node. */
export interface Call {
  readonly method: string;
  readonly params: unknown;
}
export type Answer = { readonly result: unknown } | { readonly error: ProxyError };

type Invention = Extract<ProxyEffect, { kind: 'inventLog' }>;

/** The lies of one proxy; it remembers the block of each invented transfer, so that its answers stay consistent. */
export class Liar {
  readonly #ask: Ask;
  readonly #places = new Map<string, { readonly place: Place; readonly dialect: Dialect }>();

  /** @param ask reaches the node behind the proxy. */
  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Forgets the blocks of invented transfers. */
  forget(): void {
    this.#places.clear();
  }

  /**
   * Answers a call under these effects: `forward` sends the call, which may be changed, to the node.
   * @throws what `forward` throws.
   */
  async answer(call: Call, effects: readonly ProxyEffect[], forward: (call: Call) => Promise<Answer>): Promise<Answer> {
    const dialect = dialectOf(call.method);
    if (dialect === undefined) return forward(call);
    const heads = await this.#staleHeads(effects, dialect);
    let asked = call;
    for (const head of heads) {
      const stale = await askStale(this.#ask, head, call.method, asked.params);
      if (!('params' in stale)) return stale;
      asked = { method: call.method, params: stale.params };
    }
    const isLogs = call.method === dialect.logsMethod;
    const range = isLogs && effects.some(concernsLogs) ? await dialect.asked(this.#ask, asked.params) : undefined;
    const refusal = range === undefined ? undefined : refusalOf(effects, dialect, range);
    if (refusal !== undefined) return { error: refusal };
    let answer = await forward(asked);
    for (const head of heads) if ('result' in answer) answer = cutStale(head, call.method, answer.result);
    if ('error' in answer && call.method !== dialect.receiptMethod) return answer;
    return this.#distort({ ...asked, dialect, range }, effects, answer);
  }

  async #staleHeads(effects: readonly ProxyEffect[], dialect: Dialect): Promise<number[]> {
    const heads: number[] = [];
    for (const effect of effects) {
      if (effect.kind !== 'staleHead') continue;
      const reached = Math.max(0, (await dialect.head(this.#ask)) - effect.lagBlocks);
      heads.push(Math.min(effect.atBlock ?? reached, reached));
    }
    return heads;
  }

  async #distort(
    call: Call & { readonly dialect: Dialect; readonly range: AskedLogs | undefined },
    effects: readonly ProxyEffect[],
    answer: Answer,
  ): Promise<Answer> {
    const { dialect, method, params, range } = call;
    const isReceipt = method === dialect.receiptMethod;
    if (method !== dialect.logsMethod && !isReceipt) return answer;
    let told = answer;
    for (const effect of effects) {
      if (isReceipt && !('receipts' in effect && effect.receipts)) continue;
      if (effect.kind === 'inventLog') {
        told = isReceipt
          ? this.#inventReceipt(effect, dialect, params, told)
          : await this.#inventLog(effect, dialect, range, told);
      } else if ('result' in told) {
        told = changeLogs(effect, dialect, told.result);
      }
      if ('error' in told && !isReceipt) return told;
    }
    return told;
  }

  async #inventLog(effect: Invention, dialect: Dialect, range: AskedLogs | undefined, answer: Answer): Promise<Answer> {
    if (!('result' in answer) || range === undefined || range.to < range.from) return answer;
    if (range.tokens.length > 0 && !range.tokens.some((token) => isSameHash(token, effect.token))) return answer;
    const known = this.#places.get(effect.txHash)?.place;
    const blockNumber = known?.blockNumber ?? effect.atBlock ?? range.to;
    if (blockNumber < range.from || blockNumber > range.to) return answer;
    const place = known ?? { blockNumber, blockHash: await dialect.hashOf(this.#ask, blockNumber) };
    this.#places.set(effect.txHash, { place, dialect });
    const log = dialect.invent(transferOf(effect), place);
    return { result: dialect.mapLogs(answer.result, (logs) => [...logs, log]) };
  }

  #inventReceipt(effect: Invention, dialect: Dialect, params: unknown, answer: Answer): Answer {
    const known = this.#places.get(effect.txHash);
    if (known?.dialect !== dialect || !isSameHash(dialect.askedReceipt(params), effect.txHash)) return answer;
    return { result: dialect.receiptOf(transferOf(effect), known.place) };
  }
}

function transferOf({ token, from, to, amount, txHash }: Invention): Transfer {
  return { token, from, to, amount: BigInt(amount), txHash };
}

function concernsLogs({ kind }: ProxyEffect): boolean {
  return kind === 'inventLog' || kind === 'capRange' || kind === 'capResults';
}

function refusalOf(effects: readonly ProxyEffect[], dialect: Dialect, range: AskedLogs): ProxyError | undefined {
  for (const effect of effects) {
    if (effect.kind === 'capRange' && range.to - range.from + 1 > effect.blocks) {
      return dialect.tooManyBlocks(range.from, effect.suggest ? range.from + effect.blocks - 1 : undefined);
    }
    const refusesPages = effect.kind === 'capResults' && !effect.silently;
    if (refusesPages && (range.chunkSize ?? 0) > effect.max) return dialect.tooManyResults(effect.max);
  }
  return undefined;
}

function changeLogs(effect: ProxyEffect, dialect: Dialect, result: unknown): Answer {
  let count = 0;
  const isMeant = (log: RawLog, owner: string | undefined, txHash: string | undefined): boolean =>
    txHash === undefined || isSameHash(dialect.txHashOf(log) ?? owner, txHash);
  const changed = dialect.mapLogs(result, (logs, owner) => {
    count = logs.length;
    if (effect.kind === 'hideLogs') return logs.filter((log) => !isMeant(log, owner, effect.txHash));
    if (effect.kind === 'prune') return logs.filter((log) => (dialect.heightOf(log) ?? 0) >= effect.belowBlock);
    if (effect.kind === 'capResults') return logs.slice(0, effect.max);
    if (effect.kind !== 'alterLogs') return [...logs];
    const { from, to, amount } = effect;
    const parties = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const change = { ...parties, ...(amount === undefined ? {} : { amount: BigInt(amount) }) };
    return logs.map((log) => (isMeant(log, owner, effect.txHash) ? dialect.alter(log, change) : log));
  });
  const isTooMany = effect.kind === 'capResults' && !effect.silently && count > effect.max;
  return isTooMany ? { error: dialect.tooManyResults(effect.max) } : { result: changed };
}
