import type { Logger } from 'pino';
import type { Vault } from '../../core/access/vault.ts';
import type { Clock } from '../../core/clock.ts';
import type { Database } from '../../db/database.ts';
import type { AppSite } from '../access/cookies.ts';
import type { Guard } from '../access/guard.ts';
import type { IssuerClient } from '../access/issuer-client.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { Sessions } from '../access/sessions.ts';
import type { TakeTurn } from '../server/served-file.ts';

/** What signing in needs; none of it exists where the app has no client at an issuer. */
export interface AppSignIn {
  readonly sessions: Sessions;
  readonly issuer: IssuerClient;
  readonly site: AppSite;
}

/** What the app's routes depend on. */
export interface AppDeps {
  readonly guard: Guard;
  readonly limits: Pick<RateLimits, 'countAddress' | 'countOpen' | 'checkFailures' | 'countFailure'>;
  /** Sees every org. */
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly vault: Vault;
  readonly signIn: AppSignIn | undefined;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** The folder with the built app; without it there are no pages. */
  readonly folder: string;
  readonly turn: TakeTurn;
}
