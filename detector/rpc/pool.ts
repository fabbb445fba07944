/**
 * The RPCs of one chain together. They are looked at once a round; what is read after that is asked of those that
 * agree about the newest block, and believed when a quorum of them says the same.
 */
import { type Block, contentKey } from '../../src/core/chains/transfer.ts';
import type { Clock } from '../../src/core/clock.ts';
import { ChainRefused } from './chain-checks.ts';
import type { ChainSource, Receipt } from './source.ts';
import type { ChainSettings } from '../chain/settings.ts';
import type { DetectorLog } from '../chain/log.ts';
import { missingVotes, tally, type Agreement, type Ballot } from './agreement.ts';
import { RpcFault } from './fault.ts';
import { RpcMember, type Look, type RpcStatus } from './member.ts';

/** Once enough RPCs have named their head, the others have this long to follow. */
const LOOK_GRACE_MS = 1_000;
/** A head that is older than this is no head. A devnet mines when it is asked to, so its head may be of any age. */
const HEAD_AGE_MS_MAX = 10 * 60_000;
/** Blocks below the agreed head from which a node counts as behind, and its head is not used. */
const BEHIND_BLOCKS_MAX = 64;
/** Heights that are probed for the highest one that a quorum agrees on: enough for any chain. */
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
  /** How many RPCs must say the same. With 1 they stand in for each other: one at a time is believed. */
  readonly quorum: number;
  readonly config: Pick<ChainSettings, 'caip2' | 'tokens' | 'devnet' | 'hardFinalDepth'>;
  /** Canonical addresses of the configured tokens, in their order. */
  readonly tokens: readonly string[];
  readonly clock: Clock;
  readonly log: DetectorLog;
  /** Numbers from 0 up to 1 that spread pauses. */
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

export class RpcPool {
  readonly quorum: number;
  /** CAIP-2 name. */
  readonly chain: string;
  readonly #options: RpcPoolOptions;
  readonly #members: readonly RpcMember[];
  #witnesses: readonly RpcMember[];
  /** The highest height on which a quorum has ever agreed. */
  #agreedTop = 0;
  #toldOfNoFinal = false;

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

  /** Where each RPC stands. */
  statuses(): readonly RpcStatus[] {
    return this.#members.map((member) => member.status());
  }

  /** The RPCs that agreed about the target when they were last looked at, those without trouble first. */
  witnesses(): readonly RpcMember[] {
    return this.#witnesses.toSorted((a, b) => unsteadiness(a) - unsteadiness(b));
  }

  /**
   * Looks at every RPC that may be asked. One that serves another chain, lags, starts over, does not answer or names
   * another block than the quorum is set aside until it is looked at again, and its status says why.
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
      this.#tellChanges(before);
    }
  }

  /**
   * Asks witnesses until a quorum says the same, or all have been asked.
   * @param keyOf text that is equal for answers that count as the same.
   * @param quorum how many must; the pool's where it is left out.
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

  /** Those answers and the ones of all other witnesses that give one. */
  async gatherRest<Value>(
    ask: (source: ChainSource) => Promise<Value>,
    given: readonly Answer<Value>[],
  ): Promise<Answer<Value>[]> {
    const asked = new Set(given.map(({ rpc }) => rpc));
    const rest = this.witnesses().filter(({ name }) => !asked.has(name));
    return [...given, ...answersOf(await Promise.all(rest.map(async (member) => ballotOf(member, ask))))];
  }

