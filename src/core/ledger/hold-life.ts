/** What becomes of a hold: it is opened, captured, released, prolonged. */
import { NO_MARKS } from '../budgets/counting.ts';
import { Refusal } from '../errors.ts';
import {
  checkAmount,
  checkAvailable,
  checkDraws,
  checkHeldPrice,
  checkKept,
  checkNewEnd,
  checkOpenHolds,
  holdExceeded,
  notLarger,
  overrunSuspended,
} from './checks.ts';
import {
  HOLD_DURATION_MAX_MS,
  OPEN_HOLDS_MAX,
  type CaptureCommand,
  type ExtendCommand,
  type GrowCommand,
  type HoldCommand,
} from './commands.ts';
import type { Draw, OpenHold } from './head.ts';
import type { Purpose } from '../lots/restriction.ts';
import type { Posting, Shared } from './posting.ts';
import { debitType, holdTypes, revenueAccount } from './vocabulary.ts';

/** Opens a hold. @throws Refusal when less is available, or its duration is out of bounds */
export function placeHold(posting: Posting, command: HoldCommand, shared: Shared): void {
  const { open } = holdTypes(command.service);
  checkOpenHolds(posting, command.openMax ?? OPEN_HOLDS_MAX);
  const hold = posting.nextSeq;
  const expiresAtMs = endOfHold(posting, command.durationMs);
  const draws: Draw[] = [];
  if (command.gift) {
    holdGiftCard(posting, command, shared);
  } else {
    checkHeldPrice(command.pricing);
    checkAmount(command.amountMicros);
    const spends: Purpose = { service: command.service, action: shared.action };
    checkAvailable(posting, command.amountMicros, spends);
    checkDraws(posting, command.amountMicros, { spends });
    for (const { lot, terms, taken, left } of posting.draw(command.amountMicros, { spends })) {
      draws.push({ lot, terms, left: taken });
      posting.append(shared, { type: open, availableDelta: -taken, heldDelta: taken, lot, lotLeft: left, hold });
    }
  }
  posting.openHold({
    hold,
    service: command.service,
    action: shared.action,
    gift: command.gift,
    amount: command.amountMicros,
    draws,
    reference: shared.reference,
    appId: shared.appId,
    userId: shared.userId,
    teamId: shared.teamId,
    text: shared.text,
    firstEndMs: expiresAtMs,
    expiresAtMs,
  });
}

function endOfHold(posting: Posting, durationMs: number): number {
  if (durationMs > 0 && durationMs <= HOLD_DURATION_MAX_MS) return posting.now + durationMs;
  const message = `must be more than zero and at most ${HOLD_DURATION_MAX_MS / 1_000} seconds`;
  throw new Refusal('VALIDATION_FAILED', `the duration of the hold ${message}`, {
    issues: [{ path: 'expiresInSeconds', message }],
  });
}

function holdGiftCard(posting: Posting, command: HoldCommand, shared: Shared): void {
  if (command.service !== 'GIFT_CARD' || command.amountMicros !== 0n) {
    throw new Refusal('VALIDATION_FAILED', 'a free gift card pays for GIFT_CARD only, and holds no money');
  }
  if (posting.giftAvailable < 1)
    throw new Refusal('CREDIT_INSUFFICIENT', 'no free gift card is available', { details: { kind: 'balance' } });
  const line = { type: 'GIFT_HOLD', availableDelta: 0n, heldDelta: 0n, giftDelta: -1, giftHeldDelta: 1 } as const;
  posting.append(shared, { ...line, hold: posting.nextSeq });
}

/** Spends a hold, or a part of it. @throws Refusal when the hold has less and nothing beyond it is allowed */
export function capture(posting: Posting, command: CaptureCommand, open: OpenHold, shared: Shared): void {
  checkAmount(command.amountMicros);
  if (open.gift) return captureGiftCard(posting, command, open, shared);
  const left = open.draws.reduce((sum, draw) => sum + draw.left, 0n);
  const overrun = command.amountMicros > left ? command.amountMicros - left : 0n;
  if (overrun > 0n && !command.allowOverrun) throw holdExceeded(command.amountMicros, left);
  if (overrun > 0n && command.suspended === true) throw overrunSuspended(left);
  const spends = useOf(open);
  if (overrun > 0n) checkAvailable(posting, overrun, spends);
  if (overrun > 0n) checkDraws(posting, overrun, { spends });

  const type = debitType(open.service);
  const contra = revenueAccount(open.service);
  const closes = command.final || command.amountMicros >= left;
  let missing = command.amountMicros - overrun;
  const kept: Draw[] = [];
  for (const draw of open.draws) {
    const spent = draw.left < missing ? draw.left : missing;
    missing -= spent;
    const freed = closes ? draw.left - spent : 0n;
    if (!closes && draw.left > spent) kept.push({ ...draw, left: draw.left - spent });
    if (spent + freed === 0n) continue;
    posting.append(shared, {
      type: spent > 0n ? type : holdTypes(open.service).release,
      availableDelta: freed,
      heldDelta: -(spent + freed),
      lotLeft: posting.fill(draw.lot, draw.terms, freed),
      lot: draw.lot,
      hold: open.hold,
      contra: spent > 0n ? contra : null,
    });
  }
  for (const { lot, taken, left: lotLeft } of posting.draw(overrun, { spends })) {
    posting.append(shared, { type, availableDelta: -taken, heldDelta: 0n, lot, lotLeft, hold: open.hold, contra });
  }
  if (closes) posting.closeHold(open.hold);
  else posting.keepDraws(open, kept);
}

