/**
 * Holds of a hold: a child draws from what its parent has left, and what the child frees returns there while the parent is open.
 * Neither changes what is available. One that has a parent cannot be one.
 */
import { Refusal, type InputIssue } from '../errors.ts';
import { formatUsd } from '../money.ts';
import type { HoldCommand } from './commands.ts';
import { endOfHold, leftInHold, type Draw, type LotTerms, type OpenHold } from './head.ts';
import { moveNote, USED_UP } from './hold-note.ts';
import type { Posting, Shared } from './posting.ts';
import { holdTypes, WITHIN_HOLDS } from './vocabulary.ts';

/** How many holds of one parent may be open at once. */
export const CHILD_HOLDS_MAX = 1_000;

/** The parent of a hold while that is open; undefined where it has ended or there is none. */
export function findOpenParent(posting: Posting, { hold, parent }: OpenHold): OpenHold | undefined {
  if (parent === undefined) return undefined;
  if (posting.lacksHold(parent)) throw new Error(`hold ${parent} has to be read before its child ${hold} is judged`);
  return posting.findHold(parent);
}

/** The same where a child is to get more of it. @throws Refusal HOLD_NOT_PENDING when it has ended */
export function getOpenParent(posting: Posting, child: OpenHold): OpenHold {
  const parent = findOpenParent(posting, child);
  if (parent) return parent;
  throw new Refusal('HOLD_NOT_PENDING', 'the parent of this hold has ended: it can only be captured or released', {
    details: { reason: 'parent_ended' },
  });
}

/**
 * @throws Refusal when a hold cannot have this parent: VALIDATION_FAILED for what can never be, RATE_LIMITED when too many of it
 * are open.
 */
export function checkChild(parent: OpenHold, { service, gift, notes, priced }: HoldCommand): void {
  const issues: InputIssue[] = [];
  if (parent.parent !== undefined) issues.push({ path: 'parentHoldId', message: 'has a parent itself' });
  if (parent.gift) issues.push({ path: 'parentHoldId', message: 'holds a free gift card, and no money' });
  if (gift) issues.push({ path: 'useGiftCard', message: 'holds a card, which comes from no parent' });
  if (service !== parent.service)
    issues.push({ path: 'serviceType', message: `must be ${parent.service}, as the parent's` });
  if (priced && parent.action !== null && priced.action !== parent.action) {
    // What the parent drew on may be for its action alone.
    issues.push({ path: 'action', message: `must be ${parent.action}, as the parent's` });
  }
  for (const path of ['appId', 'userId', 'teamId'] as const) {
    const named = notes?.[path];
    if (named !== undefined && named !== parent[path])
      issues.push({ path, message: "must be the parent's, or left out" });
  }
  if (issues.length > 0) {
    const detail = issues.map(({ path, message }) => `${path} ${message}`).join('; ');
    throw new Refusal('VALIDATION_FAILED', detail, { issues });
  }
  if ((parent.children ?? 0) < CHILD_HOLDS_MAX) return;
  const detail = `${CHILD_HOLDS_MAX} holds of one parent may be open at once: capture or release some`;
  throw new Refusal('RATE_LIMITED', detail, { details: { limit: 'child_holds' } });
}

/** @throws Refusal when a hold would end after its parent (ms since the epoch). */
export function checkWithin(parent: OpenHold, endsAtMs: number): void {
  if (endsAtMs <= endOfHold(parent)) return;
  const latest = new Date(endOfHold(parent)).toISOString();
  throw new Refusal('HOLD_NOT_PENDING', `the parent of the hold ends on ${latest}: extend that first`, {
    details: { reason: 'parent_ends', latestEnd: latest },
  });
}

/**
 * Moves micros from a parent to a hold of it, which may be about to open; gives what the hold has then.
 * @throws Refusal HOLD_EXCEEDED when the parent has less left
 */
