/** Approvals of both forms as one list: bookings, whose entry the ledger writes, and changes. */
import type { ApprovalOutlook } from '../../core/access/approvals.ts';
import type { Database } from '../database.ts';
import {
  decideBooking,
  findBookingApproval,
  listBookingApprovals,
  writeApproved,
  type BookingApproval,
  type WritingMeans,
} from './bookings.ts';
import { decideChange } from './carry-out.ts';
import { findChange, listChanges, type ChangeApproval } from './changes.ts';
import type { ApprovalFilter, ApprovalVerdict } from './verdict.ts';

/** A request that waits for a second person, or waited. */
export type Approval = BookingApproval | ChangeApproval;

/** The approval with that id, if there is one. */
export async function findApproval(db: Database, id: string): Promise<Approval | undefined> {
  return (await findBookingApproval(db, id)) ?? findChange(db, id);
}

/** Approvals, newest first; ids are time-ordered. */
export async function listApprovals(db: Database, filter: ApprovalFilter): Promise<Approval[]> {
  const both = [...(await listBookingApprovals(db, filter)), ...(await listChanges(db, filter))];
  return both.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, filter.limit);
}

/** Why a decision was not taken: there is no such request, it may be the caller's own, or its state forbids it. */
export type NotDecided = 'unknown' | Exclude<ApprovalOutlook, 'decide' | 'decided'>;

/**
 * Decides an approval, once, and carries out what is approved. Answers the approval as it is now, or why the decision was not
 * taken.
 * @param writing what the entry of a booking is written with
 * @throws Refusal of the ledger, for a booking that may be approved again
 */
export async function decideApproval(
  db: Database,
  verdict: ApprovalVerdict,
  writing: Omit<WritingMeans, 'db'>,
): Promise<Approval | NotDecided> {
  const decided = await decideBooking(db, verdict);
  if (decided === 'unknown') return decideChange(db, verdict);
  if (typeof decided === 'string' || decided.decision !== 'approved') return decided;
  return writeApproved({ ...writing, db }, decided);
}
