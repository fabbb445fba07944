/** A person who was seen signed in, as JSON. */
import type { Role } from '../../core/access/roles.ts';
import type { Member } from '../../db/access/members.ts';

export interface MemberView {
  /** The person's id in the sign-in. */
  readonly user: string;
  /** As their token said when they were seen last. */
  readonly role: Role;
  readonly firstSeenAt: string;
  /** Accurate to a minute. */
  readonly lastSeenAt: string;
}

/** The JSON of a member. */
export function viewOfMember({ user, role, firstSeenAt, lastSeenAt }: Member): MemberView {
  return { user, role, firstSeenAt: firstSeenAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() };
}
