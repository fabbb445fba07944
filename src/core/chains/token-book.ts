/** The configured tokens: their names, and which of them are credited. */
import { canonicalAddress, familyOf } from './address.ts';

export interface TokenName {
  readonly symbol: string;
  /** Credited one to one: a base unit is a micro-dollar. */
  readonly credited: boolean;
}

/** Finds a token by its chain and canonical address; undefined for one that is not configured. */
export type TokenBook = (chain: string, token: string) => TokenName | undefined;

interface Named {
  readonly symbol: string;
  readonly address: string;
}

/**
 * The book of the configured chains; addresses in any case and padding.
 * @throws Refusal VALIDATION_FAILED for an address that is invalid in its chain's family.
 */
export function tokenBook(
  chains: readonly {
    readonly caip2: string;
    readonly tokens: readonly Named[];
    readonly knownTokens?: readonly Named[] | undefined;
    readonly watchOnly?: boolean | undefined;
  }[],
): TokenBook {
  const names = new Map<string, TokenName>();
  for (const { caip2, tokens, knownTokens = [], watchOnly = false } of chains) {
    const note = ({ symbol, address }: Named, credited: boolean): void => {
      names.set(`${caip2} ${canonicalAddress(familyOf(caip2), address)}`, { symbol, credited });
    };
    for (const token of knownTokens) note(token, false);
    for (const token of tokens) note(token, !watchOnly);
  }
  return (chain, token) => names.get(`${chain} ${token}`);
}
