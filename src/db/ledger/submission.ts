/** What a caller submits to the ledger writer, and what the writer answers. */
import type { Entry } from '../../core/ledger/entry.ts';
import type { Balances } from '../../core/ledger/head.ts';
import type { KeyedCommand } from '../../core/ledger/former-keys.ts';

/** One command for one wallet. */
export interface Submission extends KeyedCommand {
  readonly wallet: string;
  /** 16-byte key as UUID text, from ledgerKey(). */
  readonly key: string;
  /** The key as the caller named it, unless that is `key` itself; the entry shows it. */
  readonly idempotencyKey?: string | undefined;
  /** Whether nobody waits for the answer any more: the command is dropped then, unless it is judged already. */
  readonly isGone?: (() => boolean) | undefined;
  /** From inputHash(): a later command with the same key must have the same one. */
  readonly inputHash: string;
}

/** What a command did. */
export interface Outcome {
  /** The entries written under the command's key, in order. */
  readonly entries: readonly Entry[];
  /** True when the same key was used before; `entries` are those of the first time. */
  readonly replayed: boolean;
  /**
   * The balances after what the command made overdue was settled; undefined where it made nothing so, and the balances
   * after its last entry are the answer.
   */
  readonly settled?: Balances;
  /** What a capture left in its hold, in micros; undefined for other commands and when replayed. */
  readonly holdLeft?: bigint;
}
