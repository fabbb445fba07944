import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { creditsVariableOf } from './credits-address.ts';

const folder = mkdtempSync(join(tmpdir(), 'coffer-credits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const address = (digit: string, digits = 40): string => `0x${digit.repeat(digits)}`;
const chain = (caip2: string, creditsAddress?: string): object => ({
  caip2,
  rpcUrls: ['http://127.0.0.1:1'],
  tokens: [{ symbol: 'USDC', address: address('5', 40) }],
  startBlock: 0,
  devnet: true,
  ...(creditsAddress === undefined ? {} : { creditsAddress }),
});

/** The credits address of each chain. */
function creditsOf(chains: readonly object[], env: Readonly<Record<string, string>>): Record<string, string> {
  const path = join(folder, 'coffer.json');
  writeFileSync(path, JSON.stringify({ chains }));
  const read = readConfig({ COFFER_CONFIG: path, ...env });
  return Object.fromEntries(read.chains.map(({ caip2, creditsAddress }) => [caip2, creditsAddress]));
}

it('S13 the credits address comes from the file, else from the variable of the chain, else from the common one', () => {
  const [inFile, own, common] = [address('a'), address('b'), address('c')];
  const chains = [chain('eip155:1', inFile), chain('eip155:8453'), chain('eip155:10')];
  const env = {
    COFFER_CREDITS_ADDRESS: common,
    COFFER_CREDITS_ADDRESS_EIP155_1: own,
    COFFER_CREDITS_ADDRESS_EIP155_8453: own,
  };
  expect(creditsOf(chains, env)).toEqual({ 'eip155:1': inFile, 'eip155:8453': own, 'eip155:10': common });
  expect(creditsVariableOf('starknet:SN_MAIN')).toBe('COFFER_CREDITS_ADDRESS_STARKNET_SN_MAIN');
});

it('S13 the common variable is for the chains whose family its form fits, and a chain without an address is refused', () => {
  const felt = address('1', 63);
  const both = [chain('eip155:1', address('a')), chain('starknet:SN_MAIN')];
  expect(creditsOf(both, { COFFER_CREDITS_ADDRESS: felt })).toMatchObject({ 'starknet:SN_MAIN': felt });
  expect(() => creditsOf(both, { COFFER_CREDITS_ADDRESS: address('c') })).toThrow(
    'chain starknet:SN_MAIN: creditsAddress is required: in the file, in COFFER_CREDITS_ADDRESS_STARKNET_SN_MAIN or in COFFER_CREDITS_ADDRESS',
  );
  expect(() => creditsOf(both, { COFFER_CREDITS_ADDRESS: address('1', 50) })).toThrow(
    'is neither 0x and 40 hex digits (EVM) nor 0x and 56 to 64 (Starknet)',
  );
});
