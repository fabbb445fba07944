/** The `coffer` command. */
import { Command, CommanderError } from 'commander';
import { addChain } from './chain.ts';
import { EXIT, exitCodeOf } from './context.ts';
import { addDeposits } from './deposits.ts';
import { addEvents } from './events.ts';
import { addKeys } from './keys.ts';
import { addLedger } from './ledger.ts';
import { addMigrate } from './migrate.ts';
import { addOrgs } from './orgs.ts';
import { addSecrets } from './secrets.ts';
import { addServe } from './serve.ts';
import { addWallets } from './wallets.ts';
import { addWebhooks } from './webhooks.ts';

const EXIT_CODES = `
Exit codes:
  0  done
  ${EXIT.failed}  failed; the message says why
  ${EXIT.usage}  usage: an unknown command or option, or a value that does not fit
  ${EXIT.config}  the configuration (environment, COFFER_CONFIG) does not work
  ${EXIT.notFound}  what was named does not exist

The database is the one of DATABASE_URL, else the one of our own in COFFER_DATA_DIR (.data/).`;

/** Commander's own errors are usage errors, but for help and version that were asked for. */
function exitCode(error: unknown): number {
  if (!(error instanceof CommanderError)) return exitCodeOf(error);
  return error.exitCode === 0 ? 0 : EXIT.usage;
}

async function main(): Promise<void> {
  const program = new Command('coffer')
    .description('prepaid credits: orgs, keys and the database of a Coffer deployment')
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride();
  const nouns = [addMigrate, addOrgs, addKeys, addLedger, addWallets, addServe, addDeposits, addChain];
  for (const add of [...nouns, addEvents, addWebhooks, addSecrets]) add(program);
  program.addHelpText('after', EXIT_CODES);
  for (const command of program.commands) {
    for (const one of [command, ...command.commands])
      one.exitOverride().showHelpAfterError('(--help shows what there is)');
  }
  await program.parseAsync();
}

try {
  await main();
} catch (error) {
  process.exitCode = exitCode(error);
  if (!(error instanceof CommanderError)) {
    console.error(`coffer: ${error instanceof Error ? error.message : String(error)}`);
  }
}
