/** A user with a wallet as JSON. */
import { formatUsd } from '../../core/money.ts';
import type { WalletUser } from '../../db/access/users.ts';

export interface UserView {
  readonly userId: string;
  readonly walletId: string;
  readonly availableUsd: string;
  readonly heldUsd: string;
  readonly suspendedAt: string | null;
  readonly suspendedReason: string | null;
  readonly createdAt: string;
}

/** The JSON of a user. @param balances of the wallet, in micros; undefined: it has no entry yet */
export function viewOfUser(
  user: WalletUser,
  balances: { readonly available: bigint; readonly held: bigint } | undefined,
): UserView {
  return {
    userId: user.id,
    walletId: user.wallet,
    availableUsd: formatUsd(balances?.available ?? 0n),
    heldUsd: formatUsd(balances?.held ?? 0n),
    suspendedAt: user.suspendedAt?.toISOString() ?? null,
    suspendedReason: user.suspendedReason,
    createdAt: user.createdAt.toISOString(),
  };
}
