/** The RPCs of one chain together: which of them can be used now, and what a quorum of them answers. */
import { type Block, contentKey } from '../../src/core/chains/transfer.ts';
import type { Clock } from '../../src/core/clock.ts';
import { ChainRefused } from './chain-checks.ts';
import type { ChainSource, Receipt } from './source.ts';
import type { ChainSettings } from '../chain/settings.ts';
import type { DetectorLog } from '../chain/log.ts';
import { missingVotes, tally, type Agreement, type Ballot } from './agreement.ts';
import { RpcFault } from './fault.ts';
import { RpcMember, type Look, type RpcStatus } from './member.ts';

/** Once a quorum of RPCs has named a head, the others have this long to answer. */
const LOOK_GRACE_MS = 1_000;
/** A head older than this is not used. A devnet mines only on request, so its head may be of any age. */
const HEAD_AGE_MS_MAX = 10 * 60_000;
/** Blocks below the agreed head from which a node counts as behind, and its head is not used. */
const BEHIND_BLOCKS_MAX = 64;
/** Most heights probed for the highest block that a quorum agrees on: enough for any chain. */
const PROBES_MAX = 80;

/** What a quorum agrees on at this moment. */
export interface ChainSurvey {
  /** The highest block that a quorum names by the same hash. */
  readonly target: Block;
  /** The height that a quorum says the chain does not take back; undefined while too few name one. */
  readonly hardFinal: number | undefined;
}

export interface RpcPoolOptions {
  readonly sources: readonly ChainSource[];
  /** How many RPCs must give the same answer. With 1, one is trusted at a time and another replaces it when it fails. */
  readonly quorum: number;
  readonly config: Pick<ChainSettings, 'caip2' | 'tokens' | 'devnet' | 'hardFinalDepth'>;
  /** Canonical addresses of the configured tokens, in their order. */
  readonly tokens: readonly string[];
  readonly clock: Clock;
  readonly log: DetectorLog;
  /** Numbers from 0 up to 1, for random spread of pauses. */
  readonly random?: () => number;
}

/** What one RPC answered. */
export interface Answer<Value> {
  readonly rpc: string;
  readonly answer: Value;
}

interface Seen {
  readonly member: RpcMember;
  readonly look: Look;
}

/**
 * Asks the RPCs of one chain. The pool itself has no states; each member has (see RpcMember). survey(), once a round,
 * looks at every member that is not paused (at most 5 s) and sets their states. The members that
 * name the same block as a quorum at the agreed target become the witnesses: agree(), gather() and what builds on them ask
 * only these until the next survey that succeeds. An answer counts once a quorum of witnesses gives the same.
 */
export class RpcPool {
  readonly quorum: number;
  /** CAIP-2 name. */
  readonly chain: string;
  readonly #options: RpcPoolOptions;
  readonly #members: readonly RpcMember[];
  #witnesses: readonly RpcMember[];
  /** The highest height on which a quorum has ever agreed. */
  #agreedTop = 0;
  #warnedOfNoFinal = false;

