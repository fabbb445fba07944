import type { TreasuryDeps } from '../deps.ts';

/** What the operator's endpoints work with, beside what the treasury's do. Their `db` sees every org. */
export interface AdminDeps extends TreasuryDeps {
  /** The secret under which keys are hashed. */
  readonly pepper: string;
  /** A booking by hand above this needs a second person; undefined: none does. */
  readonly adminEntryLimitMicros: bigint | undefined;
}
