/** The operations of holds: reserve money or a free gift card, then capture it, release it, or extend the hold. */
import type { z } from 'zod';
import type { Refusal } from '../../core/errors.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import { holdNote } from '../../core/ledger/hold-note.ts';
import { parseServiceType } from '../../core/ledger/vocabulary.ts';
import { formatUsd } from '../../core/money.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { readHoldId } from '../endpoint/path-ids.ts';
import { readCharge, requireCharge } from '../money/charge.ts';
import { viewOfBudgetsLeft } from '../../views/spending/budget.ts';
import type { MoneyCall, Operation } from '../money/command.ts';
import { orPreview } from '../money/dry-run.ts';
import { inputOfNotes, notesOf } from '../money/notes.ts';
import {
  consumeHoldBody,
  consumeHoldReply,
  extendHoldBody,
  extendHoldReply,
  growHoldBody,
  growHoldReply,
  holdBody,
  holdReply,
  releaseHoldBody,
  releaseHoldReply,
} from './hold-schemas.ts';
import { captured, extended, grown, opened, released } from './holds/replies.ts';
import { CHAPTERS } from './surface.ts';

/** Reserves money, or one free gift card. */
export const hold: Operation<z.output<typeof holdBody>> = {
  name: 'hold',
  description: {
    operation: 'createHold',
    summary: 'Reserves money, or one free gift card',
    chapter: CHAPTERS.holds,
    replies: { 200: orPreview(holdReply) },
    dryRun: true,
    errors: [
      'CREDIT_INSUFFICIENT',
      'ORG_SUSPENDED',
      'SERVICE_TYPE_RESERVED',
      'HOLD_NOT_PENDING',
      'HOLD_EXCEEDED',
      'IDEMPOTENCY_CONFLICT',
    ],
    idempotent: true,
  },
  body: holdBody,
  read: ({ serviceType, expiresInSeconds, useGiftCard, parentHoldId, heartbeatSeconds, ...body }, about) => {
    const { holds, giftCardMaxMicros, services, payer } = about;
    const service = parseServiceType(serviceType, services);
    const notes = notesOf(body);
    if (useGiftCard && service !== 'GIFT_CARD') {
      throw invalidInput([{ path: 'useGiftCard', message: 'pays for GIFT_CARD only' }]);
    }
    const charge = useGiftCard ? readCharge(body, payer) : requireCharge(body, payer);
    if (useGiftCard && charge?.priced) {
      throw invalidInput([{ path: 'useGiftCard', message: 'holds a card in place of money: it takes no action' }]);
    }
    const { amountMicros = 0n, priced, input } = charge ?? {};
    const durationMs = expiresInSeconds === undefined ? holds.defaultMs : expiresInSeconds * 1_000;
    return {
      operation: 'treasury.hold',
      domain: 'client',
      input: {
        service,
        ...input,
        expiresIn: textOf(expiresInSeconds),
        useGiftCard,
        parentHoldId,
        heartbeat: textOf(heartbeatSeconds),
        ...inputOfNotes(notes),
      },
      starts: true,
      barred: barTooDear(useGiftCard ? amountMicros : 0n, giftCardMaxMicros) ?? barTooLong(durationMs, holds.maxMs),
      command: {
        op: 'hold',
        service,
        amountMicros: useGiftCard ? 0n : amountMicros,
        priced,
        gift: useGiftCard,
        durationMs,
        parent: parentHoldId === undefined ? undefined : readHoldId(parentHoldId, payer.wallet),
        heartbeatMs: heartbeatSeconds === undefined ? undefined : heartbeatSeconds * 1_000,
        openMax: holds.openMax,
        notes: { ...notes, remark: holdNote(durationMs) },
      },
      reply: withBudgets(opened),
    };
  },
};

