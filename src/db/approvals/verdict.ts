/** What is asked about approvals of every kind: a decision, and a list. */
import type { ApprovalState } from '../../core/access/approvals.ts';

/** A decision, and who makes it. */
export interface ApprovalVerdict {
  readonly id: string;
  readonly verdict: 'approved' | 'rejected';
  readonly by: string;
  /** The one who decides, and everybody who may be behind that one. */
  readonly hands: readonly string[];
  /** The limit of the key that decides, in micros; undefined: it has none. */
  readonly limitMicros?: bigint | undefined;
  readonly reason: string | null;
  readonly at: Date;
}

/** Which approvals are listed. */
export interface ApprovalFilter {
  readonly state?: ApprovalState | undefined;
  readonly org?: string | undefined;
  readonly beforeId?: string | undefined;
  readonly limit: number;
  /** A request is pending or expired as of this time. */
  readonly now: Date;
}
