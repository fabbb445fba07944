import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CliError } from './context.ts';

const SERVICE = join(import.meta.dirname, '..', 'main.ts');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `coffer serve`: the service as a process of its own, which signals reach and whose end is ours. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run the service, as `npm start` does')
    .option('--roles <roles>', 'any of api, detector, events (default: COFFER_ROLES)')
    .action(async ({ roles }: { roles?: string }) => {
      const args = roles === undefined ? [SERVICE] : [SERVICE, `--roles=${roles}`];
      const child = spawn(process.execPath, args, { stdio: 'inherit' });
      // Ctrl-C in a terminal reaches the child by itself.
      for (const signal of SIGNALS) process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
      const [code] = await once(child, 'exit');
      const ended: unknown = code;
      // The service has told why, and ends as this program would.
      if (typeof ended === 'number') process.exitCode = ended;
      else throw new CliError('the service was ended by a signal');
    });
}
