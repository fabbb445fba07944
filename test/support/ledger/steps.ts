/** The steps that fast-check combines: each is applied to the real ledger and to its model. */
import fc from 'fast-check';
import { bookingCommand } from '../../../src/core/ledger/bookings.ts';
import type { Command } from '../../../src/core/ledger/commands.ts';
import { holdNote } from '../../../src/core/ledger/hold-note.ts';
import { DEPOSIT_TERMS } from '../../../src/core/ledger/head.ts';
import type { EntryType } from '../../../src/core/ledger/vocabulary.ts';
import type { LedgerModel } from './model.ts';
import type { ModelLot, ModelService, Terms } from './model-books.ts';
import type { Deed, LedgerWorld } from './world.ts';

const PAID: Terms = { priority: 100, promotional: false, refundable: true, share: false, endsMs: null, services: null };
const NO_SUCH_HOLD = 999_999;
const NO_SUCH_ENTRY = 999_999;
const CHAIN = 'assets:usdc:eip155:31337';
const SPENT_AS = { AI_API: 'AI_API_CALL', GIFT_CARD: 'GIFT_REDEEM', SKU_PURCHASE: 'SKU_MARGIN' } as const;

/** A step as fast-check shows it: its name and its numbers. */
class Step implements fc.AsyncCommand<LedgerModel, LedgerWorld> {
  private readonly name: string;
  private readonly work: (world: LedgerWorld) => Promise<void>;

  constructor(name: string, work: (world: LedgerWorld) => Promise<void>) {
    this.name = name;
    this.work = work;
  }

  check(): boolean {
    return true;
  }

  async run(_model: LedgerModel, world: LedgerWorld): Promise<void> {
    await this.work(world);
    await world.compare();
  }

  toString(): string {
    return this.name;
  }
}

type Maker = (world: LedgerWorld) => Deed;

function holdAt(model: LedgerModel, pick: number): number {
  const open = [...model.holds.keys()];
  // Sometimes a hold that is closed or does not exist.
  return pick % 7 === 6 ? (pick % 2 === 0 ? NO_SUCH_HOLD : 1) : (open[pick % Math.max(1, open.length)] ?? NO_SUCH_HOLD);
}

const deposit =
  (amount: bigint, cards: number, lifeMs: number | null): Maker =>
  ({ model, clock }) => {
    const endsMs = lifeMs === null ? null : clock.nowMs() + lifeMs;
    const terms = { ...DEPOSIT_TERMS, expiresAtMs: endsMs };
    return {
      command: { op: 'credit', type: 'DEPOSIT', amountMicros: amount, contra: CHAIN, terms, giftCards: cards },
      model: () => model.credit('DEPOSIT', amount, CHAIN, { ...PAID, endsMs }, cards),
    };
  };

const debit =
  (amount: bigint, service: ModelService): Maker =>
  ({ model }) => {
    const [type, contra] = [SPENT_AS[service], `revenue:${service}`];
    return {
      command: { op: 'debit', type, amountMicros: amount, contra, service },
      model: () => model.debit(type, amount, contra, { service }),
    };
  };

/** What the service notes on the entry that opens a hold. */
const endOf = (durationMs: number): { readonly remark: string } => ({ remark: holdNote(durationMs) });

const hold =
  (amount: bigint, service: ModelService, durationMs: number): Maker =>
  ({ model }) => ({
    command: { op: 'hold', service, amountMicros: amount, gift: false, durationMs, notes: endOf(durationMs) },
    model: () => model.hold(service, amount, { durationMs }),
  });

const heldAlive =
  (amount: bigint, service: ModelService, durationMs: number, heartbeatMs: number): Maker =>
  ({ model }) => ({
    command: { op: 'hold', service, amountMicros: amount, gift: false, durationMs, heartbeatMs },
    model: () => model.hold(service, amount, { durationMs, everyMs: heartbeatMs }),
  });

