import type { SurfaceDeps } from '../deps.ts';

/** What the operator's endpoints depend on: what those of every surface do. Their `db` sees every org. */
export type AdminDeps = SurfaceDeps;
