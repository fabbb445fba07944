/**
 * The words of the ledger: entry types, services, contra accounts. The types are a closed list, and the database holds the
 * same one; a deployment may add services of its own.
 */
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

/** The name of a service, in the form of {@link SERVICE_NAME}. */
export type ServiceType = string;
/** The database checks the same form. */
export const SERVICE_NAME = /^[A-Z][A-Z0-9_]{0,39}$/;

/** Services that every deployment has. */
export const BUILT_IN_SERVICES = [
  'SKU_PURCHASE',
  'GIFT_CARD',
  'AI_API',
  'GAS_SUBSIDY',
  'ORG_CHARGE',
  'FEATURE',
] as const satisfies readonly ServiceType[];

/** Names reserved for future services; using one is refused with a code of its own. */
export const RESERVED_SERVICE_TYPES: readonly ServiceType[] = [
  'X402',
  'PAY_BUTTON',
  'KYC_VERIFICATION',
  'ADDRESS_SCREENING',
];

/** The services of a deployment. */
export interface Services {
  /** Those that may be charged now: the built-in ones, then its own. */
  readonly offered: readonly ServiceType[];
  /** Those and the retired ones, which entries may name. */
  readonly known: readonly ServiceType[];
}

/** The services of a deployment that configures these of its own. */
export function servicesOf(
  configured: readonly { readonly name: ServiceType; readonly retired: boolean }[] = [],
): Services {
  const offered = configured.filter(({ retired }) => !retired);
  return {
    offered: [...BUILT_IN_SERVICES, ...offered.map(({ name }) => name)],
    known: [...BUILT_IN_SERVICES, ...configured.map(({ name }) => name)],
  };
}

const DEBIT_TYPES: ReadonlyMap<ServiceType, EntryType> = new Map<ServiceType, EntryType>([
  ['SKU_PURCHASE', 'SKU_MARGIN'],
  ['GIFT_CARD', 'GIFT_REDEEM'],
  ['AI_API', 'AI_API_CALL'],
  ['GAS_SUBSIDY', 'GAS_SUBSIDY'],
]);

/** The entry type of a flat debit, and of a capture, for a service. */
export function debitType(service: ServiceType): EntryType {
  return DEBIT_TYPES.get(service) ?? 'CHARGE';
}

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
 * Reads a service that a client wants to charge.
 * @throws Refusal SERVICE_TYPE_RESERVED for a reserved name, VALIDATION_FAILED for one that is not offered.
 */
export function parseServiceType(name: string, { offered }: Services): ServiceType {
  if (offered.includes(name)) return name;
  if (RESERVED_SERVICE_TYPES.includes(name)) {
    throw new Refusal('SERVICE_TYPE_RESERVED', `${name} is reserved and cannot be used yet`);
  }
  throw unknownService(offered);
}

/** Checks a service that a client asks about. @throws Refusal VALIDATION_FAILED for one that no entry can name. */
export function checkServiceFilter(name: string | undefined, { known }: Services): void {
  if (name !== undefined && !known.includes(name)) throw unknownService(known);
}

function unknownService(services: readonly ServiceType[]): Refusal {
  const message = `must be one of ${services.join(', ')}`;
  return new Refusal('VALIDATION_FAILED', `serviceType ${message}`, { issues: [{ path: 'serviceType', message }] });
}

/**
 * Marks money that moves from a hold to another, which takes two entries: it leaves the wallet in neither, and no account of the
 * books has it.
 */
export const WITHIN_HOLDS = 'within-holds';

/** The contra account that receives what a service charges. */
export function revenueAccount(service: ServiceType): string {
  return `revenue:${service}`;
}

/** The contra account of USDC that came in on a chain (CAIP-2 id). */
export function usdcAccount(chain: string): string {
  return `assets:usdc:${chain}`;
}

/** The description of a LOT_EXPIRY that ends a lot before the end that it was opened with. */
export const LOT_ENDED = 'Period ended';