const child =
  (pick: number, amount: bigint, durationMs: number, everyMs: number | null): Maker =>
  ({ model }) => {
    const parent = holdAt(model, pick);
    // Sometimes for another service than its parent.
    const own = model.holds.get(parent)?.service ?? 'AI_API';
    const service = pick % 11 === 10 ? 'SKU_PURCHASE' : own;
    const heartbeatMs = everyMs ?? undefined;
    const command = {
      op: 'hold',
      service,
      amountMicros: amount,
      gift: false,
      durationMs,
      parent,
      heartbeatMs,
    } as const;
    return { command, model: () => model.child(parent, service, amount, { durationMs, everyMs: heartbeatMs }) };
  };

const grow =
  (pick: number, amount: bigint): Maker =>
  ({ model }) => {
    const id = holdAt(model, pick);
    return { command: { op: 'grow', hold: id, add: { byMicros: amount } }, model: () => model.grow(id, amount) };
  };

const holdCard =
  (durationMs: number): Maker =>
  ({ model }) => ({
    command: {
      op: 'hold',
      service: 'GIFT_CARD',
      amountMicros: 0n,
      gift: true,
      durationMs,
      notes: endOf(durationMs),
    },
    model: () => model.holdCard(durationMs),
  });

const capture =
  (pick: number, amount: bigint, final: boolean, allowOverrun: boolean): Maker =>
  ({ model }) => {
    const id = holdAt(model, pick);
    const command: Command = {
      op: 'capture',
      hold: id,
      amountMicros: amount,
      final,
      allowOverrun,
      giftCardMaxMicros: 1_000_000n,
    };
    return { command, model: () => model.capture(id, amount, { final, allowOverrun }) };
  };

const release =
  (pick: number): Maker =>
  ({ model }) => {
    const id = holdAt(model, pick);
    return { command: { op: 'release', hold: id }, model: () => model.release(id) };
  };

const extend =
  (pick: number, durationMs: number): Maker =>
  ({ model }) => {
    const id = holdAt(model, pick);
    return { command: { op: 'extend', hold: id, durationMs }, model: () => model.extend(id, durationMs) };
  };

const grant =
  (amount: bigint, lifeMs: number, services: readonly ModelService[] | null = null): Maker =>
  ({ model, clock }) => {
    const restrictedTo = services === null ? undefined : { services: [...services].toSorted() };
    const expiresAtMs = clock.nowMs() + lifeMs;
    const terms = { priority: 50, promotional: true, refundable: false, share: false, endsMs: expiresAtMs, services };
    return {
      command: bookingCommand({ type: 'GRANT', amountMicros: amount, reason: 'a gift', expiresAtMs, restrictedTo }),
      model: () => model.credit('GRANT', amount, 'expenses:promo', terms),
    };
  };

const bring =
  (type: EntryType, amount: bigint, contra: string, terms: Partial<Terms>): Maker =>
  ({ model }) => ({
    command: bookingCommand({ type, amountMicros: amount, reason: 'a reason' }),
    model: () => model.credit(type, amount, contra, { ...PAID, ...terms }),
  });

const refundOf =
  (pick: number, amount: bigint): Maker =>
  ({ model }) => {
    const done = [...model.done.values()];
    // Sometimes something that is no charge.
    const some = pick % 7 === 6 ? done : done.filter(({ seqs }) => model.tookBy(seqs) > 0n);
    const first = some[pick % Math.max(1, some.length)]?.seqs[0] ?? NO_SUCH_ENTRY;
    return {
      command: bookingCommand({ type: 'REFUND', amountMicros: amount, reason: 'a reason', refundOf: first }),
      model: () => model.refundOf(first, amount),
    };
  };

const takeOut =
  (type: EntryType, amount: bigint, contra: string, only?: (lot: ModelLot) => boolean): Maker =>
  ({ model }) => ({
    command: bookingCommand({ type, amountMicros: -amount, reason: 'a reason' }),
    model: () => model.debit(type, amount, contra, only ? { only } : {}),
  });

