import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CODE_SUFFIX } from '../core/code-file.ts';
import { CliError } from './context.ts';

const SERVICE = join(import.meta.dirname, '..', `main${CODE_SUFFIX}`);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `coffer serve`: runs the service as a child process, forwards signals to it and exits with its exit code. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run the service, as `npm start` does')
    .option('--roles <roles>', 'any of api, detector, events (default: COFFER_ROLES)')
    .action(async ({ roles }: { roles?: string }) => {
      const args = roles === undefined ? [SERVICE] : [SERVICE, `--roles=${roles}`];
      const child = spawn(process.execPath, args, { stdio: 'inherit' });
      // Ctrl-C in a terminal reaches the child directly.
      for (const signal of SIGNALS) process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
      const [code] = await once(child, 'exit');
      const ended: unknown = code;
      // The service has printed why, and uses the same exit codes as this program.
      if (typeof ended === 'number') process.exitCode = ended;
      else throw new CliError('a signal ended the service');
    });
}
