import { parseArgs } from 'node:util';
import { ROLES, type Role } from '../src/core/access/roles.ts';
import { findCount } from '../src/core/integers.ts';
import { runCommand, UsageError } from './command.ts';
import { requestToken, type TokenOrder } from './issuer.ts';
import { readWorldFile } from './world-files.ts';

const USAGE = `usage: npm run devnet:token -- --user <id> [--org <id> --role <role>]... [--admin] [--minutes <n>] [--issuer <url>]
  --user     the id of the person who signs in
  --org      an org in which the person has a role; with --role, as often as needed
  --role     the role in the --org before it: ${ROLES.join(', ')}
  --admin    makes the person a platform admin
  --minutes  how long the token is valid; 480 if it is left out
  --issuer   the sign-in that signs it; that of the running devnet if it is left out`;

function readRole(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new UsageError(`--role ${text} is none of ${ROLES.join(', ')}`);
  return role;
}

function readOptions(args: string[]): TokenOrder & { readonly issuer: string | undefined } {
  const [text, texts] = [{ type: 'string' }, { type: 'string', multiple: true, default: [] as string[] }] as const;
  const { values } = parseArgs({
    args,
    options: { user: text, org: texts, role: texts, admin: { type: 'boolean' }, minutes: text, issuer: text },
  });
  const { user, org, role, admin = false, minutes = '480', issuer } = values;
  if (user === undefined) throw new UsageError('--user is missing');
  if (org.length !== role.length) throw new UsageError('each --org needs a --role');
  const life = findCount(minutes);
  if (life === undefined || life === 0) throw new UsageError(`--minutes ${minutes} is not a number of minutes`);
  const orgs = Object.fromEntries(org.map((id, index) => [id, readRole(role[index] ?? '')]));
  return { user, orgs, platformAdmin: admin, lifeSeconds: life * 60, issuer };
}

/** `npm run devnet:token`: prints a token of the devnet's own sign-in, for `Authorization: Bearer`. */
async function printToken(args: string[]): Promise<void> {
  const { issuer, ...order } = readOptions(args);
  console.log(await requestToken(issuer ?? (await readWorldFile()).issuerUrl, order));
}

process.exitCode = await runCommand(USAGE, async () => printToken(process.argv.slice(2)));