const takeBack =
  (type: 'ADJUSTMENT' | 'CLAWBACK', amount: bigint, pick: number): Maker =>
  ({ model }) => {
    const lots = model.spendable();
    const first = pick % 2 === 0 ? lots[pick % Math.max(1, lots.length)]?.id : undefined;
    const contra = type === 'ADJUSTMENT' ? 'equity:adjustments' : 'assets:clawbacks';
    return {
      command: bookingCommand({ type, amountMicros: -amount, reason: 'a reason', lotFirst: first }),
      model: () => model.debit(type, amount, contra, { mayOwe: true, ...(first === undefined ? {} : { first }) }),
    };
  };

const reverse =
  (amount: bigint, pick: number, cards: number): Maker =>
  ({ model }) => {
    const lots = model.spendable();
    const first = lots[pick % Math.max(1, lots.length)]?.id;
    return {
      command: {
        op: 'debit',
        type: 'DEPOSIT_REVERSAL',
        amountMicros: amount,
        contra: CHAIN,
        lotsFirst: first === undefined ? undefined : [first],
        mayOwe: true,
        giftCards: cards,
      },
      model: () =>
        model.debit('DEPOSIT_REVERSAL', amount, CHAIN, {
          mayOwe: true,
          cards,
          ...(first === undefined ? {} : { first }),
        }),
    };
  };

/** A wallet's first deposit. */
export const FUNDING: Maker = deposit(200n, 2, null);

const amounts = fc.bigInt({ min: 1n, max: 40n });
const services = fc.constantFrom<ModelService>('AI_API', 'GIFT_CARD', 'SKU_PURCHASE');
const restrictions = fc.uniqueArray(services, { minLength: 1, maxLength: 2 });
const durations = fc.integer({ min: 1, max: 90 }).map((seconds) => seconds * 1_000);
const picks = fc.nat({ max: 50 });
const beats = fc.integer({ min: 5, max: 30 }).map((seconds) => seconds * 1_000);

/** A command of any kind, with its name. */
const deeds: fc.Arbitrary<{ readonly name: string; readonly make: Maker }> = fc.oneof(
  named('deposit', fc.tuple(amounts, fc.nat({ max: 2 }), fc.option(durations, { freq: 4 })), deposit),
  named('debit', fc.tuple(amounts, services), debit),
  named('hold', fc.tuple(amounts, services, durations), hold),
  named('hold a gift card', fc.tuple(durations), holdCard),
  named('capture a part', fc.tuple(picks, amounts, fc.constant(false), fc.boolean()), capture),
  named('capture to the end', fc.tuple(picks, amounts, fc.constant(true), fc.constant(false)), capture),
  named('overrun', fc.tuple(picks, amounts, fc.constant(true), fc.constant(true)), capture),
  named(
    'capture more than a card is worth',
    fc.tuple(picks, fc.constant(2_000_000n), fc.constant(true), fc.constant(false)),
    capture,
  ),
  named('hold with a heartbeat', fc.tuple(amounts, services, durations, beats), heldAlive),
  named('hold of a hold', fc.tuple(picks, amounts, durations, fc.option(beats, { freq: 1 })), child),
  named('another hold of a hold', fc.tuple(picks, fc.constant(1n), durations, fc.constant(null)), child),
  named('grow', fc.tuple(picks, amounts), grow),
  named('release', fc.tuple(picks), release),
  named('extend', fc.tuple(picks, durations), extend),
  named('grant', fc.tuple(amounts, durations), grant),
  named('grant for some services', fc.tuple(amounts, durations, restrictions), grant),
  named('adjust up', fc.tuple(amounts), (amount) =>
    bring('ADJUSTMENT', amount, 'equity:adjustments', { refundable: false }),
  ),
  named('adjust down', fc.tuple(amounts, picks), (amount, pick) => takeBack('ADJUSTMENT', amount, pick)),
  named('refund', fc.tuple(amounts), (amount) => bring('REFUND', amount, 'expenses:refunds', { refundable: false })),
  named('refund of a charge', fc.tuple(picks, amounts), refundOf),
  named('claw back', fc.tuple(amounts, picks), (amount, pick) => takeBack('CLAWBACK', amount, pick)),
  named('the chain takes back', fc.tuple(amounts, picks, fc.nat({ max: 2 })), reverse),
  named('share of revenue', fc.tuple(amounts), (amount) =>
    bring('REV_SHARE_CREDIT', amount, 'expenses:rev_share', { share: true }),
  ),
  named('pay a share out', fc.tuple(amounts), (amount) =>
    takeOut('REV_SHARE_PAYOUT', amount, 'assets:payouts', ({ share }) => share),
  ),
  named('withdraw', fc.tuple(amounts), (amount) =>
    takeOut('WITHDRAWAL', amount, 'assets:payouts', ({ refundable }) => refundable),
  ),
  named('settle', fc.tuple(amounts), (amount) => takeOut('SETTLEMENT', amount, 'liabilities:settlements')),
);

