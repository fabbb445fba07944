/** The table of people who were seen signed in, by org. */
import { ROLES, type Role } from '../../core/access/roles.ts';
import type { Database } from '../database.ts';
import { changeRows, listRows, oneOf, textOf, timeOf, type Row } from '../rows.ts';

/** Somebody who was seen signed in. */
export interface SeenMember {
  readonly org: string;
  readonly user: string;
  readonly role: Role;
  readonly at: Date;
}

/** What is known of somebody who was seen. */
export interface Member {
  readonly user: string;
  /** As their token said when they were seen last. */
  readonly role: Role;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** The last member of the page before. */
export interface MemberPosition {
  readonly firstSeenAtMs: number;
  readonly user: string;
}

/** Notes people, each once. Of two notes about one person the later one counts, whichever is written first. */
export async function noteMembers(db: Database, seen: readonly SeenMember[]): Promise<void> {
  const sorted = seen.toSorted((a, b) => (`${a.org} ${a.user}` < `${b.org} ${b.user}` ? -1 : 1));
  await db.raw(
    `INSERT INTO org_member (org, user_id, role, first_seen_at, last_seen_at)
     SELECT org, user_id, role, at, at
     FROM unnest(:orgs::uuid[], :users::text[], :roles::text[], :at::timestamptz[]) AS seen (org, user_id, role, at)
     ON CONFLICT (org, user_id) DO UPDATE SET role = excluded.role, last_seen_at = excluded.last_seen_at
     WHERE org_member.last_seen_at <= excluded.last_seen_at`,
    {
      orgs: sorted.map(({ org }) => org),
      users: sorted.map(({ user }) => user),
      roles: sorted.map(({ role }) => role),
      at: sorted.map(({ at }) => at),
    },
  );
}

/** The people who were seen in an org, the one who was seen first most recently first. */
export async function listMembers(
  db: Database,
  { org, after, limit }: { readonly org: string; readonly after?: MemberPosition | undefined; readonly limit: number },
): Promise<Member[]> {
  return listRows(
    db,
    memberOf,
    `SELECT user_id, role, first_seen_at, last_seen_at FROM org_member
     WHERE org = :org AND (:user::text IS NULL OR (first_seen_at, user_id) < (:firstSeenAt::timestamptz, :user::text))
     ORDER BY first_seen_at DESC, user_id DESC LIMIT :limit`,
    { org, user: after?.user ?? null, firstSeenAt: after ? new Date(after.firstSeenAtMs) : null, limit },
  );
}

/** Forgets in which orgs a user was seen. @returns how many */
export async function forgetMember(db: Database, user: string): Promise<number> {
  return changeRows(db, 'DELETE FROM org_member WHERE user_id = ?', [user]);
}

function memberOf(row: Row): Member {
  return {
    user: textOf(row['user_id']),
    role: oneOf(ROLES, row['role']),
    firstSeenAt: timeOf(row['first_seen_at']),
    lastSeenAt: timeOf(row['last_seen_at']),
  };
}
