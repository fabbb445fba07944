/** The real ledger of one wallet beside its model: every step is applied to both, and both are compared after it. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import type pg from 'pg';
import { Refusal } from '../../../src/core/errors.ts';
import { ledgerKey, uuidV7 } from '../../../src/core/ids.ts';
import type { Command } from '../../../src/core/ledger/commands.ts';
import { inputHash } from '../../../src/core/ledger/entry.ts';
import { CONTRA } from '../../../src/db/ledger/entry-columns.ts';
import type { Submission } from '../../../src/db/ledger/submission.ts';
import type { Database } from '../../../src/db/database.ts';
import { reportHold } from '../../../src/db/ledger/beside/heartbeats.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { createSteppedClock, type SteppedClock } from '../fake-clock.ts';
import { LedgerModel } from './model.ts';
import { addWallet, auditWallet } from './wallets.ts';

/** A command for the real ledger, and the same command for the model. */
export interface Deed {
  readonly command: Command;
  readonly model: () => string | undefined;
}

/** How the world sees the database beside its writers. */
interface Means {
  readonly client: pg.Client;
  readonly db: Database;
}

interface Asked extends Deed {
  readonly key: string;
  readonly input: string;
}

export class LedgerWorld {
  readonly clock: SteppedClock = createSteppedClock();
  readonly model = new LedgerModel(this.clock.nowMs());
  readonly wallet: string;
  private readonly client: pg.Client;
  private readonly db: Database;
  private readonly url: string;
  private writers: [LedgerWriter, LedgerWriter];
  private readonly asked: Asked[] = [];

  private constructor({ client, db }: Means, url: string, wallet: string) {
    this.client = client;
    this.db = db;
    this.url = url;
    this.wallet = wallet;
    this.writers = [this.open(), this.open()];
  }

  static async create(means: Means, url: string): Promise<LedgerWorld> {
    return new LedgerWorld(means, url, await addWallet(means.client, uuidV7(Date.now())));
  }

  /** The owner of a hold reports, which no writer sees. */
  async report(hold: number): Promise<void> {
    const asked = { wallet: this.wallet, hold, nowMs: this.clock.nowMs(), dryRun: false };
    const isAlive = (await reportHold(this.db, asked)) !== undefined && this.model.holds.get(hold)?.beat !== undefined;
    strictEqual(isAlive, this.model.report(hold));
  }

  private open(): LedgerWriter {
    return openLedgerWriter({ url: this.url, clock: this.clock, deadlineMs: 10_000, lanes: 1 });
  }

  async stop(): Promise<void> {
    await Promise.all(this.writers.map(async (writer) => writer.stop()));
  }

  async restart(): Promise<void> {
    await this.stop();
    this.writers = [this.open(), this.open()];
  }

  step(byMs: number): void {
    this.clock.step(byMs);
    this.model.clockMs = this.clock.nowMs();
  }

  /** A new key; some look new to the writer, others it has to look up first. */
  private newKey(): string {
    const position = this.asked.length;
    return position % 3 === 0 ? ledgerKey('client', `order ${position}`) : uuidV7(this.clock.nowMs());
  }

  private remember(deed: Deed): Asked {
    const key = this.newKey();
    const asked = { ...deed, key, input: inputHash(`${deed.command.op} ${key}`) };
    this.asked.push(asked);
    return asked;
  }

  private submissionOf({ command, key, input }: Asked): Submission {
    return { wallet: this.wallet, command, key, inputHash: input };
  }

  private async ask(
    writer: LedgerWriter,
    asked: Asked,
  ): Promise<{ said: readonly number[] | string; replayed: boolean }> {
    try {
      const { entries, replayed } = await writer.submit(this.submissionOf(asked));
      return { said: entries.map(({ seq }) => seq), replayed };
    } catch (error) {
      if (error instanceof Refusal) return { said: error.code, replayed: false };
      throw error;
    }
  }

  /** Submits each command in turn without waiting between them, so that they make one batch. */
  async carryOut(deeds: readonly Deed[], writer = 0): Promise<void> {
    const all = deeds.map((deed) => this.remember(deed));
    const answers = await Promise.all(all.map(async (asked) => this.ask(this.writerAt(writer), asked)));
    for (const [index, asked] of all.entries()) {
      const expected = this.model.submit(asked.key, asked.input, asked.model);
      deepStrictEqual(answers[index], { said: expected, replayed: false });
    }
  }

