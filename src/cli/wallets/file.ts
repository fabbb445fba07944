/** The file that carries public halves of keys from the offline machine to the service: its format and its checks. */
import { z } from 'zod';
import { deriveEvmAddress, readAccountXpub } from '../../../detector/evm/deposit-key.ts';
import { toFelt } from '../../../detector/starknet/decode.ts';
import { accountAddress, isPublicKey } from '../../../detector/starknet/deposit-account.ts';
import type { PoolAddress } from '../../db/senders/address-pool.ts';

/** Most Starknet accounts in one file. */
export const ACCOUNTS_MAX = 10_000;
/** The highest index that is not hardened. */
export const INDEX_MAX = 2 ** 31 - 1;

const felt = z.string().regex(/^0x[0-9a-fA-F]{1,64}$/, 'must be 0x and 1 to 64 hex digits');

const fileSchema = z.strictObject({
  format: z.literal('coffer deposit addresses 1'),
  evm: z.strictObject({ path: z.string(), xpub: z.string(), firstAddress: z.string() }).optional(),
  starknet: z
    .strictObject({
      path: z.string(),
      accounts: z
        .array(
          z.strictObject({
            index: z.int().min(0).max(INDEX_MAX),
            publicKey: felt,
            address: felt,
            classHash: felt,
            salt: felt,
          }),
        )
        .max(ACCOUNTS_MAX),
    })
    .optional(),
});

/** What `coffer wallets derive` writes and `coffer wallets import` reads. */
export type WalletsFile = z.infer<typeof fileSchema>;

/** Why a file is refused; nothing of it is imported. */
export class WalletsFileRefused extends Error {
  override name = 'WalletsFileRefused';
}

/** The content of a file after it has been checked. */
export interface PublicHalf {
  readonly xpub: string | undefined;
  readonly accounts: readonly PoolAddress[];
}

/**
 * Reads a file and recomputes everything in it: money sent to an address without a key would be lost.
 * @throws WalletsFileRefused naming what is wrong; NotAnXpub for an extended key that is invalid or private.
 */
export function readWalletsFile(text: string): PublicHalf {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Passing a bare extended key is a common mistake; the error must say when it is a private one.
    if (/^\s*[a-z](prv|pub)/i.test(text)) readAccountXpub(text);
    throw new WalletsFileRefused('the file is not JSON: make it with coffer wallets derive');
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new WalletsFileRefused(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'has an unexpected shape'}`);
  }
  const { evm, starknet } = parsed.data;
  const xpub = evm && readAccountXpub(evm.xpub);
  if (evm && xpub !== undefined && evm.firstAddress.toLowerCase() !== deriveEvmAddress(xpub, 0)) {
    throw new WalletsFileRefused('evm.firstAddress: is not the first address of evm.xpub');
  }
  return { xpub, accounts: (starknet?.accounts ?? []).map(proveAccount) };
}

type FileAccount = NonNullable<WalletsFile['starknet']>['accounts'][number];

function proveAccount({ index, ...account }: FileAccount): PoolAddress {
  const refuse = (why: string): WalletsFileRefused => new WalletsFileRefused(`starknet account ${index}: ${why}`);
  try {
    const proven = {
      publicKey: toFelt(account.publicKey),
      classHash: toFelt(account.classHash),
      salt: toFelt(account.salt),
    };
    if (!isPublicKey(proven.publicKey)) throw refuse('publicKey is not a public key: its address could not spend');
    if (accountAddress(proven) !== toFelt(account.address)) {
      throw refuse('address does not follow from classHash, salt and publicKey');
    }
    return { ...proven, keyIndex: index, address: toFelt(account.address) };
  } catch (error) {
    throw error instanceof RangeError ? refuse(error.message) : error;
  }
}
