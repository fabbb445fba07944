/** The detector as a child process that can be killed at its failpoints. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevChain } from '../../../devnet/dev-chain.ts';
import { startNode, type RunningProgram } from '../process/processes.ts';

/** Where a power cut can stop a detector, in the order in which a deposit passes these points. */
export const FAILPOINTS = [
  'detector.after-read',
  'detector.before-commit',
  'detector.after-intent',
  'detector.between-entry-and-status',
] as const;

export interface DetectorChild {
  /** @param options `program` runs another build than this one; `env` is added to the environment. */
  start(options?: { readonly program?: string; readonly env?: NodeJS.ProcessEnv }): RunningProgram;
  /** Makes the next process that passes the failpoint die there, or pause until it gets SIGCONT. */
  arm(failpoint: string, signal?: 'SIGKILL' | 'SIGSTOP'): void;
  isArmed(failpoint: string): boolean;
  removeFiles(): void;
}

/** Prepares a child that reads these chains into that database. */
export function prepareDetectorChild(chains: readonly DevChain[], databaseUrl: string): DetectorChild {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-detector-'));
  const configPath = join(folder, 'config.json');
  const config = {
    senderPolicy: 'first_come',
    chains: chains.map((chain) => ({
      caip2: chain.caip2,
      rpcUrls: [chain.rpcUrl],
      wsUrl: chain.wsUrl,
      tokens: [{ symbol: 'USDC', address: chain.usdc }],
      creditsAddress: chain.creditsAddress,
      startBlock: 0,
      // Scenarios distinguish transfers by amounts of a few micro-dollars.
      minDepositUsd: '0',
      devnet: true,
    })),
  };
  writeFileSync(configPath, JSON.stringify(config));
  const fileOf = (failpoint: string): string => join(folder, failpoint);
  return {
    start: ({ program = 'test/support/run-detector.ts', env = {} } = {}) =>
      startNode([program], {
        COFFER_CONFIG: configPath,
        DATABASE_URL: databaseUrl,
        COFFER_FAILPOINT_FILES: folder,
        ...env,
      }),
    arm: (failpoint, signal = 'SIGKILL') => writeFileSync(fileOf(failpoint), signal),
    isArmed: (failpoint) => existsSync(fileOf(failpoint)),
    removeFiles: () => rmSync(folder, { recursive: true }),
  };
}
