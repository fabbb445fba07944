/** What the ledger writer is asked for, and what it answers. */
import type { Command } from '../../core/ledger/commands.ts';
import type { Entry } from '../../core/ledger/entry.ts';

/** One command for one wallet. */
export interface Submission {
  readonly wallet: string;
  readonly command: Command;
  /** 16-byte key as UUID text, from ledgerKey(). */
  readonly key: string;
  /** From inputHash(): what the same key must ask for again. */
  readonly inputHash: string;
}

/** What a command did. */
export interface Outcome {
  /** The entries written under the command's key, in order. */
  readonly entries: readonly Entry[];
  /** The same key was answered before; these are the entries of then. */
  readonly replayed: boolean;
  /** What a capture left in its hold, in micros; undefined for other commands and when replayed. */
  readonly holdLeft?: bigint;
}
