/** Notes in the background which people were seen signed in for which org, and in which role. */
import type { Logger } from 'pino';
import type { Role } from '../../core/access/roles.ts';
import type { Clock } from '../../core/clock.ts';
import { noteMembers, type SeenMember } from '../../db/access/members.ts';
import type { Database } from '../../db/database.ts';
import { BackgroundNotes } from './background-notes.ts';

/** Precision of when somebody was seen. */
const RESOLUTION_MS = 60_000;
/** Most people whose last note is remembered; beyond that all are forgotten, and noted again when they are seen. */
const REMEMBERED_MAX = 10_000;
/** Longer ids of users are not noted: the table takes none. */
const USER_CHARS_MAX = 255;

export interface MembersSeenOptions {
  /** Not the pool that requests need: a database that is slow to write must not take their connections. */
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/** People, by org. */
export class MembersSeen {
  readonly #clock: Clock;
  readonly #notes: BackgroundNotes<SeenMember>;
  /** What was noted of somebody last. */
  readonly #noted = new Map<string, { readonly role: Role; readonly atMs: number }>();

  constructor({ db, clock, log }: MembersSeenOptions) {
    this.#clock = clock;
    this.#notes = new BackgroundNotes({
      write: async (seen) => noteMembers(db, seen),
      onTrouble: (err, people) => {
        this.#noted.clear();
        log.warn({ err, people }, 'people who were seen were not recorded');
      },
    });
  }

  /** To be called when somebody with this role is let into an org. Returns at once; a failure is logged only. */
  note(org: string, user: string, role: Role): void {
    if (user.length > USER_CHARS_MAX) return;
    const name = `${org} ${user}`;
    const atMs = this.#clock.nowMs();
    const before = this.#noted.get(name);
    if (before?.role === role && before.atMs > atMs - RESOLUTION_MS) return;
    if (this.#noted.size >= REMEMBERED_MAX) this.#noted.clear();
    this.#noted.set(name, { role, atMs });
    this.#notes.add(name, { org, user, role, at: new Date(atMs) });
  }

  /** Resolves when nothing is being written any more. To be called once nobody is let in any more. */
  async stop(): Promise<void> {
    await this.#notes.stop();
  }
}
