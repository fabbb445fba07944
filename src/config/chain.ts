/** A configured chain: checks its settings and brings its addresses into canonical form. */
import { canonicalAddress, familyOf, type ChainFamily } from '../core/chains/address.ts';
import { creditRulesOf, type CreditRules } from '../core/chains/finality.ts';
import { quorumOf } from '../core/chains/quorum.ts';
import { ConfigError } from './error.ts';
import type { ChainConfig } from './file.ts';

/** A chain with its addresses in canonical form. */
export interface KnownChain {
  /** CAIP-2 id. */
  readonly chain: string;
  readonly family: ChainFamily;
  /** The address that all orgs send to. */
  readonly creditsAddress: string;
  readonly tokens: readonly { readonly symbol: string; readonly address: string }[];
  /** The rules for when deposits on it are credited. */
  readonly rules: CreditRules;
  /** How long a deposit usually takes to be credited, as configured, in seconds; null: nobody says. */
  readonly expectedSeconds: number | null;
}

/**
 * Reads a chain's addresses.
 * @throws ConfigError naming the invalid one.
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
    expectedSeconds: chain.expectedSeconds ?? null,
  };
}

/**
 * Checks what no single setting shows: that the settings of each chain fit together and that no chain is listed twice.
 * @param options.failpoints whether failpoints are on, which is allowed on devnets only.
 * @throws ConfigError with the first problem.
 */
export function checkChains(chains: readonly ChainConfig[], options: { readonly failpoints: boolean }): void {
  for (const one of chains) {
    checkTokens(one);
    checkRpcs(one);
    checkTiers(one);
    if (options.failpoints && !one.devnet) {
      throw new ConfigError(`COFFER_FAILPOINT_FILES is for tests, and chain ${one.caip2} is not a devnet`);
    }
  }
  const names = chains.map(({ caip2 }) => caip2);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ConfigError(`chain ${twice} is configured twice: list its tokens in one entry`);
}

function checkTokens({ caip2, tokens, knownTokens, creditsAddress }: ChainConfig): void {
  const all = [...tokens, ...(knownTokens ?? [])];
  const credited = new Set(tokens.map(({ address }) => BigInt(address)));
  if (all.some(({ address }) => BigInt(address) === BigInt(creditsAddress))) {
    throw new ConfigError(`chain ${caip2}: creditsAddress is the contract of a token: what is sent there is lost`);
  }
  if (credited.size < tokens.length) throw new ConfigError(`chain ${caip2}: a token is listed twice: keep one`);
  const both = knownTokens?.find(({ address }) => credited.has(BigInt(address)));
  if (both === undefined) return;
  throw new ConfigError(`chain ${caip2}: ${both.address} is in tokens and in knownTokens: take it out of one`);
}

function checkRpcs(chain: ChainConfig): void {
  const { caip2, rpcUrls, quorum, devnet } = chain;
  if (new Set(rpcUrls.map(placeOf)).size < rpcUrls.length) {
    throw new ConfigError(`chain ${caip2}: an RPC is listed twice: a node that agrees with itself proves nothing`);
  }
  if (quorumOf(chain) > rpcUrls.length) {
    throw new ConfigError(
      `chain ${caip2}: quorum ${quorum} of ${rpcUrls.length} RPCs is not possible: add RPCs or lower it`,
    );
  }
  if (rpcUrls.length === 1 && quorum !== 1 && !devnet) {
    throw new ConfigError(
      `chain ${caip2} has a single RPC, which can lie or lag unseen: add a second one, or write "quorum": 1 to accept that`,
    );
  }
}

/** One spelling of a URL: scheme, host and default port as the standard writes them, and no slashes at the end of its path. */
function placeOf(url: string): string {
  const place = new URL(url);
  place.pathname = place.pathname.replace(/\/+$/, '');
  place.hash = '';
  return place.href;
}

function checkTiers({ caip2, tiers, finality, caps }: ChainConfig): void {
  if (tiers === undefined) return;
  if (finality !== undefined) throw new ConfigError(`chain ${caip2}: finality and tiers exclude each other: keep one`);
  if (tiers.some(({ uptoMicros }, index) => index > 0 && uptoMicros <= (tiers[index - 1]?.uptoMicros ?? 0n))) {
    throw new ConfigError(`chain ${caip2}: tiers must grow by uptoUsd`);
  }
  if (tiers.some(({ uptoMicros }) => uptoMicros > caps.perDepositMicros)) {
    throw new ConfigError(
      `chain ${caip2}: a tier reaches above caps.perDepositUsd, where deposits wait for hard finality: raise the cap or lower the tier`,
    );
  }
}
