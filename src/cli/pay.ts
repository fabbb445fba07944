/** `coffer pay`: an org's own payment account, its wallet, and what it sells. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { needsApproval } from '../core/access/approvals.ts';
import { NO_REFILL } from '../core/billing/auto-refill.ts';
import { accountName } from '../core/billing/facts.ts';
import { ledgerKey, uuidV7, walletId } from '../core/ids.ts';
import { offlineDeposit } from '../core/ledger/bookings.ts';
import type { CreditCommand, DebitCommand } from '../core/ledger/commands.ts';
import { inputHash } from '../core/ledger/entry.ts';
import { debitType, revenueAccount } from '../core/ledger/vocabulary.ts';
import { noteRequest } from '../db/access/audit.ts';
import { findCustomer } from '../db/billing/customers.ts';
import { freeTierChange } from '../db/approvals/free-tier.ts';
import { findFreeTier } from '../db/billing/free-tier.ts';
import { findRefillSetting } from '../db/billing/refill-settings.ts';
import { findStanding } from '../db/ledger/balance-now.ts';
import { SEQ_END } from '../db/ledger/entries.ts';
import { listTransactions, transactionOf } from '../db/ledger/transactions.ts';
import { viewOfOrgBilling } from '../views/org-billing.ts';
import { dollars, viewOfOrgWallet, viewOfTransaction } from '../views/transaction.ts';
import { changeOrAskHere } from './approvals.ts';
import { actHere, CliError, EXIT, printTable } from './context.ts';
import { readExternalId, readLimit, readWords } from './options.ts';
import { readAmount, readAmountOrZero } from './paying/amounts.ts';
import { addRefillOptions, changeRefillHere, type RefillOptions } from './paying/refill.ts';
import { payCommand, printMicros, rowsOf, withPay, type PayMeans, type PayOptions } from './paying/means.ts';
import { addProducts } from './paying/products.ts';

const SERVICE = 'ORG_CHARGE';
const LIST_DEFAULT = 100;

async function settings(options: PayOptions): Promise<void> {
  const view = await withPay(options, settingsView);
  if (options.json === true) return printMicros(view);
  printTable(['', ''], rowsOf(view));
}

async function settingsView({ db, org, accounts, config }: PayMeans): Promise<object> {
  const name = accountName('stripe', org.id);
  const account = await accounts.describe(org.id);
  const mode = account.mode ?? config.payments.mode;
  const customer = await findCustomer(db, { org: org.id, account: name, mode });
  return viewOfOrgBilling({
    org: org.id,
    account,
    webhookUrl: `${config.publicUrl.replace(/\/$/, '')}/webhooks/stripe/${org.id}`,
    freeTierMicros: await findFreeTier(db),
    hasMethod: typeof customer?.method === 'string',
    refill: (await findRefillSetting(db, org.id, name)) ?? { ...NO_REFILL, consent: null, stopped: null },
  });
}

interface SetOptions extends PayOptions, RefillOptions {
  readonly stripeKeyFile?: string;
  readonly webhookSecretFile?: string;
  readonly freeTier?: bigint;
}

async function set({ stripeKeyFile, webhookSecretFile, freeTier, ...options }: SetOptions): Promise<void> {
  const change = { secretKey: secretIn(stripeKeyFile), webhookSecret: secretIn(webhookSecretFile) };
  const { json } = options;
  const view = await withPay(options, async (means) => {
    await changeRefillHere(means, options);
    await means.accounts.change(means.org.id, change);
    const input = { amountMicros: freeTier ?? 0n };
    const isAsked =
      freeTier !== undefined && (await changeOrAskHere(means, freeTierChange, { input, json })) === undefined;
    return isAsked ? undefined : settingsView(means);
  });
  if (view === undefined) return;
  if (json === true) return printMicros(view);
  printTable(['', ''], rowsOf(view));
}

/** A secret from its file: arguments of commands are visible to others on the machine. */
function secretIn(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new CliError(`the file ${path} cannot be read`, EXIT.notFound);
  }
}

async function wallet(options: PayOptions): Promise<void> {
  const micros = await withPay(options, async ({ db, org }) => {
    const standing = await findStanding(db, walletId({ kind: 'org', id: org.id }), new Date());
    return standing?.available ?? 0n;
  });
  if (options.json === true) return printMicros(viewOfOrgWallet(micros));
  console.log(dollars(micros));
}

