/** Random histories of one wallet: commands that the rules accept, each with its time, and what the rules made of them. */
import fc from 'fast-check';
import { bookingCommand } from '../../../src/core/ledger/bookings.ts';
import { refundable, type RefundableCharge } from '../../../src/core/refunds/refund.ts';
import type { Command } from '../../../src/core/ledger/commands.ts';
import { decide } from '../../../src/core/ledger/decide.ts';
import { inputHash, type Entry } from '../../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS, emptyHead, type Head, type LotTerms } from '../../../src/core/ledger/head.ts';
import { Posting } from '../../../src/core/ledger/posting.ts';
import { debitType, revenueAccount } from '../../../src/core/ledger/vocabulary.ts';
import type { Restriction } from '../../../src/core/lots/restriction.ts';

const DAY_MS = 86_400_000;
const CHAIN = 'assets:usdc:eip155:31337';
const GRANT_TERMS: LotTerms = {
  ...DEPOSIT_TERMS,
  source: 'grant',
  priority: 50,
  promotional: true,
  refundable: false,
  transferable: false,
};

/** Some grants are for one of these; those of the others are for everything. */
const RESTRICTIONS: readonly Restriction[] = [
  { services: ['AI_API'] },
  { services: ['AI_API', 'SKU_PURCHASE'] },
  { services: ['GIFT_CARD'] },
];

/** A step of a history, as numbers; {@link playHistory} makes a command of it that fits the wallet at that time. */
export interface Deed {
  readonly kind: (typeof KINDS)[number];
  readonly amount: bigint;
  readonly pick: number;
  readonly afterMs: number;
}

/** A command that was accepted. */
export interface Played {
  readonly command: Command;
  readonly key: string;
  readonly atMs: number;
}

/** What the rules made of a history. */
export interface History {
  readonly played: readonly Played[];
  readonly entries: readonly Entry[];
  readonly lots: ReadonlyMap<number, LotTerms>;
  /** The head after the entry with that number, where a command ended there. */
  readonly heads: ReadonlyMap<number, Head>;
}

const KINDS = [
  'deposit',
  'card',
  'grant',
  'debit',
  'debit',
  'hold',
  'capture',
  'finish',
  'overrun',
  'release',
  'extend',
  'refund',
  'give a charge back',
  'adjust up',
  'adjust down',
  'claw back',
  'give back',
  'reverse',
  'reverse a grant',
  'cards',
  'hold a card',
  'share',
  'pay a share out',
  'withdraw',
  'settle for',
  'settle against',
] as const;

/** Random histories. @param stepMaxMs the longest pause between two commands */
export function histories(lengthMax: number, stepMaxMs = 3 * DAY_MS): fc.Arbitrary<readonly Deed[]> {
  const deed = fc.record({
    kind: fc.constantFrom(...KINDS),
    amount: fc.oneof(fc.bigInt({ min: 1n, max: 40n }), fc.bigInt({ min: 1n, max: 9_000_000_000n })),
    pick: fc.nat({ max: 40 }),
    afterMs: fc.nat({ max: stepMaxMs }),
  });
  return fc.array(deed, { maxLength: lengthMax });
}

type Make = (
  amountMicros: bigint,
  pick: number,
  about: { readonly head: Head; readonly atMs: number; readonly entries: readonly Entry[] },
) => Command;

const service = (pick: number): string => ['AI_API', 'SKU_PURCHASE', 'GIFT_CARD', 'ORG_CHARGE'][pick % 4] ?? 'AI_API';
const holdIn = ({ holds }: Head, pick: number): number => {
  const open = [...holds.values()].map(({ hold }) => hold);
  return open[pick % Math.max(1, open.length)] ?? 0;
};
const lotIn = ({ lots }: Head, pick: number): number | undefined => lots[pick % Math.max(1, lots.length)]?.lot;
const book =
  (
    type: 'REFUND' | 'ADJUSTMENT' | 'SETTLEMENT' | 'REV_SHARE_CREDIT' | 'REV_SHARE_PAYOUT' | 'WITHDRAWAL',
    sign: 1n | -1n,
  ): Make =>
  (amount, pick) =>
    bookingCommand({
      type,
      amountMicros: sign * amount,
      reason: 'a reason',
      service: type === 'REFUND' && pick % 2 === 0 ? 'AI_API' : undefined,
    });
/** The charges of a wallet, with what was given back of each. */
function chargesIn(entries: readonly Entry[]): RefundableCharge[] {
  return [...Map.groupBy(entries, ({ key }) => key).values()].flatMap((own) => {
    const [first] = own;
    const tookMicros = own.reduce((sum, { availableDelta, heldDelta }) => sum - availableDelta - heldDelta, 0n);
    if (!first || first.service === null || tookMicros <= 0n) return [];
    const refunds = entries.filter(({ refundOf }) => refundOf === first.seq);
    const refundedMicros = refunds.reduce((sum, { availableDelta }) => sum + availableDelta, 0n);
    return [{ charge: first.seq, service: first.service, tookMicros, refundedMicros, marks: [] }];
  });
}
const giveBack: Make = (amount, pick, { entries }) => {
  const charges = chargesIn(entries).filter((charge) => refundable(charge) > 0n);
  const charge = charges[pick % Math.max(1, charges.length)];
  const amountMicros = charge ? 1n + (amount % refundable(charge)) : amount;
  return bookingCommand({ type: 'REFUND', amountMicros, reason: 'a reason', refundOf: charge?.charge });
};
const captureOf =
  (final: boolean, allowOverrun: boolean): Make =>
  (amountMicros, pick, { head }) => ({
    op: 'capture',
    hold: holdIn(head, pick),
    amountMicros,
    final,
    allowOverrun,
    giftCardMaxMicros: 1_000_000n,
  });
