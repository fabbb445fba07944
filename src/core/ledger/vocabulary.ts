/** The words of the ledger: entry types, services, contra accounts. Closed lists; the database holds the same ones. */
import { Refusal } from '../errors.ts';

export const ENTRY_TYPES = [
  'DEPOSIT',
  'SKU_MARGIN',
  'GIFT_HOLD',
  'GIFT_REDEEM',
  'GIFT_HOLD_RELEASE',
  'AI_API_CALL',
  'GAS_SUBSIDY',
  'ADJUSTMENT',
  'REFUND',
  'REV_SHARE_CREDIT',
  'REV_SHARE_PAYOUT',
  'SETTLEMENT',
  'WITHDRAWAL',
  'HOLD',
  'HOLD_RELEASE',
  'GRANT',
  'LOT_EXPIRY',
  'DEPOSIT_REVERSAL',
  'CLAWBACK',
  'FREE_TIER_GRANT',
  'CHARGE',
  'CHECK_IN_GRANT',
  'COUPON_GRANT',
  'SUBSCRIPTION_GRANT',
  'CLAWBACK_REVERSAL',
  'GRANT_REVERSAL',
] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

export const SERVICE_TYPES = ['SKU_PURCHASE', 'GIFT_CARD', 'AI_API', 'GAS_SUBSIDY'] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** Names reserved for future services; using one is refused with a code of its own. */
export const RESERVED_SERVICE_TYPES = ['X402', 'PAY_BUTTON', 'KYC_VERIFICATION', 'ADDRESS_SCREENING'] as const;

/** The entry type of a flat debit, and of a capture, by service. */
export const DEBIT_TYPE: Readonly<Record<ServiceType, EntryType>> = {
  SKU_PURCHASE: 'SKU_MARGIN',
  GIFT_CARD: 'GIFT_REDEEM',
  AI_API: 'AI_API_CALL',
  GAS_SUBSIDY: 'GAS_SUBSIDY',
};

/** The entry types that open and release a hold, by service. */
export function holdTypes(service: ServiceType): { open: EntryType; release: EntryType } {
  return service === 'GIFT_CARD'
    ? { open: 'GIFT_HOLD', release: 'GIFT_HOLD_RELEASE' }
    : { open: 'HOLD', release: 'HOLD_RELEASE' };
}

/** Entry types after which available may be below zero: they take back money that may have been spent. */
export const DEBT_TYPES: ReadonlySet<EntryType> = new Set([
  'CLAWBACK',
  'GRANT_REVERSAL',
  'DEPOSIT_REVERSAL',
  'ADJUSTMENT',
]);

/** Entry types that change what counts as deposited, by their effect on what is available. */
export const DEPOSITED_TYPES: ReadonlySet<EntryType> = new Set<EntryType>([
  'DEPOSIT',
  'DEPOSIT_REVERSAL',
  'CLAWBACK',
  'CLAWBACK_REVERSAL',
]);

/** Entry types that give back what was taken: into the lot that it was taken from, where that is named. */
export const REFILLING_TYPES: ReadonlySet<EntryType> = new Set<EntryType>(['CLAWBACK_REVERSAL', 'GRANT_REVERSAL']);

/**
 * Reads a service type as a client sent it.
 * @throws Refusal SERVICE_TYPE_RESERVED for a reserved name, VALIDATION_FAILED for an unknown one.
 */
export function parseServiceType(name: string): ServiceType {
  const known = SERVICE_TYPES.find((service) => service === name);
  if (known) return known;
  if (RESERVED_SERVICE_TYPES.some((reserved) => reserved === name)) {
    throw new Refusal('SERVICE_TYPE_RESERVED', `${name} is reserved and cannot be used yet`);
  }
  const message = `must be one of ${SERVICE_TYPES.join(', ')}`;
  throw new Refusal('VALIDATION_FAILED', `serviceType ${message}`, { issues: [{ path: 'serviceType', message }] });
}

/** The contra account that receives what a service charges. */
export function revenueAccount(service: ServiceType): string {
  return REVENUE_ACCOUNTS[service];
}

const REVENUE_ACCOUNTS: Readonly<Record<ServiceType, string>> = {
  SKU_PURCHASE: 'revenue:SKU_PURCHASE',
  GIFT_CARD: 'revenue:GIFT_CARD',
  AI_API: 'revenue:AI_API',
  GAS_SUBSIDY: 'revenue:GAS_SUBSIDY',
};

/** The contra account of USDC that came in on a chain (CAIP-2 id). */
export function usdcAccount(chain: string): string {
  return `assets:usdc:${chain}`;
}
