/** `coffer peppers`: the secrets under which API keys are hashed, and how one takes the place of another. */
import { InvalidArgumentError, type Command } from 'commander';
import { changePeppers, readPeppers } from '../../config/secrets.ts';
import {
  createPepper,
  PepperError,
  peppersIn,
  withNext,
  withNextUsed,
  withoutPepper,
  type PepperFile,
} from '../../core/access/peppers.ts';
import { readConfig } from '../../config/config.ts';
import { countKeysByPepper, listKeysUnder } from '../../db/access/key-peppers.ts';
import { CliError, confirm, EXIT, printJson, printTable, withDatabase } from '../context.ts';
import { showPeppers } from './finding.ts';

const KEYS_MAX = 1_000;
const UNKNOWN = 'unknown';

interface Printing {
  readonly json?: boolean;
}

function readPepperId(text: string): string {
  if (/^[0-9a-f]{8}$/.test(text)) return text;
  throw new InvalidArgumentError('the id of a pepper is 8 hex digits');
}

const readIdOrUnknown = (text: string): string | null => (text === UNKNOWN ? null : readPepperId(text));

/** Changes the file of the configuration; gives its path. @throws CliError when the change makes no sense */
function change(how: (file: PepperFile) => PepperFile): string {
  const config = readConfig(process.env);
  try {
    return changePeppers(config, how);
  } catch (error) {
    if (error instanceof PepperError) throw new CliError(`the pepper file ${error.message}`);
    throw error;
  }
}

function add({ json }: Printing): void {
  const pepper = createPepper();
  const file = change((before) => withNext(before, pepper));
  if (json === true) return printJson({ id: pepper.id, file });
  console.log(
    `${file}: ${pepper.id} opens keys and hashes none yet; copy the file to every machine, then run \`coffer peppers use\``,
  );
}

function use({ json }: Printing): void {
  let id = '';
  const file = change((before) => {
    const after = withNextUsed(before);
    id = after.current.id;
    return after;
  });
  if (json === true) return printJson({ id, file });
  console.log(`${file}: keys are hashed under ${id}; copy the file to every machine, then restart every process`);
}

async function list({ json }: Printing): Promise<void> {
  const peppers = await withDatabase(async (db, config) =>
    showPeppers(readPeppers(config), await countKeysByPepper(db, new Date())),
  );
  if (json === true) return printJson({ peppers });
  printTable(
    ['pepper', 'state', 'live keys'],
    peppers.map(({ id, state, liveKeys }) => [id ?? '-', state, String(liveKeys)]),
  );
}

async function listKeys(pepper: string | null, { json }: Printing): Promise<void> {
  const keys = await withDatabase(async (db) => listKeysUnder(db, { pepper, now: new Date(), limit: KEYS_MAX }));
  const shown = keys.map((key) => ({ ...key, lastUsedAt: key.lastUsedAt?.toISOString() ?? null }));
  if (json === true) return printJson({ keys: shown });
  printTable(
    ['id', 'name', 'org', 'last used'],
    shown.map(({ id, name, org, lastUsedAt }) => [id, name, org, lastUsedAt]),
  );
}

async function remove(id: string, { yes, json }: Printing & { readonly yes?: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const known = peppersIn(readPeppers(config)).some((pepper) => pepper.id === id);
  if (!known) throw new CliError(`the pepper file has no ${id}`, EXIT.notFound);
  const uses = await withDatabase(async (db) => countKeysByPepper(db, new Date()));
  const lost = uses
    .filter(({ pepper }) => pepper === id || pepper === null)
    .reduce((sum, one) => sum + one.liveKeys, 0);
  if (lost > 0 && yes !== true) {
    await confirm(`${lost} live keys are or may be hashed under ${id}, and would be refused for good. Remove it?`);
  }
  const file = change((before) => withoutPepper(before, id));
  if (json === true) return printJson({ id, file });
  console.log(`${file}: ${id} is removed; copy the file to every machine, then restart every process`);
}

/** `coffer peppers`. */
export function addPeppers(program: Command): void {
  const peppers = program
    .command('peppers')
    .description('the secrets under which API keys are hashed; how one takes the place of another');

  peppers
    .command('add')
    .description('put a new pepper into the pepper file, which opens keys and hashes none yet')
    .option('--json', 'print JSON')
    .action(add);
  peppers
    .command('use')
    .description('hash keys under the pepper that was added; the others go on opening theirs')
    .option('--json', 'print JSON')
    .action(use);
  peppers
    .command('list')
    .description('the peppers of the file, and how many keys that are neither revoked nor expired each has')
    .option('--json', 'print JSON')
    .action(list);
  peppers
    .command('keys')
    .description(`the keys of a pepper that are neither revoked nor expired, up to ${KEYS_MAX}, the last used first`)
    .argument('<pepper>', `its id, or ${UNKNOWN}: keys that name none`, readIdOrUnknown)
    .option('--json', 'print JSON')
    .action(listKeys);
  peppers
    .command('remove')
    .description('take a pepper out of the pepper file; keys that are hashed under it are refused from then on')
    .argument('<pepper>', 'its id', readPepperId)
    .option('--yes', 'also if live keys are hashed under it')
    .option('--json', 'print JSON')
    .action(remove);
}
