/** Shared code of the commands that talk to a running devnet. */
import type { WorldFile } from './world-files.ts';

/** The arguments are invalid; the usage line is printed with the message. */
export class UsageError extends Error {}

/** One of the running chains, by `evm`, `starknet` or its CAIP-2 name. @throws UsageError */
export function findChain(world: WorldFile, name: string): WorldFile['chains'][number] {
  const prefix = { evm: 'eip155:', starknet: 'starknet:' }[name];
  const chain = world.chains.find((one) => (prefix === undefined ? one.caip2 === name : one.caip2.startsWith(prefix)));
  const known = world.chains.map((one) => one.caip2).join(', ');
  if (chain === undefined) throw new UsageError(`--chain ${name} is not a running chain (running: ${known})`);
  return chain;
}

/**
 * Runs a command and gives its exit code: 2 for wrong arguments, 1 for any other failure. With `--help` it prints the
 * usage instead. Nothing is thrown.
 */
export async function runCommand(usage: string, command: () => Promise<void>): Promise<number> {
  if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) {
    console.log(usage);
    return 0;
  }
  try {
    await command();
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    if (isUsage) console.error(usage);
    return isUsage ? 2 : 1;
  }
}
