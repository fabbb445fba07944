/** Addresses that many people's money comes from: nobody may be its only owner. */
import { canonicalAddress, familyOf, type ChainFamily } from '../chains/address.ts';

export interface SharedAddress {
  readonly family: ChainFamily;
  /** Canonical. */
  readonly address: string;
  /** What it is, in words for people: "Circle CCTP TokenMessengerMinterV2". */
  readonly name: string;
}

/** What an address is that must not be anybody's; undefined for every other. */
export function findShared(
  shared: readonly SharedAddress[],
  { family, address }: { readonly family: ChainFamily; readonly address: string },
): string | undefined {
  return shared.find((one) => one.family === family && one.address === address)?.name;
}

/**
 * All addresses that may not be registered: those that were listed, and every token of the list of tokens.
 * @param listed in any writing. @throws Refusal VALIDATION_FAILED for one that is no address.
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