const takeBack =
  (type: 'CLAWBACK' | 'DEPOSIT_REVERSAL' | 'GRANT_REVERSAL', contra: string): Make =>
  (amountMicros, pick, { head }) => ({
    op: 'debit',
    type,
    amountMicros,
    contra,
    mayOwe: true,
    mustTake: true,
    lotFirst: lotIn(head, pick),
    giftCards: type === 'CLAWBACK' ? 0 : pick % 3,
  });

const MAKERS: Readonly<Record<(typeof KINDS)[number], Make>> = {
  deposit: (amountMicros, pick) => {
    return { op: 'credit', type: 'DEPOSIT', amountMicros, contra: CHAIN, terms: DEPOSIT_TERMS, giftCards: pick % 3 };
  },
  card: (amountMicros) => {
    const terms = { ...DEPOSIT_TERMS, source: 'card' } as const;
    return { op: 'credit', type: 'DEPOSIT', amountMicros, contra: 'assets:stripe', terms };
  },
  grant: (amountMicros, pick, { atMs }) => {
    const expiresAtMs = pick % 3 === 0 ? null : atMs + (pick + 1) * DAY_MS;
    const restrictedTo = RESTRICTIONS[pick % 8];
    const terms = { ...GRANT_TERMS, expiresAtMs, ...(restrictedTo ? { restrictedTo } : {}) };
    return { op: 'credit', type: 'GRANT', amountMicros, contra: 'expenses:promo', terms };
  },
  debit: (amountMicros, pick) => {
    const of = service(pick);
    return { op: 'debit', type: debitType(of), amountMicros, contra: revenueAccount(of), service: of };
  },
  hold: (amountMicros, pick) => {
    return { op: 'hold', service: service(pick), amountMicros, gift: false, durationMs: (pick + 1) * 3_600_000 };
  },
  'hold a card': (_amount, pick) => {
    return { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: (pick + 1) * 3_600_000 };
  },
  capture: captureOf(false, false),
  finish: captureOf(true, false),
  overrun: captureOf(true, true),
  release: (_amount, pick, { head }) => ({ op: 'release', hold: holdIn(head, pick) }),
  extend: (_amount, pick, { head }) => ({
    op: 'extend',
    hold: holdIn(head, pick),
    durationMs: (pick + 40) * 3_600_000,
  }),
  refund: book('REFUND', 1n),
  'give a charge back': giveBack,
  'adjust up': book('ADJUSTMENT', 1n),
  'adjust down': book('ADJUSTMENT', -1n),
  'settle for': book('SETTLEMENT', 1n),
  'settle against': book('SETTLEMENT', -1n),
  share: book('REV_SHARE_CREDIT', 1n),
  'pay a share out': book('REV_SHARE_PAYOUT', -1n),
  withdraw: book('WITHDRAWAL', -1n),
  'claw back': takeBack('CLAWBACK', 'assets:stripe'),
  reverse: takeBack('DEPOSIT_REVERSAL', CHAIN),
  'reverse a grant': takeBack('GRANT_REVERSAL', 'expenses:promo'),
  'give back': (amountMicros, pick, { head }) => {
    const open = head.lots[pick % Math.max(1, head.lots.length)];
    const terms = open?.terms ?? DEPOSIT_TERMS;
    const contra = 'assets:stripe';
    return { op: 'credit', type: 'CLAWBACK_REVERSAL', amountMicros, contra, terms, ...(open ? { lot: open.lot } : {}) };
  },
  cards: (_amount, pick) => {
    const contra = 'expenses:promo';
    return {
      op: 'credit',
      type: 'GRANT_REVERSAL',
      amountMicros: 0n,
      contra,
      terms: GRANT_TERMS,
      giftCards: 1 + (pick % 2),
    };
  },
};

/** Plays a history by the rules. What they refuse is left out. */
export function playHistory(wallet: string, deeds: readonly Deed[], startMs: number): History {
  let head = emptyHead(wallet);
  let atMs = startMs;
  const [played, entries]: [Played[], Entry[]] = [[], []];
  const [lots, heads] = [new Map<number, LotTerms>(), new Map<number, Head>()];
  for (const [index, { kind, amount, pick, afterMs }] of deeds.entries()) {
    atMs += afterMs;
    const command = MAKERS[kind](amount, pick, { head, atMs, entries });
    const key = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    const posting = new Posting(head);
    for (const charge of chargesIn(entries)) posting.refunds.learn(charge.charge, charge);
    const { refusal } = decide(posting, command, { key, inputHash: inputHash(key), atMs, salt: '00'.repeat(16) });
    entries.push(...posting.entries);
    for (const { lot, terms } of posting.newLots) lots.set(lot, terms);
    head = posting.head();
    heads.set(head.seq, head);
    if (!refusal) played.push({ command, key, atMs });
  }
  return { played, entries, lots, heads };
}