  /** Submits a command several times under different keys, through both writers at once: any of them may win. */
  async race(deed: Deed, times: number): Promise<void> {
    const all = Array.from({ length: times }, () => this.remember(deed));
    const answers = await Promise.all(all.map(async (asked, index) => this.ask(this.writerAt(index), asked)));
    const rank = (said: readonly number[] | string | undefined): number => (Array.isArray(said) ? (said[0] ?? 0) : 1e9);
    const order = all
      .map((asked, index) => ({ asked, said: answers[index]?.said }))
      .sort((a, b) => rank(a.said) - rank(b.said));
    for (const { asked, said } of order) {
      deepStrictEqual(said, this.model.submit(asked.key, asked.input, asked.model));
    }
  }

  /** Submits one command under one key to both writers at once: one entry, the same answer. */
  async askTwice(deed: Deed): Promise<void> {
    const asked = this.remember(deed);
    const answers = await Promise.all([0, 1, 0].map(async (writer) => this.ask(this.writerAt(writer), asked)));
    const expected = this.model.submit(asked.key, asked.input, asked.model);
    deepStrictEqual(
      answers.map(({ said }) => said),
      [expected, expected, expected],
    );
    const fresh = answers.filter(({ replayed }) => !replayed).length;
    strictEqual(fresh, Array.isArray(expected) ? 1 : 3);
  }

  /** Repeats an earlier request; with another input it conflicts if the first was carried out. */
  async askAgain(pick: number, other: boolean): Promise<void> {
    const before = this.asked[pick % Math.max(1, this.asked.length)];
    if (!before) return;
    const asked = other ? { ...before, input: inputHash(`other ${before.input}`) } : before;
    const wasDone = this.model.done.has(asked.key);
    const answer = await this.ask(this.writerAt(pick), asked);
    const said = this.model.submit(asked.key, asked.input, asked.model);
    deepStrictEqual(answer, { said, replayed: wasDone && Array.isArray(said) });
    // A writer that does not remember the key may judge before it looks the key up: overdue work is settled then.
    const { rowCount } = await this.client.query('SELECT FROM entry WHERE wallet = $1', [this.wallet]);
    if (rowCount !== this.model.entries.length) this.model.settleNow();
  }

  /** Settles what is overdue, as the job does. */
  async sweep(writer: number): Promise<void> {
    const command = { op: 'settle' } as const;
    const key = uuidV7(this.clock.nowMs());
    const submission = { wallet: this.wallet, command, key, inputHash: inputHash('settle') };
    deepStrictEqual(await this.writerAt(writer).submit(submission), { entries: [], replayed: false });
    this.model.settleNow();
  }

  private writerAt(index: number): LedgerWriter {
    return this.writers[index % 2 === 0 ? 0 : 1];
  }

  /** Compares the wallet's rows with the model, and checks them against each other. */
  async compare(): Promise<void> {
    const { model } = this;
    const entries = await auditWallet(this.client, this.wallet);
    deepStrictEqual(
      entries.map((entry) => ({
        type: entry.type,
        atMs: entry.atMs,
        available: entry.availableDelta,
        held: entry.heldDelta,
        cards: entry.giftDelta,
        lot: entry.lot,
        lotLeft: entry.lotLeft,
        hold: entry.hold,
        contra: entry.contra,
        cardPaid: entry.cardPaid,
      })),
      model.entries.map((entry) => ({ ...entry })),
    );
    const refunded = Map.groupBy(
      entries.filter(({ refundOf }) => refundOf !== null),
      ({ refundOf }) => refundOf,
    );
    deepStrictEqual(
      [...refunded].map(([charge, own]) => [charge, own.reduce((all, { availableDelta }) => all + availableDelta, 0n)]),
      [...model.refunded],
    );
    const last = entries.at(-1);
    deepStrictEqual(
      [last?.available, last?.held, last?.deposited, last?.giftAvailable, last?.giftHeld].map((one) =>
        BigInt(one ?? 0),
      ),
      [model.available, model.held, model.deposited, BigInt(model.cards), BigInt(model.cardsHeld)],
    );
    ok(model.available >= 0n || model.takenBack, 'available fell below zero though nothing was taken back');
    await this.compareLots();
    await this.compareHolds();
    await this.compareContra();
  }

