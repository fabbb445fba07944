/** Shared addresses: many people's money comes from them, so no org may own one. */
import { canonicalAddress, familyOf, type ChainFamily } from '../chains/address.ts';

export interface SharedAddress {
  readonly family: ChainFamily;
  /** Canonical. */
  readonly address: string;
  /** Its name for people, such as "Circle CCTP TokenMessengerMinterV2". */
  readonly name: string;
}

/** The name of the shared address with that family and address; undefined for an address that is not shared. */
export function findShared(
  shared: readonly SharedAddress[],
  { family, address }: { readonly family: ChainFamily; readonly address: string },
): string | undefined {
  return shared.find((one) => one.family === family && one.address === address)?.name;
}

/**
 * All addresses that may not be registered: the listed ones, and the address of every listed token.
 * @param listed in any case and padding.
 * @throws Refusal VALIDATION_FAILED for one that is not an address.
 */
export function sharedAddressesOf(
  listed: readonly { readonly family: string; readonly address: string; readonly name: string }[],
  tokens: readonly {
    readonly chain: string;
    readonly name: string;
    readonly native: string;
    readonly bridged?: string;
  }[],
): SharedAddress[] {
  const contracts = tokens.flatMap(({ chain, name, native, bridged }) =>
    [native, bridged].flatMap((address) =>
      address === undefined ? [] : [{ family: familyOf(chain), address, name: `the USDC token of ${name}` }],
    ),
  );
  return [...listed, ...contracts].map(({ family: namespace, address, name }) => {
    const family = familyOf(namespace);
    return { family, address: canonicalAddress(family, address), name };
  });
}
