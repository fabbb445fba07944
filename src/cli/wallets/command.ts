/** `coffer wallets`: derives, imports and lists deposit addresses and the orgs that have them. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { ACCOUNT_CLASS_HASH } from '../../../detector/starknet/deposit-account.ts';
import { deriveEvmAddress, NotAnXpub } from '../../../detector/evm/deposit-key.ts';
import { judgePool, POOL_LOW_BELOW, type DepositAddress } from '../../core/senders/deposit-address.ts';
import { findCount } from '../../core/integers.ts';
import type { Database } from '../../db/database.ts';
import {
  addToPool,
  addXpub,
  countPool,
  listBurntAddresses,
  listDepositAddresses,
  listXpubs,
  type AddressPosition,
  type BurntAddress,
  type ImportedXpub,
} from '../../db/senders/address-pool.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from '../context.ts';
import { derivePublicHalf, NotASeed, readSeed } from './seed.ts';
import { ACCOUNTS_MAX, INDEX_MAX, readWalletsFile, WalletsFileRefused, type PublicHalf } from './file.ts';

const BATCH_DEFAULT = 1_000;
/** Larger than any file that derive writes. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;
/** Most rows that are printed as a table; --json prints all. */
const ROWS_SHOWN_MAX = 1_000;
const PAGE_SIZE = 5_000;
const STDIN = '-';

function readInput(path: string): string {
  try {
    return readFileSync(path === STDIN ? 0 : path, 'utf8');
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : ''}`, EXIT.notFound);
  }
}

interface DeriveOptions {
  readonly seed: string;
  readonly out: string;
  readonly from: number;
  readonly count: number;
  readonly classHash: string;
  readonly json?: boolean;
}

function derive({ seed, out, from, count, classHash, json }: DeriveOptions, { args }: Command): void {
  // Checked here and not by the parser, whose message would repeat what may be a mnemonic.
  if (args.length > 0) throw new CliError('derive takes no arguments: pass the seed as a file or on stdin', EXIT.usage);
  if (from + count - 1 > INDEX_MAX)
    throw new CliError(`--from and --count reach beyond the highest index, ${INDEX_MAX}`, EXIT.usage);
  const text = readInput(seed);
  if (seed !== STDIN && (statSync(seed).mode & 0o077) !== 0) {
    console.error(`coffer: warning: others on this machine can read ${seed}: chmod 600 ${seed}`);
  }
  let file: ReturnType<typeof derivePublicHalf>;
  try {
    file = derivePublicHalf(readSeed(text), { fromIndex: from, count, classHash });
  } catch (error) {
    throw error instanceof NotASeed ? new CliError(`${seed}: ${error.message}`) : error;
  }
  try {
    writeFileSync(out, `${JSON.stringify(file, undefined, 1)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new CliError(`${out} cannot be written: ${error instanceof Error ? error.message : ''}`);
  }
  if (json === true) return printJson({ file: out, ...file });
  const { evm, starknet } = file;
  console.log(`EVM xpub (${evm?.path}): ${evm?.xpub}\nEVM address 0: ${evm?.firstAddress}`);
  printTable(
    ['index', 'Starknet address', 'public key'],
    (starknet?.accounts ?? []).slice(0, 5).map(({ index, address, publicKey }) => [String(index), address, publicKey]),
  );
  console.log(`${out}: public halves only, ${count} Starknet accounts; import it with: coffer wallets import ${out}`);
}

function readPublicHalf(path: string): PublicHalf {
  if (path !== STDIN && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > FILE_BYTES_MAX) {
    throw new CliError(`${path} has more than ${FILE_BYTES_MAX} bytes: import batches of ${ACCOUNTS_MAX} accounts`);
  }
  try {
    return readWalletsFile(readInput(path));
  } catch (error) {
    const refused = error instanceof WalletsFileRefused || error instanceof NotAnXpub;
    throw refused ? new CliError(`${path} was not imported: ${error.message}`) : error;
  }
}

async function importXpub(db: Database, xpub: string, at: Date): Promise<'added' | 'known'> {
  const firstAddress = deriveEvmAddress(xpub, 0);
  const isSameKey = (known: string): boolean => deriveEvmAddress(known, 0) === firstAddress;
  const outcome = await addXpub(db, { xpub, isSameKey, at });
  if (outcome !== 'same_key') return outcome;
  throw new CliError('nothing was imported: the key of this xpub is known already, in another encoding');
}

async function importFile(path: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { xpub, accounts } = readPublicHalf(path);
  const at = new Date();
  const done = await withDatabase(async (db) => {
    const evm = xpub === undefined ? undefined : await importXpub(db, xpub, at);
    const starknet = await addToPool(db, accounts, at);
    return { evm, starknet, left: await countPool(db) };
  });
  const { added, known } = done.starknet;
  const starknet = { added, known, left: done.left, pool: judgePool(done.left) };
  if (json === true) return printJson({ evm: done.evm === undefined ? null : { xpub, state: done.evm }, starknet });
  if (done.evm !== undefined) console.log(`EVM xpub: ${done.evm === 'added' ? 'added' : 'already known'}`);
  console.log(`Starknet accounts: ${added} added, ${known} already known, ${done.left} left to assign`);
}

