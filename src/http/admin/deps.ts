import type { SurfaceDeps } from '../deps.ts';

/** What the operator's endpoints work with, beside what those of every surface do. Their `db` sees every org. */
export interface AdminDeps extends SurfaceDeps {
  /** The secret under which keys are hashed. */
  readonly pepper: string;
  /** A booking by hand above this needs a second person; undefined: none does. */
  readonly adminEntryLimitMicros: bigint | undefined;
}
