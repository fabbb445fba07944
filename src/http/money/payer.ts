/** Whose money a call moves: an org's or a user's. */
import { walletId, type OwnerKind } from '../../core/ids.ts';
import type { Org } from '../../db/access/orgs.ts';
import type { Guard } from '../access/guard.ts';

export interface Payer {
  readonly owner: { readonly kind: OwnerKind; readonly id: string };
  /** The id of the owner's wallet, derived from the owner. */
  readonly wallet: string;
  /** Suspended by hand: existing holds may be spent, but nothing new may start. */
  readonly suspended: boolean;
}

/** Payers by their cached org: the hash behind a wallet's id costs more than a look-up here. */
const orgs = new WeakMap<Org, Payer>();

/** An org as the payer of its own calls. */
export function payingOrg(org: Org): Payer {
  const known = orgs.get(org);
  if (known) return known;
  const owner = { kind: 'org', id: org.id } as const;
  const payer: Payer = { owner, wallet: walletId(owner), suspended: org.suspendedAt !== null };
  orgs.set(org, payer);
  return payer;
}

/**
 * A user as the payer.
 * @param id the user's id in the sign-in. The ledger answers NOT_FOUND until the user has a wallet.
 */
export function payingUser(id: string, { suspended }: Pick<Payer, 'suspended'> = { suspended: false }): Payer {
  const owner = { kind: 'user', id } as const;
  return { owner, wallet: walletId(owner), suspended };
}

/** A user as the payer, as the guard knows them: suspended or not. */
export async function findPayingUser(guard: Pick<Guard, 'findUser'>, id: string): Promise<Payer> {
  const user = await guard.findUser(id);
  return payingUser(id, { suspended: (user?.suspendedAt ?? null) !== null });
}

/** What a connection is set to that sees the rows of a payer and of nobody else: an org's id, or a user's wallet. */
export function scopeOf({ owner, wallet }: Payer): string {
  return owner.kind === 'org' ? owner.id : wallet;
}
