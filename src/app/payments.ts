/** How the API takes card payments: the cashier of the platform's account. */
import type { Config } from '../config/config.ts';
import type { CardPayments } from '../http/deps.ts';
import { openCashier } from '../payments/cashier.ts';
import type { SettleMeans } from '../payments/movements.ts';
import type { ProviderAccount } from '../payments/port.ts';

/** What endpoints need for card payments. @param account the platform's account; undefined where none is configured. */
export function openCards(
  { payments, topup }: Pick<Config, 'payments' | 'topup'>,
  means: SettleMeans,
  account: ProviderAccount | undefined,
): CardPayments {
  const { mode, redirectOrigins } = payments;
  return { cashier: openCashier({ ...means, account, mode }), redirectOrigins, topup };
}
