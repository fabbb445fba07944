/** The `coffer` command. */
import { Command, CommanderError } from 'commander';
import project from '../../package.json' with { type: 'json' };
import { EXIT } from '../config/exit-codes.ts';
import { ABOUT } from './print/about.ts';

type AddNoun = (program: Command) => void;

/** The code of a noun is loaded only when it is used, since loading all of it takes a second. */
const NOUNS: Readonly<Record<string, () => Promise<AddNoun>>> = {
  migrate: async () => (await import('./migrate.ts')).addMigrate,
  database: async () => (await import('./servers/command.ts')).addDatabase,
  orgs: async () => (await import('./orgs.ts')).addOrgs,
  keys: async () => (await import('./keys.ts')).addKeys,
  approvals: async () => (await import('./approvals.ts')).addApprovals,
  balance: async () => (await import('./balance.ts')).addBalance,
  reports: async () => (await import('./reports/place.ts')).addReports,
  statement: async () => (await import('./reports/statement.ts')).addStatement,
  why: async () => (await import('./why/command.ts')).addWhy,
  ledger: async () => (await import('./ledger.ts')).addLedger,
  wallets: async () => (await import('./wallets/command.ts')).addWallets,
  serve: async () => (await import('./serve.ts')).addServe,
  orders: async () => (await import('./orders.ts')).addOrders,
  'auto-refill': async () => (await import('./billing/auto-refill.ts')).addAutoRefill,
  payments: async () => (await import('./payments.ts')).addPayments,
  budgets: async () => (await import('./budgets/command.ts')).addBudgets,
  prices: async () => (await import('./prices.ts')).addPrices,
  plans: async () => (await import('./billing/plans.ts')).addPlans,
  subscriptions: async () => (await import('./billing/subscriptions.ts')).addSubscriptions,
  users: async () => (await import('./people/users.ts')).addUsers,
  credits: async () => (await import('./people/credits.ts')).addCredits,
  pay: async () => (await import('./pay.ts')).addPay,
  deposits: async () => (await import('./deposits.ts')).addDeposits,
  holds: async () => (await import('./holds.ts')).addHolds,
  chain: async () => (await import('./chain.ts')).addChain,
  events: async () => (await import('./events.ts')).addEvents,
  webhooks: async () => (await import('./webhooks.ts')).addWebhooks,
  secrets: async () => (await import('./secrets.ts')).addSecrets,
  peppers: async () => (await import('./peppers/command.ts')).addPeppers,
  audit: async () => (await import('./audit.ts')).addAudit,
  jobs: async () => (await import('./desk/jobs.ts')).addJobs,
  rails: async () => (await import('./billing/rails.ts')).addRails,
  backup: async () => (await import('./backup/command.ts')).addBackup,
  restore: async () => (await import('./backup/command.ts')).addRestore,
  recover: async () => (await import('./recover.ts')).addRecover,
  canary: async () => (await import('./canary/command.ts')).addCanary,
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
async function exitCode(error: unknown): Promise<number> {
  if (!(error instanceof CommanderError)) return (await import('./context.ts')).exitCodeOf(error);
  return error.exitCode === 0 ? 0 : EXIT.usage;
}

/** Adds the commands that the first word needs: the one that it names, or the names of all with a line about each. */
async function addNouns(program: Command, word: string): Promise<void> {
  const named = NOUNS[word];
  if (named) (await named())(program);
  else {
    for (const [name, load] of Object.entries(NOUNS)) {
      const about = word === 'help' ? undefined : ABOUT[name];
      if (about === undefined) (await load())(program);
      else program.command(name).description(about);
    }
  }
}

async function main(): Promise<void> {
  const program = new Command('coffer')
    .description(`Coffer ${project.version}, prepaid credits: orgs, keys and the database of a deployment`)
    .version(project.version, '--version', 'print the version')
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride();
  await addNouns(program, process.argv[2] ?? '');
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
  process.exitCode = await exitCode(error);
  if (!(error instanceof CommanderError)) {
    console.error(`coffer: ${error instanceof Error ? error.message : String(error)}`);
  }
}
