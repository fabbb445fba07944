import type { SurfaceDeps } from '../deps.ts';

/** What the operator's endpoints depend on, beside what those of every surface do. Their `db` sees every org. */
export interface AdminDeps extends SurfaceDeps {
  /** The secret under which keys are hashed. */
  readonly pepper: string;
}
