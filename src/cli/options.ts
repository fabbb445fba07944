/** Reads the values of options. Each function throws InvalidArgumentError, which is shown as a usage error. */
import { InvalidArgumentError } from 'commander';
import { APPROVAL_STATES, type ApprovalState } from '../core/access/approvals.ts';
import { ORDER_STATES, type OrderState } from '../core/billing/order.ts';
import { KEY_KINDS, SCOPES, type KeyKind, type Scope } from '../core/access/api-key.ts';
import { INBOX_STATES, type InboxState } from '../db/billing/inbox.ts';
import { findTxHash } from '../core/chains/transfer.ts';
import { DEPOSIT_STATES, type DepositState } from '../core/deposits/states.ts';
import { EVENT_KINDS, isEventKind, type EventKind } from '../core/events/kinds.ts';
import { Refusal } from '../core/errors.ts';
import { findNameProblem } from '../core/foreign-text.ts';
import { isUuid } from '../core/ids.ts';
import { findCount } from '../core/integers.ts';
import { MoneyError, parseUsdOrZero } from '../core/money.ts';
import { parseQuantity, parseRate, type Quantity, type Rate } from '../core/pricing/rate.ts';
import { leadDaysOf } from '../core/lots/ending.ts';
import { RESTRICTED_TO_MAX } from '../core/lots/restriction.ts';
import { isTimeZone } from '../core/zone.ts';
import { findIpRange, IP_RANGES_MAX } from '../core/access/ip-ranges.ts';
import { parsePosition } from '../core/events/positions.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_MAX = 36_500;
const ROWS_MAX = 1_000;
const OVERLAP_HOURS_MAX = 30 * 24;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** One or more scopes, separated by commas. */
export function readScopes(text: string): Scope[] {
  const names = text.split(',').map((name) => name.trim());
  const scopes = SCOPES.filter((scope) => names.includes(scope));
  if (scopes.length === names.length) return scopes;
  throw new InvalidArgumentError(`It must be one or more of ${SCOPES.join(', ')}, separated by commas.`);
}

/** The kind of a key. */
export function readKind(text: string): KeyKind {
  const kind = KEY_KINDS.find((one) => one === text);
  if (kind) return kind;
  throw new InvalidArgumentError(`It must be one of ${KEY_KINDS.join(', ')}.`);
}

/** An org's id. */
export function readOrgId(text: string): string {
  if (isUuid(text)) return text;
  throw new InvalidArgumentError('It must be the id of an org, as `coffer orgs list` shows it.');
}

/** A name that people read: 1 to 200 characters. */
export function readName(text: string): string {
  if (text.length > 200 || /\p{Cc}/u.test(text)) throw new InvalidArgumentError('It must have 1 to 200 characters.');
  const problem = findNameProblem(text);
  if (problem === undefined) return text;
  throw new InvalidArgumentError(`It ${problem}.`);
}

/** A reason or a note that is stored: 1 to 1,000 characters. */
export function readWords(text: string): string {
  if (text.trim() !== '' && text.length <= 1_000 && !/[^\P{Cc}\t\n\r]/u.test(text)) return text;
  throw new InvalidArgumentError('It must have 1 to 1,000 characters.');
}

/** A transaction's hash; gives the canonical form. */
export function readTxHash(text: string): string {
  const hash = findTxHash(text);
  if (hash !== undefined) return hash;
  throw new InvalidArgumentError('It must be a transaction hash: 0x and up to 64 hex digits.');
}

/** A state of a deposit. */
export function readDepositState(text: string): DepositState {
  const state = DEPOSIT_STATES.find((one) => one === text);
  if (state) return state;
  throw new InvalidArgumentError(`It must be one of ${DEPOSIT_STATES.join(', ')}.`);
}

/** A state of an object in the inbox of payments. */
export function readInboxState(text: string): InboxState {
  const state = INBOX_STATES.find((one) => one === text);
  if (state) return state;
  throw new InvalidArgumentError(`It must be one of ${INBOX_STATES.join(', ')}.`);
}

/** The id of an order. */
export function readOrderId(text: string): string {
  if (isUuid(text)) return text;
  throw new InvalidArgumentError('It must be an id, as `coffer orders list` shows it.');
}

/** A state of an order. */
export function readOrderState(text: string): OrderState {
  const state = ORDER_STATES.find((one) => one === text);
  if (state) return state;
  throw new InvalidArgumentError(`It must be one of ${ORDER_STATES.join(', ')}.`);
}

/** An external id, chosen by the operator: 1 to 255 characters. */
export function readExternalId(text: string): string {
  if (text.length <= 255 && !/\p{Cc}/u.test(text) && findNameProblem(text) === undefined) return text;
  throw new InvalidArgumentError('It must have 1 to 255 characters.');
}

/** A moment in the future: ISO 8601 with a zone, or a number of days from now such as 90d. */
export function readExpiry(text: string): Date {
  const days = findCount(/^(\d{1,5})d$/.exec(text)?.[1] ?? '');
  const date = days !== undefined && days <= DAYS_MAX ? new Date(Date.now() + days * DAY_MS) : new Date(text);
  const isKnown = days !== undefined || MOMENT.test(text);
  if (isKnown && date.getTime() > Date.now()) return date;
  throw new InvalidArgumentError(
    'It must be a time in the future, such as 2030-01-31T00:00:00Z, or days from now, such as 90d.',
  );
}

/** Any moment: ISO 8601 with a zone. */
export function readTime(text: string): Date {
  if (MOMENT.test(text) && new Date(text).getTime() >= 0) return new Date(text);
  throw new InvalidArgumentError('It must be a time with a zone, such as 2026-01-31T00:00:00Z.');
}