  /** What every RPC of the chain answers, witness or not: for what has to be proven by a quorum afterwards. */
  async gatherAll<Value>(ask: (source: ChainSource) => Promise<Value>): Promise<Answer<Value>[]> {
    const nowMs = this.#options.clock.nowMs();
    const able = this.#members.filter(
      (member) => member.askAgainAtMs <= nowMs && member.status().state !== 'wrong_chain',
    );
    return answersOf(await Promise.all(able.map(async (member) => ballotOf(member, ask))));
  }

  /** Asks an RPC after the others for a while and says why in its status; false when that was said before. */
  distrust(rpc: string, problem: string): boolean {
    const member = this.#members.find(({ name }) => name === rpc);
    const isNew = member !== undefined && member.status().problem !== problem;
    member?.distrust(problem);
    return isNew;
  }

  /** What a quorum says. @throws RpcFault no_quorum when none says the same, or the fault of the only one asked. */
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
   * A block at or below the target, by its number, as a quorum has it.
   * @throws RpcFault when no quorum names the same; one that lacks a block below its head is no witness of it.
   */
  async block(number: number): Promise<Block> {
    return this.getAgreed(`block ${number}`, async (source) => getBlock(source, number), blockKey);
  }

  /** The receipt of a transaction as a quorum has it, undefined in it while the transaction is in no block. */
  async receipt(txHash: string, tokens: readonly string[]): Promise<Agreement<Receipt | undefined>> {
    return this.agreedReceipt(async (source) => source.receipt(txHash, tokens), this.quorum);
  }

  /** The same of a receipt that is asked for in another way. */
  async agreedReceipt(
    ask: (source: ChainSource) => Promise<Receipt | undefined>,
    quorum: number,
  ): Promise<Agreement<Receipt | undefined>> {
    return this.agree(ask, receiptKey, quorum);
  }

  /** Base units of the token that the address has at a block, as a quorum says. @throws RpcFault. */
  async balanceOf(token: string, address: string, blockHash: string): Promise<bigint> {
    return this.getAgreed('a balance', async (source) => source.balanceOf(token, address, blockHash), String);
  }

  /** Asks every RPC for its head; waits for all, or a little for the rest once enough have answered. */
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

  /** Those whose head can be the chain's; of the others it is noted why not. */
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
    // Without a quorum the others only stand in: one answer is not compared with another.
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

  /** The height that a quorum names, or the configured depth. Told once where there is neither: deposits may wait for it. */
  #findHardFinal(witnesses: readonly Seen[], head: number): number | undefined {
    const { config, log } = this.#options;
    const finals = witnesses.flatMap(({ look }) => look.hardFinal ?? []).toSorted((a, b) => b - a);
    const named = finals[this.quorum - 1];
    if (named !== undefined) return Math.min(named, head);
    if (config.hardFinalDepth !== undefined)
      return head < config.hardFinalDepth ? undefined : head - config.hardFinalDepth;
    if (!this.#toldOfNoFinal) {
      const message =
        'no quorum names a final height: what waits for one waits on. Configure hardFinalDepth if none will';
      log.warn({ event: 'chain.no_final_height', chain: this.chain, message });
    }
    this.#toldOfNoFinal = true;
    return undefined;
  }

  /** The highest block that a quorum names: probed downwards in growing steps, then between the last two probes. */
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
        // A fault is no dissent: whoever does not answer is not argued with at another height.
        if (ballots.every(({ fault }) => fault)) throw disagreement(`block ${height}`, ballots);
        disputed = height;
        step *= 2;
      }
    }
    throw this.#noQuorum();
  }

  /** What those whose head reaches that height name there. */
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
    const told = statuses.map(({ rpc, state, problem }) => `${rpc}: ${problem ?? state}`).join('; ');
    const waits = this.#members.map(({ askAgainAtMs }) => askAgainAtMs - clock.nowMs());
    const retryAfterMs = Math.max(0, waits.toSorted((a, b) => a - b)[this.quorum - 1] ?? 0);
    const needed = this.quorum === 1 ? 'no RPC can be read' : `${this.quorum} RPCs must agree and do not`;
    return new RpcFault('no_quorum', `${needed}: ${told}`, { retryAfterMs });
  }

  #tellChanges(before: readonly RpcStatus[]): void {
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

/** Why there is no agreed answer; the fault itself where a single RPC was asked. */
export function disagreement(what: string, ballots: readonly Ballot<unknown>[]): RpcFault {
  const [only] = ballots;
  if (ballots.length === 1 && only?.fault) return only.fault;
  const told = ballots.map(({ rpc, fault }) => `${rpc}: ${fault?.message ?? 'an answer of its own'}`).join('; ');
  return new RpcFault('no_quorum', `no quorum for ${what}: ${told}`);
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

/** The time is in it because it decides who owned a sender. */
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
