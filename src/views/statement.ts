/** A statement as JSON and as the lines of a CSV file. */
import type { Period } from '../core/reports/period.ts';
import type {
  StatementBalances,
  RestrictedSums,
  StatementMovement,
  WalletStatement,
} from '../core/reports/statement.ts';
import type { EntryType, ServiceType } from '../core/ledger/vocabulary.ts';
import { toWhole } from '../core/integers.ts';
import { describeRestriction, parseRestriction } from '../core/lots/restriction.ts';
import { formatUsd } from '../core/money.ts';
import { viewOfRestriction, type LotsView } from './lots/restricted.ts';

/** StatementBalances at a moment. available + held = paid + promotional - debt. */
export interface BalancesView {
  readonly availableUsd: string;
  readonly heldUsd: string;
  /** What lots hold of credit that was not given away, open holds included. */
  readonly paidUsd: string;
  /** The same of credit that was given away. */
  readonly promotionalUsd: string;
  readonly debtUsd: string;
  readonly freeGiftCards: number;
  /** What of the available credit is for some things only. */
  readonly restricted: LotsView['restricted'];
}

/** What all entries of one type and service together changed. */
export interface MovementView {
  readonly type: EntryType;
  readonly serviceType: ServiceType | null;
  readonly entries: number;
  readonly availableDeltaUsd: string;
  readonly heldDeltaUsd: string;
  readonly paidDeltaUsd: string;
  readonly promotionalDeltaUsd: string;
  readonly debtDeltaUsd: string;
  readonly giftCardsDelta: number;
}

export interface StatementView {
  readonly orgId: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  /** True while the period may still get entries. */
  readonly open: boolean;
  /** When it was read; null for a period that is closed. */
  readonly asOf: string | null;
  readonly opening: BalancesView;
  readonly movements: readonly MovementView[];
  readonly closing: BalancesView;
}

/** The beginning of the JSON of everything that is about a period. `asOfMs`: null where the period is closed. */
export function viewOfPeriod(
  { fromMs, toMs, timeZone }: Period,
  asOfMs: number | null,
): Pick<StatementView, 'from' | 'to' | 'timeZone' | 'open' | 'asOf'> {
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    timeZone,
    open: asOfMs !== null,
    asOf: asOfMs === null ? null : new Date(asOfMs).toISOString(),
  };
}

/** The JSON of a statement. */
export function viewOfStatement(
  { opening, movements, closing }: WalletStatement,
  about: { readonly org: string; readonly period: Period; readonly asOfMs: number | null },
): StatementView {
  return {
    orgId: about.org,
    ...viewOfPeriod(about.period, about.asOfMs),
    opening: balancesOf(opening),
    movements: movements.map(movementOf),
    closing: balancesOf(closing),
  };
}

function balancesOf({
  available,
  held,
  paid,
  promotional,
  debt,
  giftCards,
  restricted,
}: StatementBalances): BalancesView {
  return {
    availableUsd: formatUsd(available),
    heldUsd: formatUsd(held),
    paidUsd: formatUsd(paid),
    promotionalUsd: formatUsd(promotional),
    debtUsd: formatUsd(debt),
    freeGiftCards: toWhole(giftCards),
    restricted: restrictedOf(restricted),
  };
}

function restrictedOf(sums: RestrictedSums): LotsView['restricted'] {
  return [...sums].map(([text, left]) => ({
    ...viewOfRestriction(parseRestriction(text)),
    availableUsd: formatUsd(left),
  }));
}

function movementOf({ type, service, entries, ...amounts }: StatementMovement): MovementView {
  return {
    type,
    serviceType: service,
    entries: toWhole(entries),
    availableDeltaUsd: formatUsd(amounts.available),
    heldDeltaUsd: formatUsd(amounts.held),
    paidDeltaUsd: formatUsd(amounts.paid),
    promotionalDeltaUsd: formatUsd(amounts.promotional),
    debtDeltaUsd: formatUsd(amounts.debt),
    giftCardsDelta: toWhole(amounts.giftCards),
  };
}

/**
 * A line of a statement's CSV: the opening, a movement, or the closing. Amounts of a movement are changes. Behind a balance
 * follows a line for each part of its available credit that is for some things only, with that amount alone.
 */
export interface StatementLine {
  readonly line: 'opening' | 'opening_restricted' | 'movement' | 'closing' | 'closing_restricted';
  /** The moment of a balance; null for a movement. */
  readonly at: string | null;
  readonly type: string | null;
  readonly serviceType: string | null;
  readonly entries: number | null;
  readonly availableUsd: string;
  readonly heldUsd: string | null;
  readonly paidUsd: string | null;
  readonly promotionalUsd: string | null;
  readonly debtUsd: string | null;
  readonly giftCards: number | null;
  /** The services and actions that this part is for; null on lines of other kinds. */
  readonly restrictedTo: string | null;
}

const NO_AMOUNTS = { heldUsd: null, paidUsd: null, promotionalUsd: null, debtUsd: null, giftCards: null } as const;
const NO_MOVEMENT = { type: null, serviceType: null, entries: null } as const;

/** The lines of a statement's CSV: the columns of balances and movements add up from the opening to the closing. */
export function linesOfStatement(view: StatementView): StatementLine[] {
  const balance = (line: 'opening' | 'closing', at: string): StatementLine[] => {
    const { freeGiftCards, restricted, ...amounts } = view[line];
    const parts = restricted.map(({ availableUsd, services, actions }): StatementLine => {
      const restrictedTo = describeRestriction({ services: services ?? undefined, actions: actions ?? undefined });
      return { line: `${line}_restricted`, at, ...NO_MOVEMENT, ...NO_AMOUNTS, availableUsd, restrictedTo };
    });
    return [{ line, at, ...NO_MOVEMENT, ...amounts, giftCards: freeGiftCards, restrictedTo: null }, ...parts];
  };
  return [
    ...balance('opening', view.from),
    ...view.movements.map((one): StatementLine => ({
      line: 'movement',
      at: null,
      type: one.type,
      serviceType: one.serviceType,
      entries: one.entries,
      availableUsd: one.availableDeltaUsd,
      heldUsd: one.heldDeltaUsd,
      paidUsd: one.paidDeltaUsd,
      promotionalUsd: one.promotionalDeltaUsd,
      debtUsd: one.debtDeltaUsd,
      giftCards: one.giftCardsDelta,
      restrictedTo: null,
    })),
    ...balance('closing', view.asOf ?? view.to),
  ];
}

/** The columns of a statement's CSV. */
export const STATEMENT_COLUMNS = [
  'line',
  'at',
  'type',
  'serviceType',
  'entries',
  'availableUsd',
  'heldUsd',
  'paidUsd',
  'promotionalUsd',
  'debtUsd',
  'giftCards',
  'restrictedTo',
] as const satisfies readonly (keyof StatementLine)[];
