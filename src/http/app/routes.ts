import type { Route } from '../server/route.ts';
import type { AppDeps } from './deps.ts';
import { meRoute } from './me.ts';
import { pageRoutes } from './pages.ts';
import { signInRoutes } from './sign-in.ts';

/** All routes of the app; those of the pages come last, since they take every path that is left. */
export function appRoutes(deps: AppDeps): Route[] {
  return [...signInRoutes(deps), meRoute(deps), ...pageRoutes(deps)];
}
