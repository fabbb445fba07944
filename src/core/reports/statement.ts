/** A statement: what a wallet had when a period began, what moved it, and what it had at the end. */
import { ENTRY_TYPES, type EntryType, type ServiceType } from '../ledger/vocabulary.ts';
import { debtOf } from '../ledger/head.ts';
import { NO_SPLIT, plusSplit, splitOf, sumsBetween, type Split, type SumTable } from './sums.ts';

/** The balances of a wallet after an entry, as that entry has them; micros. */
export interface RecordedBalances {
  readonly available: bigint;
  readonly held: bigint;
  readonly giftAvailable: number;
}

/** Balances, or a change of them: available + held = paid + promotional - debt. Micros. */
export interface Amounts extends Split {
  readonly available: bigint;
  readonly held: bigint;
  readonly giftCards: bigint;
}

/** What all entries of one type and service changed. */
export interface StatementMovement extends Amounts {
  readonly type: EntryType;
  readonly service: ServiceType | null;
  readonly entries: bigint;
}

/** What restricted lots have left, by the text of their restriction, each above zero; micros. It is part of what is available. */
export type RestrictedSums = ReadonlyMap<string, bigint>;

/** The balances of a wallet at a moment. */
export interface StatementBalances extends Amounts {
  readonly restricted: RestrictedSums;
}

export interface WalletStatement {
  readonly opening: StatementBalances;
  readonly movements: readonly StatementMovement[];
  readonly closing: StatementBalances;
}

/** A wallet at a position: the balances that its entry there has, and the sums of all entries up to it. */
export interface Position {
  /** Undefined before the first entry. */
  readonly recorded: RecordedBalances | undefined;
  readonly sums: SumTable;
  readonly restricted: RestrictedSums;
}

/**
 * The statement from one position to another. Opening and closing are the balances on the entries themselves, and only the
 * parts of them that are promotional and restricted come from sums.
 * @throws Error when the movements do not lead from the opening to the closing, or more is restricted than was given away: a
 *   statement that does not add up is not given
 */
export function statementOf(from: Position, to: Position): WalletStatement {
  const [opening, closing] = [balancesAt(from), balancesAt(to)];
  const movements = movementsIn(sumsBetween(from.sums, to.sums));
  const reached = movements.reduce<Amounts>(plus, opening);
  const columns = ['available', 'held', 'giftCards', 'paid', 'promotional', 'debt'] as const;
  const wrong = columns.find((column) => reached[column] !== closing[column]);
  if (wrong !== undefined) throw new Error(`the movements of ${wrong} do not lead from the opening to the closing`);
  return { opening, movements, closing };
}

function balancesAt({ recorded, sums, restricted }: Position): StatementBalances {
  const { available, held, giftAvailable } = recorded ?? { available: 0n, held: 0n, giftAvailable: 0 };
  const debt = debtOf({ available });
  const { promotional } = sums.split;
  const forSome = restricted.values().reduce((sum, left) => sum + left, 0n);
  if (forSome > promotional || restricted.values().some((left) => left <= 0n)) {
    throw new Error('what is restricted is not a part of what was given away');
  }
  return {
    available,
    held,
    giftCards: BigInt(giftAvailable),
    debt,
    promotional,
    paid: available + held + debt - promotional,
    restricted,
  };
}

function movementsIn(sums: SumTable): StatementMovement[] {
  const groups = Map.groupBy(sums.rows(), ({ type, service }) => `${type} ${service ?? ''}`);
  const movements = [...groups.values()].flatMap((rows): StatementMovement[] => {
    const [first] = rows;
    if (!first) return [];
    const { type, service } = first;
    const split = rows.map(splitOf).reduce(plusSplit, NO_SPLIT);
    const sum = (column: 'entries' | 'available' | 'held' | 'giftCards'): bigint =>
      rows.reduce((total, row) => total + row[column], 0n);
    const [available, held, giftCards] = [sum('available'), sum('held'), sum('giftCards')];
    return [{ type, service, entries: sum('entries'), available, held, giftCards, ...split }];
  });
  const rank = ({ type }: StatementMovement): number => ENTRY_TYPES.indexOf(type);
  return movements.sort((a, b) => rank(a) - rank(b) || ((a.service ?? '') < (b.service ?? '') ? -1 : 1));
}

function plus(a: Amounts, b: Amounts): Amounts {
  return {
    ...plusSplit(a, b),
    available: a.available + b.available,
    held: a.held + b.held,
    giftCards: a.giftCards + b.giftCards,
  };
}
