/** What becomes of a hold: it is opened, captured, released, prolonged, enlarged. */
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
  checkChild,
  checkWithin,
  closeHold,
  drawFromParent,
  findOpenParent,
  getOpenParent,
  giveBack,
  takesBack,
  withDraws,
} from './child-holds.ts';
import {
  HOLD_DURATION_MAX_MS,
  OPEN_HOLDS_MAX,
  type CaptureCommand,
  type ExtendCommand,
  type GrowCommand,
  type HoldCommand,
} from './commands.ts';
import { endOfHold, leftInHold, type Draw, type OpenHold } from './head.ts';
import { heartbeatOf, reported } from './heartbeat.ts';
import { extensionNote, termsNote } from './hold-note.ts';
import type { Purpose } from '../lots/restriction.ts';
import type { Posting, Shared } from './posting.ts';
import { debitType, holdTypes, revenueAccount } from './vocabulary.ts';

/**
 * Opens a hold. One with a parent ends with that at the latest, and has its app, user and team.
 * @throws Refusal when less is available or left in the parent, or its duration is out of bounds
 */
export function placeHold(posting: Posting, command: HoldCommand, shared: Shared): void {
  checkOpenHolds(posting, command.openMax ?? OPEN_HOLDS_MAX);
  const parent = command.parent === undefined ? undefined : getHold(posting, command.parent);
  if (parent) checkChild(parent, command);
  const longestMs = newEnd(posting, command.durationMs);
  const endsAtMs = parent ? Math.min(longestMs, endOfHold(parent)) : longestMs;
  const life = heartbeatOf(command.heartbeatMs, endsAtMs, posting.now);
  const isNoted = parent === undefined && life.heartbeat === undefined;
  const noted = { endsAtMs, parent: parent?.hold, heartbeatMs: life.heartbeat?.everyMs };
  const about = isNoted ? shared : { ...shared, description: termsNote(noted) };
  const { appId, userId, teamId } = parent ?? shared;
  const open = {
    hold: posting.nextSeq,
    service: command.service,
    action: shared.action,
    gift: command.gift,
    amount: command.amountMicros,
    draws: [],
    reference: shared.reference,
    appId,
    userId,
    teamId,
    text: shared.text,
    firstEndMs: endsAtMs,
    ...life,
    ...(parent ? { parent: parent.hold } : {}),
  };
  if (command.gift) {
    holdGiftCard(posting, command, about);
    return posting.openHold(open);
  }
  const draws = reserve(posting, command, { ...about, appId, userId, teamId }, { child: open, parent });
  posting.openHold({ ...open, draws });
}

/** Draws what a new hold is to have: from lots, or from its parent. */
function reserve(
  posting: Posting,
  { service, amountMicros, pricing }: HoldCommand,
  shared: Shared,
  { child, parent }: { readonly child: OpenHold; readonly parent: OpenHold | undefined },
): readonly Draw[] {
  checkHeldPrice(pricing);
  checkAmount(amountMicros);
  if (parent) {
    const host = { ...reported(parent, posting.now), children: (parent.children ?? 0) + 1 };
    return drawFromParent(posting, shared, { child, parent: host, amountMicros });
  }
  const spends = useOf(child);
  checkAvailable(posting, amountMicros, spends);
  checkDraws(posting, amountMicros, { spends });
  const { open: type } = holdTypes(service);
  return posting.draw(amountMicros, { spends }).map(({ lot, terms, taken, left: lotLeft }) => {
    posting.append(shared, { type, availableDelta: -taken, heldDelta: taken, lot, lotLeft, hold: child.hold });
    return { lot, terms, left: taken };
  });
}