/** An amount in USD, 0 included; gives micros. */
export function readUsdOrZero(text: string): bigint {
  return readExact(parseUsdOrZero, text);
}

/** A rate in USD a unit, up to 12 places. */
export function readRate(text: string): Rate {
  return readExact(parseRate, text);
}

/** A quantity with up to 6 places. */
export function readQuantity(text: string): Quantity {
  return readExact(parseQuantity, text);
}

function readExact(parse: (text: string) => bigint, text: string): bigint {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof MoneyError ? new InvalidArgumentError(`It ${error.message}.`) : error;
  }
}

/** A moment in the past: ISO 8601 with a zone. */
export function readMoment(text: string): Date {
  const date = new Date(text);
  if (MOMENT.test(text) && date.getTime() <= Date.now()) return date;
  throw new InvalidArgumentError('It must be a time in the past with a zone, such as 2026-01-31T00:00:00Z.');
}

/** The number of a block. */
export function readHeight(text: string): number {
  const height = findCount(text);
  if (height !== undefined) return height;
  throw new InvalidArgumentError('It must be the number of a block.');
}

/** A cursor of an event log. */
export function readPosition(text: string): number {
  const position = parsePosition(text);
  if (position !== undefined) return position;
  throw new InvalidArgumentError('It must be a cursor, as `coffer events list` shows it.');
}

/** One or more kinds of events, separated by commas. */
export function readEventKinds(text: string): EventKind[] {
  const names = text.split(',').map((name) => name.trim());
  const kinds = names.filter(isEventKind);
  if (kinds.length === names.length) return kinds;
  throw new InvalidArgumentError(`It must be one or more of ${EVENT_KINDS.join(', ')}, separated by commas.`);
}

/** A number of rows: 1 to 1000. */
export function readLimit(text: string): number {
  const limit = findCount(text);
  if (limit !== undefined && limit >= 1 && limit <= ROWS_MAX) return limit;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${ROWS_MAX}.`);
}

/** Addresses and ranges of them, separated by commas; gives ranges. */
export function readIpRanges(text: string): string[] {
  const ranges = text.split(',').map((one) => findIpRange(one.trim()));
  const known = ranges.filter((range) => range !== undefined);
  if (known.length === ranges.length && known.length <= IP_RANGES_MAX) return known;
  throw new InvalidArgumentError(
    `It must be up to ${IP_RANGES_MAX} IP addresses or ranges such as 192.0.2.0/24, separated by commas.`,
  );
}

/** For how many hours a replaced key stays valid; gives milliseconds. */
export function readOverlap(text: string): number {
  const hours = findCount(text);
  if (hours !== undefined && hours <= OVERLAP_HOURS_MAX) return hours * 60 * 60 * 1000;
  throw new InvalidArgumentError(`It must be a whole number of hours from 0 to ${OVERLAP_HOURS_MAX}.`);
}

/** A note on an org, name=text; gives it together with those of earlier options. */
export function readMetadata(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^=\p{Cc}]{1,40})=([^\p{Cc}]{0,500})$/u.exec(text) ?? [];
  if (name !== undefined && value !== undefined && name !== '__proto__' && findNameProblem(name) === undefined)
    return { ...before, [name]: value };
  throw new InvalidArgumentError('It must be name=text, the name of up to 40 characters and the text of up to 500.');
}

/** The id of a requested booking. */
export function readApprovalId(text: string): string {
  if (isUuid(text)) return text;
  throw new InvalidArgumentError('It must be an id, as `coffer approvals list` shows it.');
}

/** A state of a requested booking. */
export function readApprovalState(text: string): ApprovalState {
  const state = APPROVAL_STATES.find((one) => one === text);
  if (state) return state;
  throw new InvalidArgumentError(`It must be one of ${APPROVAL_STATES.join(', ')}.`);
}

const USER_ID = /^[^\p{Cc}\p{Cs}]{1,255}$/u;
const COUPON_CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;
const CREDITS = /^[1-9][0-9]{0,14}$/;

/** The id of a user in the sign-in. */
export function readUser(text: string): string {
  if (USER_ID.test(text)) return text;
  throw new InvalidArgumentError('It must be the id of a user: 1 to 255 characters.');
}

/** The code of a coupon. */
export function readCouponCode(text: string): string {
  if (COUPON_CODE.test(text)) return text;
  throw new InvalidArgumentError('It must be 8 to 64 letters, digits, - and _.');
}

/** Whole credits above zero. */
export function readCredits(text: string): bigint {
  if (CREDITS.test(text)) return BigInt(text);
  throw new InvalidArgumentError('It must be a whole number above zero.');
}

/** How often something may be done: a whole number above zero. */
export function readUses(text: string): number {
  const uses = findCount(text);
  if (uses !== undefined && uses > 0 && uses <= USES_MAX) return uses;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${USES_MAX}.`);
}

const USES_MAX = 1_000_000_000;

/** Days before the end of credit, separated by commas; "none" for none. */
export function readNoticeDays(text: string): readonly number[] {
  const days = text === 'none' ? [] : text.split(',').map((one) => findCount(one.trim()) ?? 0);
  try {
    return leadDaysOf(days);
  } catch (error) {
    throw error instanceof Refusal ? new InvalidArgumentError(`It ${error.message.replace(/^\S+ /, '')}.`) : error;
  }
}

/** Names separated by commas, as a restriction of credit has them. */
export function readNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '') && names.length <= RESTRICTED_TO_MAX) return names;
  throw new InvalidArgumentError(`It must be 1 to ${RESTRICTED_TO_MAX} names, separated by commas.`);
}

/** The name of a time zone. */
export function readTimeZone(text: string): string {
  if (isTimeZone(text)) return text;
  throw new InvalidArgumentError('It must be the name of a time zone, such as Europe/Berlin.');
}