  constructor(options: RpcPoolOptions) {
    const { sources, config, tokens, clock, random = Math.random } = options;
    this.quorum = options.quorum;
    this.chain = config.caip2;
    this.#options = options;
    const names = sources.map(({ name }) => name);
    this.#members = sources.map((source, index) => {
      const before = names.slice(0, index).filter((name) => name === source.name).length;
      const name = before === 0 ? source.name : `${source.name}#${before + 1}`;
      return new RpcMember(source, { name, config, tokens, clock, random });
    });
    this.#witnesses = this.#members;
  }

  /** The status of each RPC, in the configured order. */
  statuses(): readonly RpcStatus[] {
    return this.#members.map((member) => member.status());
  }

  /** The RPCs that agreed on the target in the last survey, those without recent trouble first. */
  witnesses(): readonly RpcMember[] {
    return this.#witnesses.toSorted((a, b) => unsteadiness(a) - unsteadiness(b));
  }

  /**
   * Looks at every RPC that is not paused. One that serves another chain, lags, resyncs, does not answer or names another
   * block than the quorum is not asked until the next survey, and its status says why.
   * @throws RpcFault no_quorum when too few agree; ChainRefused when no RPC is the configured chain.
   */
  async survey(): Promise<ChainSurvey> {
    const before = this.statuses();
    try {
      const seen = this.#believable(await this.#lookAround());
      if (seen.length < this.quorum) throw this.#noQuorum();
      const view = await this.#findView(seen);
      this.#agreedTop = Math.max(this.#agreedTop, view.target.number);
      return view;
    } finally {
      this.#logChanges(before);
    }
  }

  /**
   * Asks witnesses until a quorum gives the same answer, or all have been asked.
   * @param keyOf text that is equal for answers that count as the same.
   * @param quorum how many must agree; by default the pool's.
   */
  async agree<Value>(
    ask: (source: ChainSource) => Promise<Value>,
    keyOf: (value: Value) => string,
    quorum = this.quorum,
  ): Promise<Agreement<Value>> {
    const waiting = [...this.witnesses()];
    const ballots: Ballot<Value>[] = [];
    for (;;) {
      const next = waiting.splice(0, missingVotes(ballots, quorum, keyOf));
      ballots.push(...(await Promise.all(next.map(async (member) => ballotOf(member, ask)))));
      const agreement = tally(ballots, quorum, keyOf);
      if (agreement.reached || waiting.length === 0) return agreement;
    }
  }

  /**
   * The answers of a quorum of RPCs, equal or not.
   * @throws RpcFault when fewer can answer: no_quorum, or the fault of the only one asked.
   */
  async gather<Value>(what: string, ask: (source: ChainSource) => Promise<Value>): Promise<Answer<Value>[]> {
    const waiting = [...this.witnesses()];
    const ballots: Ballot<Value>[] = [];
    let answers: Answer<Value>[] = [];
    while (answers.length < this.quorum) {
      if (waiting.length === 0) throw disagreement(what, ballots);
      const next = waiting.splice(0, this.quorum - answers.length);
      ballots.push(...(await Promise.all(next.map(async (member) => ballotOf(member, ask)))));
      answers = answersOf(ballots);
    }
    return answers;
  }

  /** The given answers, and those of all witnesses that were not asked for them and can answer. */
  async gatherRest<Value>(
    ask: (source: ChainSource) => Promise<Value>,
    given: readonly Answer<Value>[],
  ): Promise<Answer<Value>[]> {
    const asked = new Set(given.map(({ rpc }) => rpc));
    const rest = this.witnesses().filter(({ name }) => !asked.has(name));
    return [...given, ...answersOf(await Promise.all(rest.map(async (member) => ballotOf(member, ask))))];
  }

  /** The answers of every RPC that serves the chain, witness or not. The caller proves them by a quorum afterwards. */
  async gatherAll<Value>(ask: (source: ChainSource) => Promise<Value>): Promise<Answer<Value>[]> {
    const nowMs = this.#options.clock.nowMs();
    const able = this.#members.filter(
      (member) => member.askAgainAtMs <= nowMs && member.status().state !== 'wrong_chain',
    );
    return answersOf(await Promise.all(able.map(async (member) => ballotOf(member, ask))));
  }

  /** Puts an RPC last for a while, with the reason in its status. @returns false when its status said so already. */
  distrust(rpc: string, problem: string): boolean {
    const member = this.#members.find(({ name }) => name === rpc);
    const isNew = member !== undefined && member.status().problem !== problem;
    member?.distrust(problem);
    return isNew;
  }

  /** The answer of a quorum. @throws RpcFault no_quorum when no quorum agrees, or the fault of the only RPC asked. */
  async getAgreed<Value>(
    what: string,
    ask: (source: ChainSource) => Promise<Value>,
    keyOf: (value: Value) => string,
  ): Promise<Value> {
    const agreement = await this.agree(ask, keyOf);
    if (agreement.reached) return agreement.value;
    throw disagreement(what, agreement.ballots);
  }

  /**
   * The block at a height at or below the target, as a quorum names it.
   * @throws RpcFault when no quorum agrees; an RPC that lacks a block below its head counts as a fault.
   */
  async block(number: number): Promise<Block> {
    return this.getAgreed(`block ${number}`, async (source) => getBlock(source, number), blockKey);
  }

  /** The receipt of a transaction as a quorum gives it; the agreed value is undefined while it is in no block. */
  async receipt(txHash: string, tokens: readonly string[]): Promise<Agreement<Receipt | undefined>> {
    return this.agreedReceipt(async (source) => source.receipt(txHash, tokens), this.quorum);
  }

  /** The agreement on a receipt that the caller's function asks for. */
  async agreedReceipt(
    ask: (source: ChainSource) => Promise<Receipt | undefined>,
    quorum: number,
  ): Promise<Agreement<Receipt | undefined>> {
    return this.agree(ask, receiptKey, quorum);
  }

  /** Base units of the token that the address holds at a block, by a quorum's answer. @throws RpcFault. */
  async balanceOf(token: string, address: string, blockHash: string): Promise<bigint> {
    return this.getAgreed('a balance', async (source) => source.balanceOf(token, address, blockHash), String);
  }

  /** Looks at every RPC that is not paused. Waits for all, or LOOK_GRACE_MS for the rest once a quorum has answered. */
  async #lookAround(): Promise<Seen[]> {
    const { clock } = this.#options;
    const nowMs = clock.nowMs();
    const asked = this.#members.filter((member) => member.askAgainAtMs <= nowMs);
    const seen: Seen[] = [];
    let cancel = (): void => undefined;
    await new Promise<void>((resolve, reject) => {
      const looks = asked.map(async (member) => {
        const look = await member.look();
        if (look) seen.push({ member, look });
        if (seen.length === this.quorum) cancel = clock.after(LOOK_GRACE_MS, resolve);
      });
      Promise.all(looks).then(() => resolve(), reject);
    });
    cancel();
    const order = (one: Seen): number => this.#members.indexOf(one.member);
    return [...seen].sort((a, b) => order(a) - order(b));
  }

  /** Those whose head can be the chain's newest; the status of the others says why theirs cannot. */
  #believable(seen: readonly Seen[]): Seen[] {
    const { config, clock } = this.#options;
    const heads = seen.map(({ look }) => look.head.number).toSorted((a, b) => b - a);
    const top = Math.max(this.#agreedTop, heads[this.quorum - 1] ?? 0);
    return seen.filter(({ member, look: { head, fell } }) => {
      if (head.number < top - BEHIND_BLOCKS_MAX) {
        if (fell || member.status().state === 'syncing')
          member.note('syncing', 'its head fell far below what was agreed on');
        else member.note('stale', 'its head is far behind what was agreed on');
        return false;
      }
      if (config.devnet !== true && clock.nowMs() - head.timeMs > HEAD_AGE_MS_MAX) {
        member.note('stale', `its head is older than ${HEAD_AGE_MS_MAX / 60_000} minutes`);
        return false;
      }
      member.note('ok', member.isSteady ? undefined : member.status().problem);
      return true;
    });
  }

  /** Finds the target among the heads and who agrees about it. */
  async #findView(seen: readonly Seen[]): Promise<ChainSurvey> {
    // With a quorum of 1 the other RPCs are only replacements: answers are not compared.
    const asked =
      this.quorum === 1 ? seen.toSorted((a, b) => unsteadiness(a.member) - unsteadiness(b.member)).slice(0, 1) : seen;
    const target = await this.#findTarget(asked);
    const witnesses: Seen[] = [];
    for (const { seen: one, ballot } of await this.#blocksAt(asked, target.number)) {
      if (!ballot.fault && ballot.answer.hash === target.hash) witnesses.push(one);
      else if (!ballot.fault) one.member.note('dissent', 'it names another block at the height of the target');
    }
    if (witnesses.length < this.quorum) throw this.#noQuorum();
    this.#witnesses = witnesses.map(({ member }) => member);
    return { target, hardFinal: this.#findHardFinal(witnesses, target.number) };
  }

  /** The final height that a quorum names, else the configured depth below the head. Warns once if there is neither. */
  #findHardFinal(witnesses: readonly Seen[], head: number): number | undefined {
    const { config, log } = this.#options;
    const finals = witnesses.flatMap(({ look }) => look.hardFinal ?? []).toSorted((a, b) => b - a);
    const named = finals[this.quorum - 1];
    if (named !== undefined) return Math.min(named, head);
    if (config.hardFinalDepth !== undefined)
      return head < config.hardFinalDepth ? undefined : head - config.hardFinalDepth;
    if (!this.#warnedOfNoFinal) {
      const message =
        'no quorum names a final height, and deposits that need one stay uncredited: configure hardFinalDepth if the chain has none';
      log.warn({ event: 'chain.no_final_height', chain: this.chain, message });
    }
    this.#warnedOfNoFinal = true;
    return undefined;
  }

  /** The highest block that a quorum names: probes downwards in doubling steps, then halves the gap that is left. */
  async #findTarget(seen: readonly Seen[]): Promise<Block> {
    const heads = seen.map(({ look }) => look.head.number).toSorted((a, b) => b - a);
    let disputed = (heads[this.quorum - 1] ?? 0) + 1;
    let agreed: Block | undefined;
    let step = 1;
    for (let probes = 0; probes < PROBES_MAX; probes += 1) {
      if (agreed !== undefined && agreed.number + 1 === disputed) return agreed;
      if (agreed === undefined && disputed === 0) break;
      const low = agreed?.number;
      const height = low === undefined ? Math.max(0, disputed - step) : Math.floor((low + disputed) / 2);
      const ballots = (await this.#blocksAt(seen, height)).map(({ ballot }) => ballot);
      const agreement = tally(ballots, this.quorum, blockKey);
      if (agreement.reached) agreed = agreement.value;
      else {
        // A fault is not a different answer: if nobody answers here, a lower height is not probed.
        if (ballots.every(({ fault }) => fault)) throw disagreement(`block ${height}`, ballots);
        disputed = height;
        step *= 2;
      }
    }
    throw this.#noQuorum();
  }

  /** The blocks at a height, from every RPC whose head reaches it. */
  async #blocksAt(seen: readonly Seen[], height: number): Promise<{ seen: Seen; ballot: Ballot<Block> }[]> {
    const reaching = seen.filter(({ look }) => look.head.number >= height);
    return Promise.all(
      reaching.map(async (one) => ({
        seen: one,
        ballot: await ballotOf(one.member, async (source) =>
          one.look.head.number === height ? one.look.head : getBlock(source, height),
        ),
      })),
    );
  }

  #noQuorum(): Error {
    const { clock } = this.#options;
    const statuses = this.statuses();
    if (statuses.every(({ state }) => state === 'wrong_chain')) {
      return new ChainRefused(statuses.map(({ problem }) => problem).join('; '));
    }
    const reasons = statuses.map(({ rpc, state, problem }) => `${rpc}: ${problem ?? state}`).join('; ');
    const waits = this.#members.map(({ askAgainAtMs }) => askAgainAtMs - clock.nowMs());
    const retryAfterMs = Math.max(0, waits.toSorted((a, b) => a - b)[this.quorum - 1] ?? 0);
    const needed = this.quorum === 1 ? 'no RPC can be read' : `${this.quorum} RPCs must agree and do not`;
    return new RpcFault('no_quorum', `${needed}: ${reasons}`, { retryAfterMs });
  }

  #logChanges(before: readonly RpcStatus[]): void {
    const { log, config } = this.#options;
    for (const [index, now] of this.statuses().entries()) {
      const was = before[index]?.state;
      if (now.state === was || (was === 'unknown' && now.state === 'ok')) continue;
      const fields = { event: 'rpc.standing', chain: config.caip2, rpc: now.rpc, state: now.state, was };
      if (now.state === 'ok') log.info(fields);
      else if (now.state === 'wrong_chain') log.error({ ...fields, problem: now.problem });
      else log.warn({ ...fields, problem: now.problem });
    }
  }
}

