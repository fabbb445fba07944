/** The list of defences: an index of the files that hold its entries, one file for each subject. */
import { CLOSING_MUTANTS } from './access/closing.ts';
import { ACCESS_MUTANTS } from './access/keys.ts';
import { DEFAULT_LIMIT_MUTANTS } from './access/limits.ts';
import { DEPOSIT_ADDRESS_MUTANTS } from './addresses.ts';
import { APPROVAL_MUTANTS } from './approvals.ts';
import { ATTACK_MUTANTS } from './attacks.ts';
import { PAGE_MUTANTS } from './access/pages.ts';
import { BACKUP_MUTANTS } from './backup.ts';
import { BUDGET_MUTANTS } from './billing/budgets.ts';
import { CANARY_MUTANTS } from './operating/canary.ts';
import { CALL_MUTANTS, NEIGHBOUR_MUTANTS } from './calls.ts';
import { CARD_MUTANTS } from './billing/cards.ts';
import { REFUND_MUTANTS } from './billing/refunds.ts';
import { CHARGE_REFUND_MUTANTS } from './billing/charge-refunds.ts';
import { CREDIT_POLICY_MUTANTS } from './credit-policy.ts';
import { DATABASE_MUTANTS } from './database.ts';
import { DESK_MUTANTS } from './access/desk.ts';
import { DISPUTE_MUTANTS } from './billing/disputes.ts';
import { ENTRY_MUTANTS } from './entries.ts';
import { EVENT_MUTANTS } from './events.ts';
import { EXPLAIN_MUTANTS } from './explain.ts';
import { FIRST_HOUR_MUTANTS } from './first-hour.ts';
import { COST_MUTANTS, HOLD_MUTANTS } from './holds.ts';
import { CHILD_HOLD_MUTANTS } from './envelopes/child-holds.ts';
import { OPEN_HOLD_MUTANTS } from './open-holds.ts';
import { HOUSE_MUTANTS } from './house.ts';
import { INBOX_MUTANTS } from './billing/inbox.ts';
import { LEDGER_MUTANTS } from './ledger.ts';
import { LOT_MUTANTS } from './lots.ts';
import { NODE_MUTANTS } from './nodes.ts';
import { DOCUMENT_MUTANTS } from './openapi.ts';
import { ORDER_MUTANTS } from './billing/orders.ts';
import { ORG_BILLING_MUTANTS } from './billing/org-billing.ts';
import { PAYMENT_MUTANTS } from './billing/payments.ts';
import { PRICING_MUTANTS } from './billing/pricing.ts';
import { USER_MUTANTS } from './billing/users.ts';
import { PEPPER_MUTANTS } from './operating/peppers.ts';
import { PROOF_MUTANTS } from './proofs.ts';
import { QUORUM_MUTANTS } from './quorum.ts';
import { CREEM_MUTANTS } from './billing/creem.ts';
import { RAIL_MUTANTS } from './billing/rails.ts';
import { RECONCILIATION_MUTANTS } from './reconciliation.ts';
import { RECOVERY_MUTANTS } from './recovery.ts';
import { REFILL_MUTANTS } from './billing/refills.ts';
import { REORG_MUTANTS } from './reorgs.ts';
import { DETECTOR_MUTANTS } from './scan.ts';
import { FRONT_MUTANTS } from './access/fronts.ts';
import { SDK_MUTANTS } from './clients/sdk.ts';
import { SPREAD_MUTANTS } from './servers/spread.ts';
import { SESSION_MUTANTS } from './access/sessions.ts';
import { SENDER_MUTANTS } from './senders.ts';
import { SUBSCRIPTION_MUTANTS } from './billing/subscriptions.ts';
import { REPORT_MUTANTS, VIEW_MUTANTS } from './views.ts';
import { WALL_MUTANTS } from './access/walls.ts';
import { TIME_MUTANTS } from './times.ts';
import { TRACE_MUTANTS } from './operating/traces.ts';
import { READ_MUTANTS } from './operating/reads.ts';
import type { Mutant } from './mutant.ts';

export const MUTANTS: readonly Mutant[] = [
  ...ACCESS_MUTANTS,
  ...APPROVAL_MUTANTS,
  ...DEPOSIT_ADDRESS_MUTANTS,
  ...ATTACK_MUTANTS,
  ...BACKUP_MUTANTS,
  ...BUDGET_MUTANTS,
  ...CALL_MUTANTS,
  ...CANARY_MUTANTS,
  ...COST_MUTANTS,
  ...FRONT_MUTANTS,
  ...CARD_MUTANTS,
  ...CLOSING_MUTANTS,
  ...REFUND_MUTANTS,
  ...CHARGE_REFUND_MUTANTS,
  ...CREDIT_POLICY_MUTANTS,
  ...DATABASE_MUTANTS,
  ...DEFAULT_LIMIT_MUTANTS,
  ...DESK_MUTANTS,
  ...PAGE_MUTANTS,
  ...DISPUTE_MUTANTS,
  ...ENTRY_MUTANTS,
  ...EVENT_MUTANTS,
  ...EXPLAIN_MUTANTS,
  ...FIRST_HOUR_MUTANTS,
  ...HOLD_MUTANTS,
  ...OPEN_HOLD_MUTANTS,
  ...CHILD_HOLD_MUTANTS,
  ...HOUSE_MUTANTS,
  ...INBOX_MUTANTS,
  ...LEDGER_MUTANTS,
  ...LOT_MUTANTS,
  ...NODE_MUTANTS,
  ...NEIGHBOUR_MUTANTS,
  ...DOCUMENT_MUTANTS,
  ...ORDER_MUTANTS,
  ...ORG_BILLING_MUTANTS,
  ...PAYMENT_MUTANTS,
  ...PRICING_MUTANTS,
  ...USER_MUTANTS,
  ...PEPPER_MUTANTS,
  ...PROOF_MUTANTS,
  ...QUORUM_MUTANTS,
  ...CREEM_MUTANTS,
  ...RAIL_MUTANTS,
  ...RECONCILIATION_MUTANTS,
  ...RECOVERY_MUTANTS,
  ...REFILL_MUTANTS,
  ...REORG_MUTANTS,
  ...DETECTOR_MUTANTS,
  ...READ_MUTANTS,
  ...REPORT_MUTANTS,
  ...SENDER_MUTANTS,
  ...SUBSCRIPTION_MUTANTS,
  ...TIME_MUTANTS,
  ...TRACE_MUTANTS,
  ...VIEW_MUTANTS,
  ...WALL_MUTANTS,
  ...SDK_MUTANTS,
  ...SPREAD_MUTANTS,
  ...SESSION_MUTANTS,
];
