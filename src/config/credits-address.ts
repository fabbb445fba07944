/** The credits address of each chain: from the file, else from the environment. */
import { deduceFamily, familyOf } from '../core/chains/address.ts';
import { ConfigError } from './error.ts';
import type { ChainConfig, FileSettings } from './file.ts';

/** The variable for every chain whose family the address fits. */
const COMMON = 'COFFER_CREDITS_ADDRESS';

/** The variable for one chain: `COFFER_CREDITS_ADDRESS_EIP155_8453` for eip155:8453. */
export function creditsVariableOf(caip2: string): string {
  return `${COMMON}_${caip2.replaceAll(/[^A-Za-z0-9]/g, '_').toUpperCase()}`;
}

/**
 * The chains with their credits addresses: the file's, else that of the chain's own variable, else the common one's where
 * its form is that of the chain's family.
 * @throws ConfigError when a chain has none, or the common one is no address with all its digits.
 */
export function withCreditsAddresses(
  chains: FileSettings['chains'],
  env: Readonly<Record<string, string | undefined>>,
): ChainConfig[] {
  const common = env[COMMON] || undefined;
  const family = common === undefined ? undefined : deduceFamily(common);
  if (common !== undefined && family === undefined) {
    throw new ConfigError(`${COMMON}: ${common} is neither 0x and 40 hex digits (EVM) nor 0x and 56 to 64 (Starknet)`);
  }
  return chains.map((chain) => {
    const own = creditsVariableOf(chain.caip2);
    const fitting = familyOf(chain.caip2) === family ? common : undefined;
    const creditsAddress = chain.creditsAddress ?? (env[own] || undefined) ?? fitting;
    if (creditsAddress !== undefined) return { ...chain, creditsAddress };
    throw new ConfigError(`chain ${chain.caip2}: creditsAddress is required: in the file, in ${own} or in ${COMMON}`);
  });
}
