/**
 * Judges whether a database still has everything that was once seen in it. Each data folder of the service counts up in
 * a row of its own and keeps the number outside the database: if the row is behind the kept number, the database went
 * back. docs/decisions/0019-a-restore-is-noticed.md says what this finds and what it does not.
 */

/** A server of PostgreSQL, and the history that it continues. */
export interface Server {
  readonly systemIdentifier: string;
  /** Grows with every promotion and every restore to a point in time. */
  readonly timeline: number;
}

/** What is kept outside the database. */
export interface Witness {
  /** Id of its row in the database. */
  readonly id: string;
  /** The database that it was made for. */
  readonly deployment: string;
  /** The highest number whose commit was confirmed; 0: none yet. */
  readonly counter: number;
  /** Ids of the recoveries that it knows, oldest first. */
  readonly recoveries: readonly string[];
}

/** What the database shows now. */
export interface Sighting {
  readonly server: Server;
  /** Undefined: the database was never served before, or is from before that. */
  readonly identity: (Server & { readonly deployment: string }) | undefined;
  /** The number in the witness's row; 0: it has no row. */
  readonly counter: number;
  /** When the witness's row was written, and when the newest row of any witness was; undefined: there is none. */
  readonly seenAtMs: number | undefined;
  readonly newestSeenAtMs: number | undefined;
  /** The newest recovery that was finished. */
  readonly recovery: string | undefined;
  /** A recovery has begun and is not finished. */
  readonly underWay: boolean;
  /** Why the oldest loss was reported that no recovery has ended. */
  readonly loss: string | undefined;
  /** An entry whose commit was confirmed to this process, and which is missing. */
  readonly lostEntry: string | undefined;
}

export type Completeness =
  /** Nothing is missing. `adopt`: on another server or timeline than before, as after a fail-over. */
  | { readonly state: 'complete'; readonly adopt: boolean }
  /** The owner has recovered the database since: the witness begins anew. */
  | { readonly state: 'recovered'; readonly recovery: string }
  /** Something is missing that nobody has reported yet. */
  | { readonly state: 'lost'; readonly reason: string }
  /** The service must not serve; there is nothing to report. */
  | { readonly state: 'refused'; readonly reason: string };

/**
 * How much newer than a witness's own row another witness's may be, if that witness is to vouch for a new server or
 * timeline: both write every second while the service runs.
 */
const VOUCH_MS_MAX = 10_000;

const refused = (reason: string): Completeness => ({ state: 'refused', reason });
const lost = (reason: string): Completeness => ({ state: 'lost', reason });

/** Judges a sighting by what the witness knows. */
export function judgeCompleteness(witness: Witness, seen: Sighting): Completeness {
  const { identity, recovery } = seen;
  if (!identity) return lost('the database is from a time before the service was first started on it');
  if (identity.deployment !== witness.deployment) return refused('this is the database of another deployment');
  if (seen.underWay) return refused('a recovery has begun and is not finished: run coffer recover again');
  if (recovery !== undefined && !witness.recoveries.includes(recovery)) return { state: 'recovered', recovery };
  if (seen.loss !== undefined) return refused(seen.loss);
  if (witness.recoveries.at(-1) !== recovery) return lost('the database is from a time before its last recovery');
  if (seen.counter < witness.counter) {
    return lost(`the database is from an earlier time: count ${seen.counter} was seen as ${witness.counter}`);
  }
  if (seen.lostEntry !== undefined) return lost(`${seen.lostEntry} was written and is missing`);
  if (isSameServer(identity, seen.server)) return { state: 'complete', adopt: false };
  if (mayVouch(witness, seen)) return { state: 'complete', adopt: true };
  const { systemIdentifier, timeline } = seen.server;
  return refused(
    `system ${systemIdentifier}, timeline ${timeline} is not where the service ran last, and nothing here shows that nothing was lost`,
  );
}

function isSameServer(a: Server, b: Server): boolean {
  return a.systemIdentifier === b.systemIdentifier && a.timeline === b.timeline;
}

/** True for a witness that saw the database to the end: one that stopped earlier knows nothing of what came later. */
function mayVouch({ counter }: Witness, { seenAtMs, newestSeenAtMs }: Sighting): boolean {
  if (counter === 0 || seenAtMs === undefined || newestSeenAtMs === undefined) return false;
  return newestSeenAtMs - seenAtMs <= VOUCH_MS_MAX;
}