interface MoveOptions extends PayOptions {
  readonly amount: bigint;
  readonly description: string;
  readonly app?: string;
}

async function deposit({
  amount: amountMicros,
  description: reason,
  app: appId,
  ...options
}: MoveOptions): Promise<void> {
  await move(options, (means) => {
    checkLimit(means, amountMicros);
    return offlineDeposit({ amountMicros, reason, notes: { appId } });
  });
}

/** @throws CliError for an amount that one person may not give */
function checkLimit({ config }: PayMeans, amountMicros: bigint): void {
  if (!needsApproval(amountMicros, config.adminEntryLimitMicros)) return;
  throw new CliError(
    'above adminEntryLimitUsd a second person has to approve: use POST /orgs/{org}/wallet, which asks for it',
  );
}

async function charge({ amount: amountMicros, description, app: appId, ...options }: MoveOptions): Promise<void> {
  await move(options, ({ org }) => {
    if (org.suspendedAt !== null) throw new CliError('the org is suspended');
    const type = debitType(SERVICE);
    const notes = { description, appId };
    return { op: 'debit', type, amountMicros, contra: revenueAccount(SERVICE), service: SERVICE, notes };
  });
}

async function move(options: PayOptions, commandOf: (means: PayMeans) => CreditCommand | DebitCommand): Promise<void> {
  const transaction = await withPay(options, async (means) => {
    const command = commandOf(means);
    const { db, org } = means;
    const input = JSON.stringify({ type: command.type, amount: String(command.amountMicros), ...command.notes });
    await noteRequest(db, actHere(), { subjectId: org.id, org: org.id, input });
    const key = uuidV7(Date.now());
    const { entries } = await means.writer.submit({
      wallet: walletId({ kind: 'org', id: means.org.id }),
      command,
      key: ledgerKey('operator', key),
      inputHash: inputHash(key),
    });
    return transactionOf(entries);
  });
  const view = { ...viewOfOrgWallet(transaction.balanceMicros), transaction: viewOfTransaction(transaction) };
  if (options.json === true) return printMicros(view);
  console.log(`${dollars(transaction.amountMicros)}; the wallet has ${view.wallet_balance_usd}`);
}

async function transactions({ app, limit, ...options }: PayOptions & { app?: string; limit: number }): Promise<void> {
  const found = await withPay(options, async ({ db, org }) => {
    const filter = { wallet: walletId({ kind: 'org', id: org.id }), appId: app, beforeSeq: SEQ_END, limit };
    return (await listTransactions(db, filter)).map(viewOfTransaction);
  });
  if (options.json === true) return printMicros({ transactions: found });
  printTable(
    ['id', 'type', 'amount', 'balance', 'app', 'description', 'at'],
    found.map((one) => [
      one.transaction_id,
      one.type,
      dollars(one.amount_micros),
      dollars(one.balance_after),
      one.app_id,
      one.description,
      one.created_at,
    ]),
  );
}

/** `coffer pay`. */
export function addPay(program: Command): void {
  const pay = program.command('pay').description("an org's own payment account, its wallet, and what it sells");
  payCommand(pay, 'settings', 'show the billing settings of an org; no secret is shown').action(settings);
  addRefillOptions(payCommand(pay, 'set', 'change billing settings; secrets come from files'))
    .option('--stripe-key-file <path>', 'file with a secret or restricted key of its Stripe account')
    .option('--webhook-secret-file <path>', 'file with the secret that signs the webhooks of that account')
    .option('--free-tier <micros>', 'what every new org is given, in micro-dollars', readAmountOrZero)
    .action(set);
  payCommand(pay, 'wallet', 'show what an org can spend').action(wallet);
  for (const [name, about, action] of [
    ['deposit', 'record money that came in by hand', deposit],
    ['charge', 'charge an org', charge],
  ] as const) {
    payCommand(pay, name, about)
      .requiredOption('--amount <micros>', 'in micro-dollars', readAmount)
      .requiredOption('--description <words>', 'what it is; it is stored', readWords)
      .option('--app <id>', 'the app that it belongs to', readExternalId)
      .action(action);
  }
  payCommand(pay, 'transactions', 'list what moved the wallet of an org, newest first')
    .option('--app <id>', 'of this app only', readExternalId)
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .action(transactions);
  addProducts(pay);
}
