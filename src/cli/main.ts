/** The `coffer` command. */
import { Command, CommanderError } from 'commander';
import project from '../../package.json' with { type: 'json' };
import { EXIT, exitCodeOf } from './context.ts';

type AddNoun = (program: Command) => void;

/** The code of a noun is loaded only when it is used: loading the chain libraries alone takes a second. */
const NOUNS: Readonly<Record<string, () => Promise<AddNoun>>> = {
  migrate: async () => (await import('./migrate.ts')).addMigrate,
  orgs: async () => (await import('./orgs.ts')).addOrgs,
  keys: async () => (await import('./keys.ts')).addKeys,
  approvals: async () => (await import('./approvals.ts')).addApprovals,
  balance: async () => (await import('./balance.ts')).addBalance,
  ledger: async () => (await import('./ledger.ts')).addLedger,
  wallets: async () => (await import('./wallets/command.ts')).addWallets,
  serve: async () => (await import('./serve.ts')).addServe,
  orders: async () => (await import('./orders.ts')).addOrders,
  payments: async () => (await import('./payments.ts')).addPayments,
  prices: async () => (await import('./prices.ts')).addPrices,
  deposits: async () => (await import('./deposits.ts')).addDeposits,
  holds: async () => (await import('./holds.ts')).addHolds,
  chain: async () => (await import('./chain.ts')).addChain,
  events: async () => (await import('./events.ts')).addEvents,
  webhooks: async () => (await import('./webhooks.ts')).addWebhooks,
  secrets: async () => (await import('./secrets.ts')).addSecrets,
  audit: async () => (await import('./audit.ts')).addAudit,
  rails: async () => (await import('./billing/rails.ts')).addRails,
  recover: async () => (await import('./recover.ts')).addRecover,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
  config: async () => (await import('./config.ts')).addConfig,
};

const EXIT_CODES = `
Exit codes:
  0  done
  ${EXIT.failed}  failed; the message says why
  ${EXIT.usage}  usage: an unknown command or option, or a value that does not fit
  ${EXIT.config}  the configuration (environment, COFFER_CONFIG) is invalid
  ${EXIT.notFound}  the named org, key, deposit, file or the like does not exist

The database is the one of DATABASE_URL, else the built-in one in COFFER_DATA_DIR (.data/).`;

/** Errors of Commander are usage errors, except a requested help or version, which is a success. */
function exitCode(error: unknown): number {
  if (!(error instanceof CommanderError)) return exitCodeOf(error);
  return error.exitCode === 0 ? 0 : EXIT.usage;
}

function nounsFor(word: string): readonly (() => Promise<AddNoun>)[] {
  const named = NOUNS[word];
  if (named) return [named];
  return word === '--version' ? [] : Object.values(NOUNS);
}

async function main(): Promise<void> {
  const program = new Command('coffer')
    .description(`Coffer ${project.version}, prepaid credits: orgs, keys and the database of a deployment`)
    .version(project.version, '--version', 'print the version')
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride();
  for (const load of nounsFor(process.argv[2] ?? '')) (await load())(program);
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
