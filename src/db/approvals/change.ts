/**
 * What a kind of change consists of. A change is a call that writes no entry itself and decides what credit arises later: the
 * free tier, a ceiling, a price. Above the limit it waits for a second person.
 */
import type { Weight } from '../../core/access/approvals.ts';
import type { DatabaseTransaction } from '../database.ts';
import type { Row } from '../rows.ts';

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Who carries a change out, and when. */
export interface Performer {
  /** The id of the change; what it creates may have the same id. */
  readonly id: string;
  /** Who asked for it. */
  readonly actor: string;
  readonly at: Date;
}

/** A kind of change. Its input is what the call asks for, as it was validated. */
export interface ChangeKind<Input, Result> {
  /** Its name in the database and the API; never changed. */
  readonly name: string;
  /** The org that it is about; null: it is about the whole deployment. */
  readonly orgOf: (input: Input) => string | null;
  /** What it does, in words that tell a second person all that they have to judge; after "to". */
  readonly describe: (input: Input) => string;
  /** How much credit it may create as things are now. @throws Refusal when it is refused already */
  readonly weigh: (trx: DatabaseTransaction, input: Input) => Promise<Weight>;
  /** The input as it is stored. The same input always gives the same JSON. */
  readonly write: (input: Input) => { readonly [name: string]: Json };
  /** The input of what `write` gave, at once or in an earlier version. */
  readonly read: (stored: Row) => Input;
  /**
   * Carries it out in this transaction, which also stores that it is done. It judges again: days may have passed.
   * @throws Refusal when it is refused now; nothing of it is kept then
   */
  readonly carryOut: (trx: DatabaseTransaction, input: Input, by: Performer) => Promise<Result>;
}

/** A kind whose input is read from the database: what is done with a change that waited. */
export interface StoredKind {
  readonly name: string;
  readonly carryOut: (trx: DatabaseTransaction, stored: Row, by: Performer) => Promise<void>;
}

/** A kind for the list of all kinds. */
export function stored<Input, Result>(kind: ChangeKind<Input, Result>): StoredKind {
  return {
    name: kind.name,
    carryOut: async (trx, input, by) => {
      await kind.carryOut(trx, kind.read(input), by);
    },
  };
}
