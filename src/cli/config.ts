/** `coffer config`: checks the configuration and prints it without its secrets. */
import type { Command } from 'commander';
import { openListScreener } from '../../detector/credit/screening.ts';
import { readConfig } from '../config/config.ts';
import { readChain } from '../config/chain.ts';
import { getPeppers, getVault } from '../config/secrets.ts';
import { creditsVariableOf } from '../config/credits-address.ts';
import { VARIABLES } from '../config/variables.ts';
import { printJson, printTable } from './context.ts';

/** Variables whose values may hold a password: only whether they are set is printed. */
const SECRET_VARIABLES: ReadonlySet<string> = new Set(['DATABASE_URL', 'DATABASE_OWNER_URL']);

function shownValue(name: string, fallback: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') return fallback;
  return SECRET_VARIABLES.has(name) ? '(set)' : value;
}

function checkConfig({ json }: { readonly json?: boolean }): void {
  const config = readConfig(process.env);
  // With the built-in database what is not named is created when the service first starts.
  if (config.databaseUrl !== undefined) getPeppers(config);
  if (config.databaseUrl !== undefined || config.secretsKeyFile !== undefined) getVault(config);
  const unknown = unknownVariables(config.chains, process.env);
  for (const name of unknown) console.error(`warning: ${name} is no variable of this version: it has no effect`);
  if (config.screeningListFile !== undefined) openListScreener(config.screeningListFile);
  const chains = config.chains.map((chain) => {
    const { creditsAddress, tokens } = readChain(chain);
    return {
      chain: chain.caip2,
      rpcs: chain.rpcUrls.length,
      creditsAddress,
      tokens,
      watchOnly: chain.watchOnly === true,
    };
  });
  const variables = VARIABLES.map(({ name, default: fallback }) => {
    const isSet = (process.env[name] ?? '') !== '';
    return { name, isSet, value: shownValue(name, fallback) };
  });
  if (json === true) return printJson({ ok: true, senderPolicy: config.senderPolicy, variables, chains, unknown });
  printTable(
    ['variable', 'value', 'from'],
    variables.map(({ name, isSet, value }) => [name, value, isSet ? 'environment' : 'default']),
  );
  if (chains.length > 0) {
    printTable(
      ['chain', 'RPCs', 'credits address', 'tokens'],
      chains.map(({ chain, rpcs, creditsAddress, tokens }) => [
        chain,
        String(rpcs),
        creditsAddress,
        tokens.map(({ symbol, address }) => `${symbol} ${address}`).join('\n'),
      ]),
    );
  }
  console.log('the configuration is valid');
}

/** Names that begin like ours and mean nothing here, such as misspelled ones. */
function unknownVariables(
  chains: readonly { readonly caip2: string }[],
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const known = new Set<string>([
    ...VARIABLES.map(({ name }) => name),
    ...chains.map(({ caip2 }) => creditsVariableOf(caip2)),
    'COFFER_FAILPOINT_FILES',
  ]);
  return Object.keys(env).filter((name) => name.startsWith('COFFER_') && !known.has(name));
}

/** `coffer config`. */
export function addConfig(program: Command): void {
  const config = program
    .command('config')
    .description('the configuration: environment variables and the file COFFER_CONFIG');

  config
    .command('check')
    .description('read it as the service does and report what is wrong; nothing is started or contacted')
    .option('--json', 'print JSON')
    .action(checkConfig);
}