/** The fault that says why there is no agreed answer: the RPC's own where only one was asked, else `no_quorum`. */
export function disagreement(what: string, ballots: readonly Ballot<unknown>[]): RpcFault {
  const [only] = ballots;
  if (ballots.length === 1 && only?.fault) return only.fault;
  const reasons = ballots.map(({ rpc, fault }) => `${rpc}: ${fault?.message ?? 'a different answer'}`).join('; ');
  return new RpcFault('no_quorum', `no quorum for ${what}: ${reasons}`);
}

function answersOf<Value>(ballots: readonly Ballot<Value>[]): Answer<Value>[] {
  return ballots.flatMap((ballot) => (ballot.fault ? [] : [ballot]));
}

async function ballotOf<Value>(
  member: RpcMember,
  ask: (source: ChainSource) => Promise<Value>,
): Promise<Ballot<Value>> {
  try {
    return { rpc: member.name, answer: await member.ask(ask) };
  } catch (error) {
    if (error instanceof RpcFault) return { rpc: member.name, fault: error };
    throw error;
  }
}

async function getBlock(source: ChainSource, number: number): Promise<Block> {
  const block = await source.block(number);
  if (!block) throw new RpcFault('unknown_block', `${source.name} has no block ${number} below its head`);
  return block;
}

/** Includes the time, because it decides which org a sender belonged to. */
function blockKey({ number, hash, parentHash, timeMs }: Block): string {
  return [number, hash, parentHash, timeMs].join('|');
}

function receiptKey(receipt: Receipt | undefined): string {
  if (!receipt) return 'none';
  const { succeeded, blockNumber, blockHash, transfers } = receipt;
  return [succeeded, blockNumber, blockHash, ...transfers.map(contentKey)].join('\n');
}

function unsteadiness({ isSteady }: RpcMember): number {
  return isSteady ? 0 : 1;
}