  private async compareLots(): Promise<void> {
    const { rows } = await this.client.query<{ lot: string; left: string | null }>(
      'SELECT lot, amount_left AS left FROM lot_open WHERE wallet = $1',
      [this.wallet],
    );
    const { available } = this.model;
    const others = rows.reduce((total, { left }) => total + BigInt(left ?? 0), 0n);
    const drawnFrom = (available > 0n ? available : 0n) - others;
    const stored = new Map(rows.map(({ lot, left }) => [lot, left === null ? drawnFrom : BigInt(left)]));
    const open = this.model.spendable();
    const byId = open.toSorted((a, b) => a.id - b.id).map(({ id, left }) => [String(id), left]);
    deepStrictEqual(
      [...stored].toSorted(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1)),
      byId,
    );
    const remainder = open.find(({ services }) => services === null) ?? open[0];
    strictEqual(rows.find(({ left }) => left === null)?.lot, remainder && String(remainder.id));
    const total = open.reduce((all, { left }) => all + left, 0n);
    strictEqual(total, available + (available < 0n ? -available : 0n));
  }

  private async compareHolds(): Promise<void> {
    const { rows } = await this.client.query(
      `SELECT h.hold, o.service, o.gift_delta < 0 AS gift,
         coalesce((SELECT sum(held_delta) FROM entry e WHERE e.wallet = h.wallet AND e.hold = h.hold
           AND e.held_delta > 0 AND (e.available_delta < 0 OR o.contra = 'within-holds')), 0) AS amount,
         p.lots::text[] AS draw_lots, p.amounts::text[] AS draw_left,
         (extract(epoch FROM h.expires_at) * 1000)::bigint AS ends_ms, h.parent, h.heartbeat_ms AS every_ms,
         (extract(epoch FROM h.ends_at) * 1000)::bigint AS last_ms
       FROM hold_open h JOIN entry o ON o.wallet = h.wallet AND o.seq = h.hold CROSS JOIN LATERAL (
         SELECT coalesce(array_agg(lot ORDER BY since), '{}') AS lots, coalesce(array_agg(rest ORDER BY since), '{}') AS amounts
         FROM (SELECT lot, max(seq) FILTER (WHERE held_delta > 0) AS since, sum(held_delta) AS rest FROM entry
           WHERE wallet = h.wallet AND hold = h.hold AND lot IS NOT NULL GROUP BY lot HAVING sum(held_delta) > 0) AS q) p
       WHERE h.wallet = $1 ORDER BY h.hold`,
      [this.wallet],
    );
    const expected = [...this.model.holds.values()].map(
      ({ id, service, card, amount, parts, endsMs, parent, beat }) => ({
        hold: String(id),
        service,
        gift: card,
        amount: String(amount),
        draw_lots: parts.map(({ lot }) => String(lot)),
        draw_left: parts.map(({ left }) => String(left)),
        ends_ms: String(endsMs),
        parent: parent === undefined ? null : String(parent),
        every_ms: beat?.everyMs ?? null,
        last_ms: beat ? String(beat.lastMs) : null,
      }),
    );
    deepStrictEqual(
      rows.map((row: object) => ({ ...row })),
      expected,
    );
    const held = [...this.model.holds.values()].flatMap(({ parts }) => parts).reduce((all, { left }) => all + left, 0n);
    strictEqual(held, this.model.held);
  }

  private async compareContra(): Promise<void> {
    const { rows } = await this.client.query<{ contra: string; total: string }>(
      `SELECT ${CONTRA} AS contra, -sum(available_delta + held_delta) AS total FROM entry e
       WHERE wallet = $1 AND available_delta + held_delta <> 0 GROUP BY 1`,
      [this.wallet],
    );
    deepStrictEqual(new Map(rows.map(({ contra, total }) => [contra, BigInt(total)])), this.model.contra);
  }
}