function named<T extends unknown[]>(
  name: string,
  numbers: fc.Arbitrary<T>,
  maker: (...args: T) => Maker,
): fc.Arbitrary<{ readonly name: string; readonly make: Maker }> {
  return numbers.map((args) => ({ name: `${name}(${args.map(String).join(', ')})`, make: maker(...args) }));
}

/** Moves the clock to the exact end of a hold or lot, or just before it. */
async function stepToNextEnd(world: LedgerWorld, before: boolean): Promise<void> {
  const ends = [...world.model.holds.values(), ...world.model.spendable()].map(({ endsMs }) => endsMs ?? 0);
  const next = ends.filter((endsMs) => endsMs > world.clock.nowMs()).toSorted((a, b) => a - b)[0];
  if (next !== undefined) world.step(next - world.clock.nowMs() - (before ? 1 : 0));
}

/** Everything that can happen to a wallet. */
export const STEPS: fc.Arbitrary<fc.AsyncCommand<LedgerModel, LedgerWorld>>[] = [
  ...Array.from({ length: 8 }, () =>
    fc
      .tuple(deeds, fc.nat({ max: 1 }))
      .map(
        ([{ name, make }, writer]) =>
          new Step(`writer ${writer}: ${name}`, async (world) => world.carryOut([make(world)], writer)),
      ),
  ),
  fc
    .array(deeds, { minLength: 2, maxLength: 6 })
    .map(
      (several) =>
        new Step(`at once: ${several.map(({ name }) => name).join(', ')}`, async (world) =>
          world.carryOut(several.map(({ make }) => make(world))),
        ),
    ),
  fc
    .tuple(amounts, services, fc.integer({ min: 2, max: 8 }))
    .map(
      ([amount, service, times]) =>
        new Step(`${times} debits of ${amount} race for ${service}`, async (world) =>
          world.race(debit(amount, service)(world), times),
        ),
    ),
  deeds.map(({ name, make }) => new Step(`asked twice: ${name}`, async (world) => world.askTwice(make(world)))),
  picks.map((pick) => new Step(`replay ${pick}`, async (world) => world.askAgain(pick, false))),
  picks.map((pick) => new Step(`other input under key ${pick}`, async (world) => world.askAgain(pick, true))),
  fc
    .integer({ min: -20, max: 60 })
    .map((seconds) => new Step(`clock ${seconds} s`, async (world) => Promise.resolve(world.step(seconds * 1_000)))),
  fc
    .boolean()
    .map(
      (before) =>
        new Step(`clock to the next end${before ? ', but one' : ''}`, async (world) => stepToNextEnd(world, before)),
    ),
  picks.map((pick) => new Step(`report of hold ${pick}`, async (world) => world.report(holdAt(world.model, pick)))),
  fc.nat({ max: 1 }).map((writer) => new Step(`sweep by writer ${writer}`, async (world) => world.sweep(writer))),
  fc.constant(new Step('restart of the writers', async (world) => world.restart())),
];