/** Debits the actual cost out of a hold and, when final, frees the rest. */
export const consumeHold: Operation<z.output<typeof consumeHoldBody>> = {
  name: 'consume-hold',
  description: {
    operation: 'captureHold',
    summary: 'Debits the actual cost out of a hold and, when final, frees the rest',
    chapter: CHAPTERS.holds,
    replies: { 200: orPreview(consumeHoldReply) },
    dryRun: true,
    servesClosed: true,
    errors: ['CREDIT_INSUFFICIENT', 'ORG_SUSPENDED', 'HOLD_NOT_PENDING', 'HOLD_EXCEEDED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
  },
  body: consumeHoldBody,
  read: ({ holdId, amountUsd: amountMicros, final, allowOverrun }, about) => ({
    operation: 'treasury.consume-hold',
    domain: 'client',
    input: { holdId, amountMicros, final, allowOverrun },
    starts: false,
    command: {
      op: 'capture',
      hold: readHoldId(holdId, about.payer.wallet),
      amountMicros,
      final,
      allowOverrun,
      // Only the ledger knows what the hold has left, and so whether the capture spends more than it.
      suspended: about.payer.suspended,
      giftCardMaxMicros: about.giftCardMaxMicros,
    },
    reply: async (entries, idempotencyKey, outcome) => ({
      ...(await captured(entries, idempotencyKey, { ...outcome, final })),
      ...viewOfBudgetsLeft(outcome.budgets),
    }),
  }),
};

/** Frees a hold without a debit. */
export const releaseHold: Operation<z.output<typeof releaseHoldBody>> = {
  name: 'release-hold',
  description: {
    operation: 'releaseHold',
    summary: 'Frees a hold without a debit',
    chapter: CHAPTERS.holds,
    replies: { 200: orPreview(releaseHoldReply) },
    dryRun: true,
    servesClosed: true,
    errors: ['HOLD_NOT_PENDING', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
  },
  body: releaseHoldBody,
  read: ({ holdId, reason }, about) => ({
    operation: 'treasury.release-hold',
    domain: 'client',
    input: { holdId, reason },
    starts: false,
    command: { op: 'release', hold: readHoldId(holdId, about.payer.wallet), reason },
    reply: withBudgets((entries, idempotencyKey) => released(entries, idempotencyKey, reason)),
  }),
};

/** Makes a hold last this long from now on. */
export const extendHold: Operation<z.output<typeof extendHoldBody>> = {
  name: 'extend-hold',
  description: {
    operation: 'extendHold',
    summary: 'Makes a hold last this long from now on',
    chapter: CHAPTERS.holds,
    replies: { 200: orPreview(extendHoldReply) },
    dryRun: true,
    errors: ['HOLD_NOT_PENDING', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
  },
  body: extendHoldBody,
  read: ({ holdId, expiresInSeconds }, about) => ({
    operation: 'treasury.extend-hold',
    domain: 'client',
    input: { holdId, expiresIn: textOf(expiresInSeconds) },
    starts: false,
    barred: barTooLong(expiresInSeconds * 1_000, about.holds.maxMs),
    command: { op: 'extend', hold: readHoldId(holdId, about.payer.wallet), durationMs: expiresInSeconds * 1_000 },
    reply: extended,
  }),
};

/** Adds money to a hold. */
export const growHold: Operation<z.output<typeof growHoldBody>> = {
  name: 'grow-hold',
  description: {
    operation: 'growHold',
    summary: 'Adds money to a hold: so much, or until it has so much left',
    chapter: CHAPTERS.holds,
    replies: { 200: orPreview(growHoldReply) },
    dryRun: true,
    errors: ['CREDIT_INSUFFICIENT', 'ORG_SUSPENDED', 'HOLD_NOT_PENDING', 'HOLD_EXCEEDED', 'IDEMPOTENCY_CONFLICT'],
    idempotent: true,
  },
  body: growHoldBody,
  read: ({ holdId, byUsd: byMicros, toUsd: toMicros }, about) => {
    if (byMicros !== undefined && toMicros !== undefined) {
      throw invalidInput([{ path: 'toUsd', message: 'goes in place of byUsd, not beside it' }]);
    }
    const add = byMicros !== undefined ? { byMicros } : toMicros !== undefined ? { toMicros } : undefined;
    if (add === undefined) throw invalidInput([{ path: 'byUsd', message: 'is required, or toUsd in its place' }]);
    return {
      operation: 'treasury.grow-hold',
      domain: 'client',
      input: { holdId, ...add },
      // It spends more than was reserved, as a new hold would.
      starts: true,
      command: { op: 'grow', hold: readHoldId(holdId, about.payer.wallet), add },
      reply: async (entries, idempotencyKey, outcome) => ({
        ...(await grown(entries, idempotencyKey, outcome)),
        ...viewOfBudgetsLeft(outcome.budgets),
      }),
    };
  },
};

/** The answer with what is left of the budgets that the command counts in. */
function withBudgets(answer: (entries: readonly Entry[], idempotencyKey: string) => object): MoneyCall['reply'] {
  return (entries, idempotencyKey, { budgets }) => ({
    ...answer(entries, idempotencyKey),
    ...viewOfBudgetsLeft(budgets),
  });
}

function textOf(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : String(seconds);
}

function barTooDear(cardMicros: bigint, maxMicros: bigint): Refusal | undefined {
  if (cardMicros <= maxMicros) return undefined;
  const message = `must be at most ${formatUsd(maxMicros)}, what a free gift card pays for`;
  return invalidInput([{ path: 'amountUsd', message }]);
}

function barTooLong(durationMs: number, maxMs: number): Refusal | undefined {
  if (durationMs <= maxMs) return undefined;
  return invalidInput([{ path: 'expiresInSeconds', message: `must be at most ${maxMs / 1_000} here` }]);
}