export function drawFromParent(
  posting: Posting,
  shared: Shared,
  {
    child,
    parent,
    amountMicros,
  }: { readonly child: OpenHold; readonly parent: OpenHold; readonly amountMicros: bigint },
): readonly Draw[] {
  checkParentHas(amountMicros, leftInHold(parent));
  const [taken, kept]: [Draw[], Draw[]] = [[], []];
  let missing = amountMicros;
  for (const draw of parent.draws) {
    const part = draw.left < missing ? draw.left : missing;
    missing -= part;
    if (part > 0n) taken.push({ ...draw, left: part });
    if (draw.left > part) kept.push({ ...draw, left: draw.left - part });
  }
  move(posting, shared, { child, parent, draws: taken, into: true });
  posting.keepDraws(parent, kept);
  return withDraws(child.draws, taken);
}

/** @throws Refusal HOLD_EXCEEDED when a parent has less left than a hold of it needs. Micros. */
function checkParentHas(neededMicros: bigint, leftMicros: bigint): void {
  if (neededMicros <= leftMicros) return;
  const parentLeftUsd = formatUsd(leftMicros);
  const detail = `${formatUsd(neededMicros)} USD needed, and the parent of the hold has ${parentLeftUsd} left`;
  throw new Refusal('HOLD_EXCEEDED', detail, { details: { parentLeftUsd } });
}

/**
 * Whether a parent takes back what was drawn from a lot of these terms. Credit that ends is kept beyond its end for a hold's first
 * life alone: one that was extended gives it to the balance.
 */
export function takesBack(parent: OpenHold, { expiresAtMs }: LotTerms): boolean {
  const endMs = endOfHold(parent);
  return endMs <= parent.firstEndMs || expiresAtMs === null || expiresAtMs >= endMs;
}

/** Moves what a hold frees back to its open parent. */
export function giveBack(
  posting: Posting,
  shared: Shared,
  { child, parent, draws }: { readonly child: OpenHold; readonly parent: OpenHold; readonly draws: readonly Draw[] },
): void {
  move(posting, shared, { child, parent, draws, into: false });
  posting.keepDraws(parent, withDraws(parent.draws, draws));
}

/**
 * Closes a hold, and its parent where that has nothing left and no other open hold. The end of a hold that has open ones is an entry
 * of its own: that it has nothing left does not say it.
 */
export function closeHold(posting: Posting, shared: Shared, open: OpenHold): void {
  if ((open.children ?? 0) > 0) noteEnd(posting, shared, open);
  posting.closeHold(open.hold);
  const parent = findOpenParent(posting, open);
  if (!parent) return;
  const children = (parent.children ?? 0) - 1;
  if (children > 0 || parent.draws.length > 0) return posting.keepDraws({ ...parent, children }, parent.draws);
  noteEnd(posting, { ...shared, description: USED_UP }, parent);
  posting.closeHold(parent.hold);
}

/** Writes the end of a hold that has nothing left. */
export function noteEnd(posting: Posting, shared: Shared, { hold, service }: OpenHold): void {
  posting.append(shared, { type: holdTypes(service).release, availableDelta: 0n, heldDelta: 0n, hold });
}

/** Draws of a hold with others added. A lot that is drawn on again is spent as the last. */
export function withDraws(draws: readonly Draw[], added: readonly Draw[]): readonly Draw[] {
  const all = new Map(draws.map((draw) => [draw.lot, draw]));
  for (const { lot, terms, left } of added) {
    const before = all.get(lot)?.left ?? 0n;
    all.delete(lot);
    all.set(lot, { lot, terms, left: before + left });
  }
  return [...all.values()];
}

/** Two entries for each lot, the child's first: what one hold gains the other loses. */
function move(
  posting: Posting,
  shared: Shared,
  about: {
    readonly child: OpenHold;
    readonly parent: OpenHold;
    readonly draws: readonly Draw[];
    readonly into: boolean;
  },
): void {
  const { child, parent, draws, into } = about;
  const { open, release } = holdTypes(parent.service);
  const [childType, parentType] = into ? [open, release] : [release, open];
  for (const { lot, terms, left } of draws) {
    const within = { availableDelta: 0n, lot, lotLeft: posting.fill(lot, terms, 0n), contra: WITHIN_HOLDS };
    const gained = into ? left : -left;
    posting.append(shared, { ...within, type: childType, heldDelta: gained, hold: child.hold });
    const note = { ...shared, description: moveNote(child.hold, into) };
    posting.append(note, { ...within, type: parentType, heldDelta: -gained, hold: parent.hold });
  }
}
