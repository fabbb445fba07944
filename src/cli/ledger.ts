/** `coffer ledger`: verifies the hash chains and signs anchors of the heads. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { anchorDigest, createAnchorKey, signAnchor } from '../core/ledger/anchor.ts';
import { formatUsd } from '../core/money.ts';
import { findLostHead, readAnchorHeads } from '../db/ledger/anchor.ts';
import { verifyLedger, type Verification } from '../db/ledger/verify.ts';
import { openAnchor, readText } from './anchor-file.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';

const PROGRESS_EVERY_WALLETS = 1_000;
/** Most rows of one table that are printed; --json prints all. */
const ROWS_SHOWN_MAX = 50;

interface VerifyOptions {
  readonly anchor?: string;
  readonly publicKey?: string;
  readonly json?: boolean;
}

interface AnchorOptions {
  readonly out: string;
  readonly key: string;
  readonly previous?: string;
  readonly json?: boolean;
}

/** Never overwrites a file: a lost anchor or key cannot be made again. */
function writeNew(path: string, text: string, mode: number): void {
  try {
    writeFileSync(path, text, { mode, flag: 'wx' });
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${error instanceof Error ? error.message : ''}`);
  }
}

async function anchor({ out, key, previous, json }: AnchorOptions): Promise<void> {
  const before = previous === undefined ? undefined : openAnchor(previous, key);
  const heads = await withDatabase(async (db) => {
    const lost = before && (await findLostHead(db, before.heads));
    if (lost) {
      throw new CliError(
        `ent_${lost.wallet}_${lost.seq} differs from ${previous}: nothing was signed; run coffer ledger verify`,
      );
    }
    return readAnchorHeads(db);
  });
  const at = new Date().toISOString();
  const link = previous === undefined ? null : anchorDigest(readText(previous));
  const text = signAnchor({ at, previous: link, heads }, readText(key));
  writeNew(out, text, 0o644);
  const summary = { file: out, at, wallets: heads.length, digest: anchorDigest(text), previous: link };
  if (json === true) printJson(summary);
  else console.log(`${out}: the heads of ${heads.length} wallets at ${at}\ndigest ${summary.digest}`);
}

function makeKey({ out, json }: { readonly out: string; readonly json?: boolean }): void {
  const { privateKeyPem, publicKeyPem } = createAnchorKey();
  writeNew(out, privateKeyPem, 0o600);
  writeNew(`${out}.pub`, publicKeyPem, 0o644);
  if (json === true) return printJson({ privateKey: out, publicKey: `${out}.pub` });
  console.log(
    `${out}: the private key that signs anchors; keep it secret\n${out}.pub: the public key that checks them`,
  );
}

function showProgress({ wallets, entries }: { readonly wallets: number; readonly entries: number }): void {
  if (wallets % PROGRESS_EVERY_WALLETS === 0) console.error(`${wallets} wallets, ${entries} entries so far`);
}

/** A number with its noun. */
function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function contraRows(contra: Verification['contra']): [string, string][] {
  return [...contra].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([account, sum]) => [account, formatUsd(sum)]);
}

function printVerification(result: Verification, anchorAt: string | undefined): void {
  const { wallets, entries, faults, missingGuards, erased, unproven } = result;
  if (result.contra.size > 0) printTable(['contra account', 'received from wallets, USD'], contraRows(result.contra));
  console.log(`${counted(wallets, 'wallet')}, ${counted(entries, 'entry', 'entries')}`);
  if (erased > 0) console.log(`erased: the description and metadata of ${erased} entries`);
  for (const guard of missingGuards) console.log(`FAULT: the database lacks ${guard}`);
  for (const { entry, what } of faults.slice(0, ROWS_SHOWN_MAX)) console.log(`FAULT: ${entry}: ${what}`);
  if (faults.length > ROWS_SHOWN_MAX) console.log(`and ${faults.length - ROWS_SHOWN_MAX} more wallets with faults`);
  if (unproven.entries > 0) {
    const since = anchorAt === undefined ? 'no anchor was given' : `written after the anchor of ${anchorAt}`;
    const what = counted(unproven.entries, 'entry', 'entries');
    console.log(`outside any anchor: ${what} (${since}); a later anchor can prove them`);
    if (anchorAt !== undefined) {
      for (const { wallet, fromSeq, toSeq } of unproven.wallets.slice(0, ROWS_SHOWN_MAX)) {
        console.log(`  ent_${wallet}_${fromSeq} to ${toSeq}`);
      }
    }
  }
}

async function verify({ anchor: file, publicKey, json }: VerifyOptions): Promise<void> {
  if ((file === undefined) !== (publicKey === undefined)) {
    throw new CliError('--anchor and --public-key go together', EXIT.usage);
  }
  const facts = file !== undefined && publicKey !== undefined ? openAnchor(file, publicKey) : undefined;
  const onProgress = json === true ? undefined : showProgress;
  const result = await withDatabase(async (db) => verifyLedger(db, { anchor: facts, onProgress }));
  if (json === true)
    printJson({ ...result, anchor: facts?.at ?? null, contra: Object.fromEntries(contraRows(result.contra)) });
  else printVerification(result, facts?.at);
  const faults = result.faults.length + result.missingGuards.length;
  if (faults > 0) throw new CliError(`the ledger does not verify: ${faults} faults`);
  if (json !== true) console.log('the ledger verifies');
}

/** `coffer ledger`. */
export function addLedger(program: Command): void {
  const ledger = program.command('ledger').description('verify the ledger, and sign its state');

  ledger
    .command('verify')
    .description('walk every hash chain, recompute every balance, lot, hold and contra account; fails on any fault')
    .option('--anchor <file>', 'also compare with this anchor: finds cut tails and rewritten chains')
    .option('--public-key <file>', 'the public key that checks the anchor')
    .option('--json', 'print JSON')
    .action(verify);

  ledger
    .command('anchor')
    .description('sign the head of every wallet; keep the file out of reach of everyone with access to the database')
    .requiredOption('--out <file>', 'a new file')
    .requiredOption('--key <file>', 'the private key, made by coffer ledger anchor-key')
    .option('--previous <file>', 'the previous anchor: nothing is signed if a row that it covers has changed')
    .option('--json', 'print JSON')
    .action(anchor);

  ledger
    .command('anchor-key')
    .description('make a key pair for anchors (Ed25519): the private key in the file, the public key beside it as .pub')
    .requiredOption('--out <file>', 'a new file, readable by its owner only')
    .option('--json', 'print JSON')
    .action(makeKey);
}
