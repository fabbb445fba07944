/** The billing settings of an org as JSON. No secret is part of them. */
import type { RefillDraft } from '../core/billing/auto-refill.ts';
import type { OrgAccount } from '../core/billing/catalog.ts';
import type { PaymentMode } from '../core/billing/facts.ts';
import type { StopReason } from '../core/billing/refill.ts';
import type { RefillSetting } from '../db/billing/refill-settings.ts';
import { refillState, type RefillState } from './auto-refill.ts';

/** What is bought, when, and how much of it at most. */
export interface OrgRefillTermsView {
  readonly auto_refill_threshold: bigint | null;
  readonly auto_refill_product_id: string | null;
  readonly auto_refill_target_micros: bigint | null;
  readonly auto_refill_max_day_cents: bigint;
  readonly auto_refill_max_month_cents: bigint;
  readonly auto_refill_max_day_count: number;
}

export interface OrgBillingView extends OrgRefillTermsView {
  readonly org_id: string;
  /** Of the key; null while there is none. */
  readonly mode: PaymentMode | null;
  readonly has_stripe_key: boolean;
  readonly stripe_key_last4: string | null;
  readonly has_webhook_secret: boolean;
  readonly webhook_secret_last4: string | null;
  readonly webhook_url: string;
  /** What calls to the account were refused for. */
  readonly missing_permissions: readonly string[];
  readonly free_tier_amount: bigint;
  readonly has_payment_method: boolean;
  readonly auto_refill_enabled: boolean;
  readonly auto_refill_state: RefillState;
  readonly auto_refill_stopped: { readonly at: string; readonly reason: StopReason } | null;
  readonly auto_refill_consent:
    | (OrgRefillTermsView & { readonly at: string; readonly by: string; readonly text_version: string | null })
    | null;
}

/** What the settings of an org consist of. */
export interface OrgBillingParts {
  readonly org: string;
  readonly account: OrgAccount;
  /** Where the account is to send its webhooks. */
  readonly webhookUrl: string;
  readonly freeTierMicros: bigint;
  /** Whether a payment method is saved on the account. */
  readonly hasMethod: boolean;
  readonly refill: Omit<RefillSetting, 'org' | 'account' | 'failures' | 'nextAttemptAtMs'>;
}

/** The JSON of the settings. */
export function viewOfOrgBilling(parts: OrgBillingParts): OrgBillingView {
  const { org, account, webhookUrl, freeTierMicros, hasMethod, refill } = parts;
  const { stopped, consent } = refill;
  return {
    org_id: org,
    mode: account.mode,
    has_stripe_key: account.keyLast4 !== null,
    stripe_key_last4: account.keyLast4,
    has_webhook_secret: account.webhookSecretLast4 !== null,
    webhook_secret_last4: account.webhookSecretLast4,
    webhook_url: webhookUrl,
    missing_permissions: account.lacks,
    free_tier_amount: freeTierMicros,
    has_payment_method: hasMethod,
    auto_refill_enabled: refill.enabled,
    auto_refill_state: refillState(refill, hasMethod),
    ...viewOfTerms(refill),
    auto_refill_stopped: stopped && { at: timeOf(stopped.atMs), reason: stopped.reason },
    auto_refill_consent: consent && {
      at: timeOf(consent.atMs),
      by: consent.actor,
      text_version: consent.textVersion,
      ...viewOfTerms(consent.terms),
    },
  };
}

function viewOfTerms({ thresholdMicros, what, ...ceilings }: RefillDraft): OrgRefillTermsView {
  return {
    auto_refill_threshold: thresholdMicros,
    auto_refill_product_id: what?.kind === 'product' ? what.product : null,
    auto_refill_target_micros: what?.kind === 'target' ? what.targetMicros : null,
    auto_refill_max_day_cents: ceilings.maxDayMinor,
    auto_refill_max_month_cents: ceilings.maxMonthMinor,
    auto_refill_max_day_count: ceilings.maxDayCount,
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