function newEnd(posting: Posting, durationMs: number): number {
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
export function capture(posting: Posting, command: CaptureCommand, hold: OpenHold, shared: Shared): void {
  checkAmount(command.amountMicros);
  if (hold.gift) return captureGiftCard(posting, command, hold, shared);
  const { open, overrun } = withOverrun(posting, command, hold, shared);
  const left = leftInHold(open);
  const type = debitType(open.service);
  const contra = revenueAccount(open.service);
  const closes = command.final || (command.amountMicros >= left && (open.children ?? 0) === 0);
  const parent = closes ? findOpenParent(posting, open) : undefined;
  let missing = command.amountMicros - overrun;
  const [kept, returned]: [Draw[], Draw[]] = [[], []];
  for (const draw of open.draws) {
    const spent = draw.left < missing ? draw.left : missing;
    missing -= spent;
    const rest = { ...draw, left: draw.left - spent };
    const returns = parent !== undefined && takesBack(parent, draw.terms);
    const freed = closes && !returns ? rest.left : 0n;
    if (rest.left > freed) (closes ? returned : kept).push(rest);
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
  for (const { lot, taken, left: lotLeft } of posting.draw(overrun, { spends: useOf(open) })) {
    posting.append(shared, { type, availableDelta: -taken, heldDelta: 0n, lot, lotLeft, hold: open.hold, contra });
  }
  if (parent) giveBack(posting, shared, { child: open, parent, draws: returned });
  if (closes) closeHold(posting, shared, open);
  else posting.openHold({ ...reported(open, posting.now), draws: kept });
}

/**
 * What a capture takes beyond its hold: from what is available; where the hold has a parent, from that alone, before the capture.
 * @throws Refusal when it may not go beyond, or less is there
 */
function withOverrun(
  posting: Posting,
  { amountMicros, allowOverrun, suspended }: CaptureCommand,
  hold: OpenHold,
  shared: Shared,
): { readonly open: OpenHold; readonly overrun: bigint } {
  const left = leftInHold(hold);
  const overrun = amountMicros - left;
  if (overrun <= 0n) return { open: hold, overrun: 0n };
  if (!allowOverrun) throw holdExceeded(amountMicros, left);
  if (suspended === true) throw overrunSuspended(left);
  if (hold.parent !== undefined) {
    const parent = findOpenParent(posting, hold);
    if (!parent) throw holdExceeded(amountMicros, left);
    return {
      open: { ...hold, draws: drawFromParent(posting, shared, { child: hold, parent, amountMicros: overrun }) },
      overrun: 0n,
    };
  }
  checkAvailable(posting, overrun, useOf(hold));
  checkDraws(posting, overrun, { spends: useOf(hold) });
  return { open: hold, overrun };
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

/**
 * Ends a hold without spending. What it has left returns to its parent while that is open, else to the balance; its own open holds
 * keep what they have.
 */
export function releaseHold(posting: Posting, shared: Shared, open: OpenHold): void {
  const { release } = holdTypes(open.service);
  const hold = open.hold;
  if (open.gift) {
    const line = { type: release, availableDelta: 0n, heldDelta: 0n, giftDelta: 1, giftHeldDelta: -1 };
    posting.append(shared, { ...line, hold });
  }
  const parent = findOpenParent(posting, open);
  const returned: Draw[] = [];
  for (const draw of open.draws) {
    const { lot, left, terms } = draw;
    if (parent && takesBack(parent, terms)) {
      returned.push(draw);
      continue;
    }
    const lotLeft = posting.fill(lot, terms, left);
    posting.append(shared, { type: release, availableDelta: left, heldDelta: -left, lot, lotLeft, hold });
  }
  if (parent) giveBack(posting, shared, { child: open, parent, draws: returned });
  closeHold(posting, shared, open);
}

/** Prolongs a hold. Moves no money, but writes an entry, so that it has a key, a position and a hash. */
export function extendHold(posting: Posting, command: ExtendCommand, open: OpenHold, shared: Shared): void {
  const endsAtMs = newEnd(posting, command.durationMs);
  checkNewEnd(open, endsAtMs);
  if (open.parent !== undefined) checkWithin(getOpenParent(posting, open), endsAtMs);
  const line = { type: holdTypes(open.service).open, availableDelta: 0n, heldDelta: 0n, hold: open.hold };
  posting.append({ ...shared, description: extensionNote(endsAtMs, open.parent) }, line);
  posting.openHold({ ...open, ...heartbeatOf(open.heartbeat?.everyMs, endsAtMs, posting.now) });
}

/**
 * Adds money to a hold, drawn as for a new one: from lots, or from its parent. A lot that is drawn on again is spent as the last.
 * @throws Refusal when less is available or left in the parent, or the hold has as much left as is asked for
 */
export function growHold(posting: Posting, command: GrowCommand, open: OpenHold, shared: Shared): void {
  if (open.gift) throw new Refusal('VALIDATION_FAILED', 'a hold of a free gift card holds no money, and cannot grow');
  const left = leftInHold(open);
  const amountMicros = 'byMicros' in command.add ? command.add.byMicros : command.add.toMicros - left;
  if (amountMicros <= 0n) throw notLarger(left);
  checkAmount(amountMicros);
  const draws =
    open.parent === undefined
      ? drawMore(posting, open, amountMicros, shared)
      : drawFromParent(posting, shared, { child: open, parent: getOpenParent(posting, open), amountMicros });
  posting.openHold({ ...reported(open, posting.now), amount: open.amount + amountMicros, draws });
}

function drawMore(posting: Posting, open: OpenHold, amountMicros: bigint, shared: Shared): readonly Draw[] {
  const spends = useOf(open);
  checkAvailable(posting, amountMicros, spends);
  posting.counting.admitMore(open.budgets ?? NO_MARKS, amountMicros, posting.now);
  checkDraws(posting, amountMicros, { spends });
  checkKept(open, posting.plan(amountMicros, { spends }));
  const { open: type } = holdTypes(open.service);
  const added = posting.draw(amountMicros, { spends }).map(({ lot, terms, taken, left: lotLeft }) => {
    posting.append(shared, { type, availableDelta: -taken, heldDelta: taken, lot, lotLeft, hold: open.hold });
    return { lot, terms, left: taken };
  });
  return withDraws(open.draws, added);
}

/** An open hold. @throws Refusal HOLD_NOT_PENDING when it is not open */
export function getHold(posting: Posting, hold: number): OpenHold {
  if (posting.lacksHold(hold)) throw new Error(`hold ${hold} has to be read before it is judged`);
  const open = posting.findHold(hold);
  if (!open) throw new Refusal('HOLD_NOT_PENDING', 'this hold is not open: it was captured, released or has expired');
  return open;
}
