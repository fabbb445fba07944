/**
 * `npm run demo`: two chains, a database and the real service on one machine. USDC moves and becomes spendable credits
 * while you watch, and so does a card payment that is disputed and won; then a person checks in, subscribes, is charged and
 * is renewed on a test clock. Stays up until stopped; `--once` ends after the demo, with exit code 0 when every check passed. `--folder <path>` keeps its files elsewhere than in .data/demo.
 */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createKeyLine } from '../src/core/access/vault.ts';
import { formatUsd, parseUsd } from '../src/core/money.ts';
import { openLocalPostgres, type LocalPostgres } from '../src/db/schema/local-postgres.ts';
import { migrate } from '../src/db/schema/migrate.ts';
import { runCommand } from './command.ts';
import { openCardShop, openCheckout, payByCard, type CardShop } from './demo/cards.ts';
import { subscribePerson } from './demo/people.ts';
import { call, CREDIT_TIMEOUT_MS, say, step, textIn, until, waitForBalance, type Actors } from './demo/steps.ts';
import { freePort } from './free-port.ts';
import { startIssuer, type Issuer } from './issuer.ts';
import { Narrator } from './demo/narrator.ts';
import { coffer, isRecord, startService, type Service } from './service.ts';
import { makeCofferConfig } from './world-files.ts';
import { startWorld, type DevChain, type World } from './world.ts';

const USAGE = `usage: npm run demo [-- --once] [--folder <path>]
  --once    ends after the demo; without it, everything stays up until it is stopped with Ctrl-C
  --folder  where its files are kept; .data/demo if it is left out`;

const OPTIONS = { once: { type: 'boolean' }, folder: { type: 'string' } } as const;
/** What was asked for; {@link main} refuses anything else. */
const { once, folder } = parseArgs({ options: OPTIONS, strict: false }).values;
const FOLDER = resolve(typeof folder === 'string' ? folder : join(import.meta.dirname, '..', '.data', 'demo'));
const FAILPOINTS = join(FOLDER, 'failpoints');
/** What the `coffer` command needs to work on the demo, for a shell to read. */
const OPERATOR_FILE = join(FOLDER, 'operator.env');
const USDC_EACH = parseUsd('500');

/** Everything that runs, so that it can be stopped in the reverse order of its start. */
interface Stage {
  world?: World;
  issuer?: Issuer;
  cards?: CardShop;
  postgres?: LocalPostgres;
  service?: Service;
}

async function main(): Promise<void> {
  parseArgs({ options: OPTIONS });
  const startedAt = Date.now();
  const stage: Stage = {};
  const stopped = new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  });
  try {
    const show = play(stage, startedAt);
    // A signal during the demo stops the service that it uses, so the errors that follow are not reported.
    show.catch(() => undefined);
    await Promise.race([show, stopped]);
    if (once !== true) await stopped;
  } finally {
    say('stopping ...');
    await stage.service?.stop();
    await stage.world?.stop();
    await stage.issuer?.stop();
    await stage.cards?.stop();
    await stage.postgres?.stop();
  }
}

async function play(stage: Stage, startedAt: number): Promise<void> {
  const { world, issuer, cards, env } = await setUp(stage);
  const narrator = new Narrator(say);
  step('Service and detector');
  const logFile = join(FOLDER, 'service.log');
  const service = await startService(env, { logFile, onLine: (line) => narrator.hear(line) });
  stage.service = service;
  cards.connect(service.url);
  say(`  API on ${service.url}, its log in ${logFile}`);

  step('An org and its key');
  const org = await coffer(env, ['orgs', 'create', '--name', 'Acme']);
  const orgId = textIn(org, 'id');
  const scopes = 'treasury:read,treasury:spend,treasury:admin';
  const key = textIn(
    await coffer(env, ['keys', 'create', '--org', orgId, '--scopes', scopes, '--name', 'demo']),
    'key',
  );
  say(`  org Acme ${orgId}`);
  stage.issuer?.setPerson({ user: 'ada', orgs: { [orgId]: 'owner' } }, 'owner of Acme');
  stage.issuer?.setPerson({ user: 'vik', orgs: { [orgId]: 'viewer' } }, 'viewer of Acme: reads, and changes nothing');
  stage.issuer?.setPerson({ user: 'opal', platformAdmin: true }, 'platform admin: the desk');
  const actors: Actors = { service, narrator, key };

  await transfers(actors, world, startedAt);
  await crash(actors, world);
  await payByCard(actors);
  await prove(actors, world, cards);
  await subscribePerson(service, { env, issuer, cards });
  farewell(actors, { issuer, org: orgId, checkout: await openCheckout(actors) });
}