interface Listed {
  readonly xpubs: readonly ImportedXpub[];
  readonly left: number;
  readonly addresses: readonly DepositAddress[];
  readonly burnt: readonly BurntAddress[];
}

async function readAll(db: Database, rowsMax: number): Promise<Listed> {
  const addresses: DepositAddress[] = [];
  let after: AddressPosition | undefined;
  for (let full = true; full && addresses.length < rowsMax;) {
    const page = await listDepositAddresses(db, { limit: PAGE_SIZE, after });
    for (const { position, ...address } of page) {
      addresses.push(address);
      after = position;
    }
    full = page.length === PAGE_SIZE;
  }
  const [xpubs, left, burnt] = [await listXpubs(db), await countPool(db), await readBurnt(db)];
  return { xpubs, left, addresses: addresses.slice(0, rowsMax), burnt };
}

async function readBurnt(db: Database): Promise<BurntAddress[]> {
  const all: BurntAddress[] = [];
  // Each page begins behind the one before, so this ends with the pool.
  for (let full = true; full;) {
    const page = await listBurntAddresses(db, { after: all.at(-1)?.address ?? '', limit: PAGE_SIZE });
    all.push(...page);
    full = page.length === PAGE_SIZE;
  }
  return all;
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const { xpubs, left, addresses, burnt } = await withDatabase(async (db) =>
    readAll(db, json === true ? Infinity : ROWS_SHOWN_MAX),
  );
  const pool = { left, state: judgePool(left) };
  if (json === true) {
    const shown = xpubs.map((one) => ({ ...one, importedAt: one.importedAt.toISOString() }));
    return printJson({
      xpubs: shown,
      starknetPool: pool,
      addresses: addresses.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })),
      burnt,
    });
  }
  for (const { xpub, given } of xpubs) console.log(`EVM xpub ${xpub}, ${given} assigned to orgs`);
  if (xpubs.length === 0) console.log('EVM: no xpub; add one with coffer wallets import');
  console.log(`Starknet pool: ${left} left to assign (${pool.state})`);
  if (burnt.length > 0) {
    console.log(
      `Starknet, burnt by coffer recover: ${burnt.length}; they are watched, and --json has their keys' indices`,
    );
  }
  if (pool.state !== 'ok') {
    console.error(`coffer: warning: fewer than ${POOL_LOW_BELOW} Starknet addresses are left: derive and import more`);
  }
  printTable(
    ['org', 'family', 'address', 'index', 'created'],
    addresses.map((one) => [one.org, one.family, one.address, String(one.keyIndex), one.createdAt.toISOString()]),
  );
}

function readCountOption(min: number, max: number): (text: string) => number {
  return (text) => {
    const count = findCount(text);
    if (count !== undefined && count >= min && count <= max) return count;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

function readFelt(text: string): string {
  if (/^0x[0-9a-fA-F]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be 0x and 1 to 64 hex digits.');
}

/** `coffer wallets`. */
export function addWallets(program: Command): void {
  const wallets = program
    .command('wallets')
    .description('the deposit addresses of orgs; the service holds no spending key');

  wallets
    .command('derive')
    .description('derive addresses from a seed on an offline machine: writes their public half, uses no network')
    .allowExcessArguments()
    .requiredOption('--seed <file>', 'file with a BIP-39 mnemonic or a hex seed; - reads it from stdin')
    .requiredOption('--out <file>', 'a new file, for coffer wallets import')
    .option('--from <index>', 'first Starknet account', readCountOption(0, INDEX_MAX), 0)
    .option('--count <n>', `Starknet accounts, up to ${ACCOUNTS_MAX}`, readCountOption(1, ACCOUNTS_MAX), BATCH_DEFAULT)
    .option(
      '--class-hash <felt>',
      "class of the accounts: a declared one of OpenZeppelin's",
      readFelt,
      ACCOUNT_CLASS_HASH,
    )
    .option('--json', 'print JSON')
    .action(derive);

  wallets
    .command('import')
    .description('import the public half: an xpub for EVM addresses, accounts for the Starknet pool')
    .argument('<file>', 'the file that coffer wallets derive wrote; - reads it from stdin')
    .option('--json', 'print JSON')
    .action(importFile);

  wallets
    .command('list')
    .description(`xpubs, the Starknet pool, and the addresses of orgs: up to ${ROWS_SHOWN_MAX}, all with --json`)
    .option('--json', 'print JSON')
    .action(list);
}
