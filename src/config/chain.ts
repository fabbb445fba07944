/** What a configured chain amounts to, its addresses being ones. */
import { ConfigError, type ChainConfig } from './config.ts';
import { canonicalAddress, familyOf, type ChainFamily } from '../core/chains/address.ts';
import { creditRulesOf, type CreditRules } from '../core/chains/finality.ts';

/** A chain with its addresses in canonical form. */
export interface KnownChain {
  /** CAIP-2 id. */
  readonly chain: string;
  readonly family: ChainFamily;
  /** Where orgs send to. */
  readonly creditsAddress: string;
  readonly tokens: readonly { readonly symbol: string; readonly address: string }[];
  /** When deposits on it are credited. */
  readonly rules: CreditRules;
}

/**
 * Reads a chain's addresses.
 * @throws ConfigError naming the one that is none.
 */
export function readChain(chain: ChainConfig): KnownChain {
  const family = familyOf(chain.caip2);
  const canonical = (name: string, address: string): string => {
    try {
      return canonicalAddress(family, address);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'not an address';
      throw new ConfigError(`chain ${chain.caip2}: ${name}: ${reason}`);
    }
  };
  return {
    chain: chain.caip2,
    family,
    creditsAddress: canonical('creditsAddress', chain.creditsAddress),
    tokens: chain.tokens.map(({ symbol, address }) => ({ symbol, address: canonical(`token ${symbol}`, address) })),
    rules: creditRulesOf(family, chain),
  };
}