async function setUp(stage: Stage): Promise<{ world: World; issuer: Issuer; cards: CardShop; env: NodeJS.ProcessEnv }> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FAILPOINTS, { recursive: true });
  step('Two chains with test USDC, a fake Stripe, and PostgreSQL');
  const log = (line: string): void => say(`  ${line}`);
  const [world, issuer, cards, postgres] = await Promise.all([
    startWorld({ starknet: { download: true }, log }),
    startIssuer(),
    openCardShop(FOLDER),
    openLocalPostgres({ dataDir: join(FOLDER, 'postgres'), log }),
  ]);
  Object.assign(stage, { world, issuer, cards, postgres });
  await migrate(postgres.ownerUrl, { appRole: new URL(postgres.appUrl).username });
  say('  database migrated');
  const [pepper, secrets] = [join(FOLDER, 'key-pepper'), join(FOLDER, 'secrets-keys')];
  const config = join(FOLDER, 'coffer.json');
  await writeFile(pepper, crypto.randomUUID() + crypto.randomUUID(), { mode: 0o600 });
  await writeFile(secrets, createKeyLine(), { mode: 0o600 });
  const settings = { ...makeCofferConfig(world.chains, issuer), payments: cards.settings };
  await writeFile(config, JSON.stringify(settings, undefined, 2));
  const operator = {
    DATABASE_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
    COFFER_CONFIG: config,
    COFFER_KEY_PEPPER_FILE: pepper,
    COFFER_SECRETS_KEY_FILE: secrets,
  };
  const lines = Object.entries(operator).map(([name, value]) => `${name}='${value}'\n`);
  await writeFile(OPERATOR_FILE, lines.join(''), { mode: 0o600 });
  const env = {
    ...process.env,
    ...operator,
    // People sign in at an address that is known before the service listens.
    PORT: process.env['PORT'] ?? String(await freePort(8080)),
    COFFER_FAILPOINT_FILES: FAILPOINTS,
    COFFER_LOG_LEVEL: 'info',
  };
  return { world, issuer, cards, env };
}

/** One transfer from a registered sender on each chain, one from a stranger who is registered afterwards. */
async function transfers(actors: Actors, world: World, startedAt: number): Promise<void> {
  step('One sender on each chain is registered, and sends USDC');
  for (const chain of world.chains) await registerAndSend(actors, chain, accountOf(chain, 1), '12.50');
  await waitForBalance(actors, parseUsd('12.50') * BigInt(world.chains.length));
  say(`  first credits ${Math.round((Date.now() - startedAt) / 1000)} s after the start`);

  step('A stranger sends USDC: nobody owns that address, so it waits unmatched');
  const [chain] = world.chains;
  if (!chain) throw new Error('no chain is running');
  const stranger = accountOf(chain, 2);
  await chain.faucet(stranger, USDC_EACH);
  const { txHash } = await chain.send({ from: stranger, to: chain.creditsAddress, amountMicros: parseUsd('7.25') });
  say(`  sent 7.25 USDC from ${stranger}`);
  await actors.narrator.heard('deposit.unmatched', txHash, CREDIT_TIMEOUT_MS);

  step('Acme registers the stranger’s address: the waiting deposit is credited');
  await call(actors, 'POST', '/treasury/register-sender', { address: stranger, chain: chain.caip2 });
  await waitForBalance(actors, parseUsd('12.50') * BigInt(world.chains.length) + parseUsd('7.25'));
}

/** Kills the detector with a transfer read but not credited, on each chain; it comes back by itself. */
async function crash(actors: Actors, world: World): Promise<void> {
  step('The detector is killed (kill -9) between reading a transfer and crediting it');
  const before = parseUsd(textIn(await call(actors, 'GET', '/treasury/balance'), 'totalUsd'));
  const failpoint = join(FAILPOINTS, 'detector.after-intent');
  await writeFile(failpoint, '');
  for (const chain of world.chains) {
    const from = accountOf(chain, 1);
    await chain.send({ from, to: chain.creditsAddress, amountMicros: parseUsd('3') });
    say(`  sent 3.00 USDC on ${chain.caip2}`);
  }
  await until('the detector to be killed', async () => !(await exists(failpoint)));
  say('  killed; the service starts it again');
  await waitForBalance(actors, before + parseUsd('3') * BigInt(world.chains.length));
}

