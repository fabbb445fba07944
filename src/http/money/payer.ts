/** Whose money a call moves: an org's or a user's. */
import { walletId, type OwnerKind } from '../../core/ids.ts';
import type { Org } from '../../db/access/orgs.ts';

export interface Payer {
  readonly owner: { readonly kind: OwnerKind; readonly id: string };
  /** The id of the owner's wallet, which follows from the owner. */
  readonly wallet: string;
  /** Suspended by hand: holds may still be spent, and nothing new may begin. */
  readonly suspended: boolean;
}

/** Made once for as long as an org is kept in memory: the hash behind a wallet's id costs more than a look-up. */
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
 * @param id as the sign-in names the user. The ledger answers NOT_FOUND while no wallet with the id was opened.
 */
export function payingUser(id: string, { suspended }: Pick<Payer, 'suspended'> = { suspended: false }): Payer {
  const owner = { kind: 'user', id } as const;
  return { owner, wallet: walletId(owner), suspended };
}
