/** A detector on three RPCs of a chain in memory, played step by step and checked against the chain. */
import assert from 'node:assert/strict';
import { creditDeposits } from '../../../detector/credit/credit.ts';
import type { Reach } from '../../../detector/scan/reach.ts';
import { RpcFault } from '../../../detector/rpc/fault.ts';
import type { RpcPool } from '../../../detector/rpc/pool.ts';
import { ChainScan, NodeBehind } from '../../../detector/scan/scan.ts';
import { Refusal } from '../../../src/core/errors.ts';
import type { TransferEvent } from '../../../src/core/chains/transfer.ts';
import { LeaseLost, releaseLease, type Lease } from '../../../src/db/leases.ts';
import type { LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { armCrash, Crash } from './crash.ts';
import { newOrg } from './bench.ts';
import type { Payment, Step } from './steps.ts';
import { createSteppedClock } from '../fake-clock.ts';
import { CREDITS, TOKEN, type MemoryTransfer } from './memory-chain.ts';
import { poolOf, type RoundBench } from '../deposits/round-bench.ts';
import { Witness } from './witness.ts';

const RPCS = 3;
const SETTLE_ROUNDS_MAX = 8;
/** Longer than any pause that an RPC gets after failures. */
const REST_MS = 10 * 60_000;
/** Errors with which a round may fail; each means that the round is repeated. */
const EXPECTED = [RpcFault, NodeBehind, LeaseLost, Crash] as const;

interface DepositFacts {
  readonly id: string;
  readonly tx_hash: string;
  readonly ordinal: number;
  readonly state: string;
  readonly amount: string;
  readonly revision: number;
  readonly posted: number;
  readonly reversed: number;
  readonly net: string;
}

/** Small, so that histories of some dozen blocks take several windows, the head first, and several pages of credits. */
const SIZES = { windowBlocksStart: 4, windowBlocksMax: 8, backlogBlocks: 16, backlogWindows: 3 };
const PAGE_SIZE = 2;
/** Longer than the longest reorg that gives other blocks the same hashes. */
const OVERLAP_BLOCKS = 12;

export class DetectorWorld {
  readonly #bench: RoundBench;
  readonly #clock = createSteppedClock(Date.now());
  readonly #payers: readonly string[];
  readonly #witnesses: readonly Witness[];
  readonly #branches: string[] = [];
  /** The hash of every block that the chain ever had. */
  readonly #blocks = new Set<string>();
  #highest = 0;
  #sent = 0;
  #reorgs = 0;
  #holders = 0;
  #lease: Lease;
  #pool: RpcPool;
  #scan: ChainScan;

  /** Opens a world with two orgs that have a sender each, and a stranger. */
  static async open(bench: RoundBench): Promise<DetectorWorld> {
    const payers = [0, 1, 2].map((index) => `${bench.sender.slice(0, -1)}${index}`);
    for (const payer of payers.slice(0, 2)) await newOrg(bench.db, bench.caip2, [payer]);
    const world = new DetectorWorld(bench, payers);
    world.#mine([]);
    return world;
  }

  private constructor(bench: RoundBench, payers: readonly string[]) {
    this.#bench = bench;
    this.#payers = payers;
    this.#lease = bench.lease;
    const liesAbout = payers[0] ?? '';
    this.#witnesses = Array.from(
      { length: RPCS },
      (_, index) => new Witness(bench.chain, { name: `rpc-${index}`, liesAbout }),
    );
    this.#pool = this.#openPool();
    this.#scan = new ChainScan(this.#context(), SIZES);
  }

  /** Plays one step and checks what must hold after every step. */
  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'mine':
        this.#mine(step.payments.flatMap((payment) => this.#pay(payment)));
        for (let mined = 1; mined < step.blocks; mined += 1) this.#mine([]);
        break;
      case 'reorg':
        await this.#interruptible(step.within, () => this.#reorg(step));
        break;
      case 'fault':
        // One faulty RPC at a time: a quorum of two out of three tolerates exactly that.
        for (const witness of this.#witnesses) witness.fault = 'none';
        for (const witness of this.#witnesses.slice(step.rpc, step.rpc + 1)) witness.fault = step.fault;
        break;
      case 'takeover':
        await this.#interruptible(step.within, async () => this.#changeLeader());
        break;
      case 'crash':
        armCrash(step.at);
        await this.#round();
        armCrash(undefined);
        this.#restart();
        break;
      case 'ledgerAway':
        await this.#round(this.#ledgerAway(step.written));
        break;
      case 'round':
        await this.#round();
        break;
    }
    await this.#checkAlways();
  }

  /** Ends all faults, lets rounds finish, and compares the books with the chain. */
  async settle(): Promise<void> {
    for (const witness of this.#witnesses) witness.fault = 'none';
    const end = this.#highest + 3;
    while ((await this.#bench.chain.head()).number < end) this.#mine([]);
    this.#clock.step(REST_MS);
    this.#restart();
    let before = '';
    for (let rounds = 0; rounds < SETTLE_ROUNDS_MAX; rounds += 1) {
      const reach = await this.#round();
      assert.ok(reach && reach.stuck === undefined, 'an untroubled round ended early');
      const now = JSON.stringify(await this.#deposits());
      if (now === before && !reach.behind) break;
      before = now;
    }
    await this.#checkAlways();
    await this.#checkSettled();
  }

  /** One round of the current leader; undefined when it failed with an expected error. */
  async #round(ledger: LedgerWriter = this.#bench.ledger): Promise<Reach | undefined> {
    const context = { ...this.#context(), ledger };
    try {
      const reach = await this.#scan.run(this.#pool, this.#lease, true);
      await creditDeposits(context, this.#pool, this.#lease, reach, PAGE_SIZE);
      return reach;
    } catch (error) {
      const isAway = error instanceof Refusal && error.code === 'LEDGER_UNAVAILABLE';
      if (!isAway && !EXPECTED.some((kind) => error instanceof kind)) throw error;
      return undefined;
    }
  }

  /** Runs `act` at once, or in the middle of a round, between a read and its answer. */
  async #interruptible(within: boolean, act: () => void | Promise<void>): Promise<void> {
    if (!within) {
      await act();
      return;
    }
    let acted = false;
    const once = async (): Promise<void> => {
      if (acted) return;
      acted = true;
      await act();
    };
    for (const witness of this.#witnesses) witness.interrupt = once;
    await this.#round();
    for (const witness of this.#witnesses) witness.interrupt = undefined;
    await once();
  }

  async #changeLeader(): Promise<void> {
    this.#holders += 1;
    await releaseLease(this.#bench.db, this.#lease);
    this.#lease = await this.#bench.lead(`leader ${this.#holders}`);
  }

  #ledgerAway(written: boolean): LedgerWriter {
    const { ledger } = this.#bench;
    return {
      ...ledger,
      submit: async (submission) => {
        if (written) await ledger.submit(submission);
        throw new Refusal('LEDGER_UNAVAILABLE', 'the ledger is away');
      },
    };
  }

  #context(): RoundBench['context'] {
    return { ...this.#bench.context, clock: this.#clock, overlapBlocks: OVERLAP_BLOCKS };
  }

  #openPool(): RpcPool {
    return poolOf(this.#witnesses, this.#context());
  }

  /** Drops the state that a process loses when it ends. */
  #restart(): void {
    this.#pool = this.#openPool();
    this.#scan = new ChainScan(this.#context(), SIZES);
  }

  #pay({ payer, amount, again }: Payment): MemoryTransfer[] {
    this.#sent += 1;
    const txHash = `0x${this.#sent.toString(16)}`;
    const from = this.#payers[payer] ?? '';
    return Array.from({ length: again + 1 }, (_, ordinal) => ({ txHash, from, amount, ordinal }));
  }

  #mine(transfers: readonly MemoryTransfer[], branch = `branch ${this.#reorgs}`): void {
    const { number, hash } = this.#bench.chain.mine(transfers, branch);
    this.#branches[number] = branch;
    this.#blocks.add(`${number}:${hash}`);
    this.#highest = Math.max(this.#highest, number);
  }

  async #reorg({ depth, longer, kept, sameHash }: Extract<Step, { kind: 'reorg' }>): Promise<void> {
    const { chain } = this.#bench;
    const { number: head } = await chain.head();
    const count = Math.min(depth, head);
    if (count === 0) return;
    const first = head - count + 1;
    const lost = (await this.#canonical()).filter(({ blockNumber }) => blockNumber >= first);
    chain.drop(count);
    this.#reorgs += 1;
    for (let number = first; number <= head + longer; number += 1) {
      const here =
        kept === 'none' ? [] : lost.filter((event) => event.blockNumber + (kept === 'later' ? 1 : 0) === number);
      const again = here.map(({ txHash, from, amount, ordinal }) => {
        return { txHash, from, ordinal, amount: kept === 'changed' ? amount + 1n : amount };
      });
      this.#mine(again, sameHash ? this.#branches[number] : undefined);
    }
  }

  /** Every transfer to us that is on the chain now. */
  async #canonical(): Promise<TransferEvent[]> {
    const { chain } = this.#bench;
    const target = await chain.head();
    return chain.transfers({ fromBlock: 0, target, tokens: [TOKEN], recipients: new Set([CREDITS]) });
  }

  async #deposits(): Promise<DepositFacts[]> {
    const result: { rows: DepositFacts[] } = await this.#bench.db.raw(
      `SELECT d.id, d.tx_hash, d.ordinal, d.state, d.amount, d.revision,
         count(DISTINCT e.key) FILTER (WHERE e.type = 'DEPOSIT')::int AS posted,
         count(DISTINCT e.key) FILTER (WHERE e.type = 'DEPOSIT_REVERSAL')::int AS reversed,
         coalesce(sum(e.available_delta), 0)::text AS net
       FROM deposit d LEFT JOIN entry e ON e.deposit = d.id WHERE d.chain = ?
       GROUP BY d.id ORDER BY d.tx_hash, d.ordinal`,
      [this.#bench.caip2],
    );
    return result.rows;
  }

  /** Nothing is posted twice, and the cursor rests on blocks that the chain had. */
  async #checkAlways(): Promise<void> {
    const deposits = await this.#deposits();
    const wrong = deposits.filter(({ posted, reversed }) => posted - reversed !== 0 && posted - reversed !== 1);
    assert.deepEqual(wrong, [], 'posted twice, or taken back twice');
    const { db, caip2 } = this.#bench;
    const cursor: { rows: { next: number }[] } = await db.raw(
      'SELECT next_block::int AS next FROM chain_cursor WHERE chain = ?',
      [caip2],
    );
    const checkpoints: { rows: { at: string }[] } = await db.raw(
      "SELECT number || ':' || hash AS at FROM block_checkpoint WHERE chain = ? ORDER BY number",
      [caip2],
    );
    const foreign = checkpoints.rows.filter(({ at }) => !this.#blocks.has(at));
    assert.deepEqual(foreign, [], 'blocks that the chain never had');
    const hasRead = (number: number): boolean =>
      number < 0 || checkpoints.rows.some(({ at }) => at.startsWith(`${number}:`));
    for (const { next } of cursor.rows) {
      assert.ok(next - 1 <= this.#highest, 'the cursor is ahead of the chain');
      // The last read block is the one whose hash is stored; a head that was read first may be above it.
      assert.ok(hasRead(next - 1), `the cursor ${next} rests on no block that was read`);
    }
  }

  async #checkSettled(): Promise<void> {
    const deposits = await this.#deposits();
    const canonical = await this.#canonical();
    const found = deposits.map(({ tx_hash, ordinal, state, amount, net }) => [tx_hash, ordinal, state, amount, net]);
    const held = new Map(canonical.map((event) => [`${event.txHash}:${event.ordinal}`, event]));
    const expected = deposits.map(({ tx_hash, ordinal, state, amount }) => {
      const event = held.get(`${tx_hash}:${ordinal}`);
      if (!event) return [tx_hash, ordinal, state === 'reversed' ? 'reversed' : 'orphaned', amount, '0'];
      const is = event.amount === 0n ? 'ignored' : event.from === this.#payers[2] ? 'unmatched' : 'credited';
      return [tx_hash, ordinal, is, `${event.amount}`, is === 'credited' ? `${event.amount}` : '0'];
    });
    assert.deepEqual(found, expected);
    const stored = new Set(deposits.map(({ tx_hash, ordinal }) => `${tx_hash}:${ordinal}`));
    assert.deepEqual(
      [...held.keys()].filter((key) => !stored.has(key)),
      [],
      'transfers that were not found',
    );
  }
}