/** Checks that the ledger equals the transfers on chain and what the card account holds, entry by entry. */
async function prove(actors: Actors, world: World, cards: CardShop): Promise<void> {
  step('Nothing doubled, nothing lost');
  let onChain = 0n;
  for (const chain of world.chains) onChain += await chain.balanceOf(chain.creditsAddress);
  const balance = await call(actors, 'GET', '/treasury/balance');
  const ledger = await call(actors, 'GET', '/treasury/ledger?limit=100');
  const entries = Array.isArray(ledger['entries']) ? ledger['entries'].filter(isRecord) : [];
  const sums = { chain: 0n, card: 0n };
  for (const entry of entries.toReversed()) {
    const { chain } = entry;
    const usd = textIn(entry, 'amountUsd');
    sums[chain === null ? 'card' : 'chain'] += signedMicros(usd);
    const from = chain === null ? 'by card' : `${textIn(entry, 'chain')}  ${textIn(entry, 'txHash')}`;
    say(`  ${textIn(entry, 'type').padEnd(18)}  ${usd.padStart(7)}  ${from}`);
  }
  const byCard = cards.balanceMicros();
  say(`  on chain ${formatUsd(onChain)}, at the card provider ${formatUsd(byCard)}, before its fees`);
  say(`  in the ledger ${formatUsd(sums.chain + sums.card)}, spendable ${textIn(balance, 'availableUsd')}`);
  const total = parseUsd(textIn(balance, 'totalUsd'));
  if (onChain !== sums.chain || byCard !== sums.card || total !== onChain + byCard) {
    throw new Error('the ledger does not equal what the chains and the card account hold');
  }
}

function signedMicros(usd: string): bigint {
  const amount = usd.replace('-', '');
  const micros = amount === '0.00' ? 0n : parseUsd(amount);
  return usd.startsWith('-') ? -micros : micros;
}

function farewell(
  { service, key }: Actors,
  { issuer, org, checkout }: { readonly issuer: Issuer; readonly org: string; readonly checkout: string },
): void {
  const auth = `-H 'Authorization: Bearer ${key}'`;
  const body = `'{"serviceType":"AI_API","amountUsd":"0.0006","description":"first call"}'`;
  say();
  say(`The app is at ${service.url}/app : continue with single sign-on, and pick ada.`);
  say();
  say(`The API is at ${service.url} . Try:`);
  say(`  curl -s ${auth} ${service.url}/treasury/balance`);
  const keyed = "-H 'Idempotency-Key: first-call'";
  say('  # A debit. Send it twice: the second time answers the same, and takes nothing.');
  say(`  curl -si ${auth} ${keyed} -H 'Content-Type: application/json' -d ${body} ${service.url}/treasury/debit`);
  say(`  curl -s ${auth} ${service.url}/treasury/ledger`);
  say('To buy the pack once more yourself, click Pay on this page, then look at the balance:');
  say(`  ${checkout}`);
  say('To look at it as an operator, in another terminal (docs/cards.md has more):');
  say(`  set -a; . ${OPERATOR_FILE}; set +a; bin/coffer.mjs orders list`);
  say('To call as a person who signs in, use the token that this prints instead of the key:');
  say(`  npm run --silent devnet:token -- --issuer ${issuer.url} --user ada --org ${org} --role finance`);
  if (once !== true) say('Everything stays up until you stop it with Ctrl-C.');
}

async function registerAndSend(actors: Actors, chain: DevChain, from: string, usd: string): Promise<void> {
  await chain.faucet(from, USDC_EACH);
  await call(actors, 'POST', '/treasury/register-sender', { address: from, chain: chain.caip2, label: 'demo' });
  await chain.send({ from, to: chain.creditsAddress, amountMicros: parseUsd(usd) });
  say(`  sent ${usd} USDC on ${chain.caip2} from ${from}`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function accountOf(chain: DevChain, index: number): string {
  const account = chain.accounts[index];
  if (account === undefined) throw new Error(`${chain.caip2} has no account ${index}`);
  return account;
}

process.exitCode = await runCommand(USAGE, main);