function captureGiftCard(posting: Posting, command: CaptureCommand, open: OpenHold, shared: Shared): void {
  if (command.amountMicros > command.giftCardMaxMicros) {
    throw holdExceeded(command.amountMicros, command.giftCardMaxMicros);
  }
  const line = { type: 'GIFT_REDEEM', availableDelta: 0n, heldDelta: 0n, giftHeldDelta: -1 } as const;
  posting.append(shared, { ...line, hold: open.hold, contra: 'expenses:promo', cardPaid: command.amountMicros });
  posting.closeHold(open.hold);
}

/** What a hold is for: all that it draws later fits it too. */
function useOf({ service, action }: OpenHold): Purpose {
  return { service, action };
}

/** Ends a hold without spending. */
export function releaseHold(posting: Posting, shared: Shared, open: OpenHold): void {
  const { release } = holdTypes(open.service);
  const hold = open.hold;
  if (open.gift) {
    const line = { type: release, availableDelta: 0n, heldDelta: 0n, giftDelta: 1, giftHeldDelta: -1 };
    posting.append(shared, { ...line, hold });
  }
  for (const { lot, left, terms } of open.draws) {
    const lotLeft = posting.fill(lot, terms, left);
    posting.append(shared, { type: release, availableDelta: left, heldDelta: -left, lot, lotLeft, hold });
  }
  posting.closeHold(hold);
}

/** Prolongs a hold. Moves no money, but writes an entry, so that it has a key, a position and a hash. */
export function extendHold(posting: Posting, command: ExtendCommand, open: OpenHold, shared: Shared): void {
  const expiresAtMs = endOfHold(posting, command.durationMs);
  checkNewEnd(open, expiresAtMs);
  const line = { type: holdTypes(open.service).open, availableDelta: 0n, heldDelta: 0n, hold: open.hold };
  posting.append({ ...shared, description: extensionNote(expiresAtMs) }, line);
  posting.openHold({ ...open, expiresAtMs });
}

/** The description of an extension's entry: the hold's new end, so that the hash chain covers it. */
export function extensionNote(expiresAtMs: number): string {
  return `Hold extended to ${new Date(expiresAtMs).toISOString()}`;
}

/**
 * Adds money to a hold, drawn from lots as for a new one. A lot that is drawn on again is spent as the last.
 * @throws Refusal when less is available, or the hold has as much left as is asked for
 */
export function growHold(posting: Posting, command: GrowCommand, open: OpenHold, shared: Shared): void {
  if (open.gift) throw new Refusal('VALIDATION_FAILED', 'a hold of a free gift card holds no money, and cannot grow');
  const left = open.draws.reduce((sum, draw) => sum + draw.left, 0n);
  const amountMicros = 'byMicros' in command.add ? command.add.byMicros : command.add.toMicros - left;
  if (amountMicros <= 0n) throw notLarger(left);
  checkAmount(amountMicros);
  const spends = useOf(open);
  checkAvailable(posting, amountMicros, spends);
  posting.counting.admitMore(open.budgets ?? NO_MARKS, amountMicros, posting.now);
  checkDraws(posting, amountMicros, { spends });
  checkKept(open, posting.plan(amountMicros, { spends }));
  const draws = new Map(open.draws.map((draw) => [draw.lot, draw]));
  const { open: type } = holdTypes(open.service);
  for (const { lot, terms, taken, left: lotLeft } of posting.draw(amountMicros, { spends })) {
    const before = draws.get(lot)?.left ?? 0n;
    draws.delete(lot);
    draws.set(lot, { lot, terms, left: before + taken });
    posting.append(shared, { type, availableDelta: -taken, heldDelta: taken, lot, lotLeft, hold: open.hold });
  }
  posting.openHold({ ...open, amount: open.amount + amountMicros, draws: [...draws.values()] });
}

/** An open hold. @throws Refusal HOLD_NOT_PENDING when it is not open */
export function getHold(posting: Posting, hold: number): OpenHold {
  if (posting.lacksHold(hold)) throw new Error(`hold ${hold} has to be read before it is judged`);
  const open = posting.findHold(hold);
  if (!open) throw new Refusal('HOLD_NOT_PENDING', 'this hold is not open: it was captured, released or has expired');
  return open;
}
