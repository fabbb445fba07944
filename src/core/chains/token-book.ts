/** What the configuration says of tokens: which are credited, and what the others are called. */
import { canonicalAddress, familyOf } from './address.ts';

export interface TokenName {
  readonly symbol: string;
  /** It is credited one to one: a base unit is a micro-dollar. */
  readonly credited: boolean;
}

/** Finds a token by its chain and canonical address; undefined for one that is not configured. */
export type TokenBook = (chain: string, token: string) => TokenName | undefined;

interface Named {
  readonly symbol: string;
  readonly address: string;
}

/** The book of the configured chains, addresses in any writing. @throws when an address is none of its family. */
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
