/** Reads the events of a call that reports usage, and puts those together that are charged as one command. */
import { hash } from 'node:crypto';
import type { Services, ServiceType } from '../../core/ledger/vocabulary.ts';
import { parseServiceType } from '../../core/ledger/vocabulary.ts';
import { findPrice, type PriceRow } from '../../core/pricing/price-book.ts';
import type { Quantity } from '../../core/pricing/rate.ts';
import type { UsageLine } from '../../core/pricing/usage.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { requestHash } from '../endpoint/idempotency.ts';
import { check } from '../endpoint/validate.ts';
import { inputOfNotes, notesOf } from '../money/notes.ts';
import type { Payer } from '../money/payer.ts';
import { usageEvent } from './schemas.ts';

/** Hex digits of the 16 bytes that name an event. */
const ID_HEX_CHARS = 32;

/** One event that was read. */
export interface ReportedEvent {
  /** Its place in the call. */
  readonly at: number;
  readonly line: UsageLine;
  readonly action: string;
  readonly quantity: Quantity;
  readonly service: ServiceType;
  readonly notes: ReturnType<typeof notesOf>;
}

/** Events that are charged together. */
export interface LineGroup extends Pick<ReportedEvent, 'action' | 'service' | 'notes' | 'quantity'> {
  readonly lines: readonly ReportedEvent[];
  /** The row that prices all of them; undefined: none does. */
  readonly row: PriceRow | undefined;
}

/** Reads an event. @throws Refusal VALIDATION_FAILED, SERVICE_TYPE_RESERVED */
export function readLine(
  input: unknown,
  at: number,
  { payer, services }: { payer: Payer; services: Services },
): ReportedEvent {
  const checked = check(usageEvent, input);
  if (checked.issues) throw invalidInput(checked.issues);
  const { id, action, quantity, at: time, serviceType, ...body } = checked.value;
  const service = parseServiceType(serviceType, services);
  const notes = notesOf(body);
  const said = { action, quantity, at: String(time.getTime()), service, ...inputOfNotes(notes) };
  const line = {
    id: hash('sha256', id, 'hex').slice(0, ID_HEX_CHARS),
    content: requestHash('treasury.usage', payer.owner.id, said),
    atMs: time.getTime(),
  };
  return { at, line, action, quantity, service, notes };
}

/** The id that an event names, as it was sent; null where it names none. */
export function idOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('id' in input)) return null;
  return typeof input.id === 'string' ? input.id : null;
}

/**
 * Puts events together that are alike in action, row, service and everything that they note, in the order of their first.
 * @param rows of the price book, for an action
 */
export function groupLines(
  lines: readonly ReportedEvent[],
  org: string | null,
  rows: (action: string) => readonly PriceRow[],
): LineGroup[] {
  const groups = new Map<string, { row: PriceRow | undefined; lines: ReportedEvent[] }>();
  for (const one of lines) {
    const { action, service, notes, line } = one;
    const row = findPrice(rows(action), { org, action, atMs: line.atMs });
    const name = requestHash('treasury.usage group', row?.id ?? '', { action, service, ...inputOfNotes(notes) });
    const group = groups.get(name);
    if (group) group.lines.push(one);
    else groups.set(name, { row, lines: [one] });
  }
  return [...groups.values()].flatMap(({ row, lines: own }) => {
    const [first] = own;
    if (!first) return [];
    const { action, service, notes } = first;
    const quantity = own.reduce((sum, one) => sum + one.quantity, 0n);
    return [{ action, service, notes, quantity, lines: own, row }];
  });
}
