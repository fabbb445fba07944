/** `coffer orgs`: creates, lists, shows, changes and closes orgs. */
import type { Command } from 'commander';
import { Refusal } from '../core/errors.ts';
import { uuidV7, walletId } from '../core/ids.ts';
import {
  changeOrg,
  createOrg,
  ExternalIdTaken,
  findOrg,
  listOrgs,
  listSuspensions,
  TooManyInternalOrgs,
  type OrgChange,
} from '../db/access/orgs.ts';
import { closeOrg, reopenOrg } from '../db/closing/orgs.ts';
import { listMembers } from '../db/access/members.ts';
import { findStanding } from '../db/ledger/balance-now.ts';
import { viewOfMember } from '../views/people/member.ts';
import { viewOfClosedOrg, viewOfOrg, viewOfOrgDetail } from '../views/org.ts';
import { changeSettings, findSettings } from '../db/access/org-settings.ts';
import { LEAD_DAYS } from '../core/lots/ending.ts';
import { CliError, EXIT, operatorHere, printJson, printTable, withDatabase } from './context.ts';
import { readExternalId, readMetadata, readName, readNoticeDays, readOrgId, readWords } from './options.ts';

const LIST_MAX = 1_000;
const SUSPENSIONS_SHOWN = 100;

async function orTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isRefused = [ExternalIdTaken, TooManyInternalOrgs, Refusal].some((kind) => error instanceof kind);
    throw isRefused && error instanceof Error ? new CliError(error.message) : error;
  }
}

interface Named {
  readonly name?: string;
  readonly externalId?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

async function create(options: Named & { readonly name: string; readonly internal?: boolean }): Promise<void> {
  const { name, externalId, metadata, internal, json } = options;
  const createdAt = new Date();
  const id = uuidV7(createdAt.getTime());
  const asked = { id, name, externalId: externalId ?? null, metadata, internal, createdAt };
  const org = await withDatabase(async (db) => orTaken(createOrg(db, asked)));
  if (json === true) printJson(viewOfOrg(org));
  else console.log(`created ${org.id}  ${org.name}`);
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const found = await withDatabase(async (db) => listOrgs(db, { limit: LIST_MAX }));
  if (json === true) return printJson({ orgs: found.map(viewOfOrg) });
  printTable(
    ['id', 'name', 'externalId', 'suspendedAt', 'closedAt', 'createdAt'],
    found.map((org) => [
      org.id,
      org.name,
      org.externalId,
      org.suspendedAt?.toISOString() ?? null,
      org.closedAt?.toISOString() ?? null,
      org.createdAt.toISOString(),
    ]),
  );
}

async function show(id: string, { json }: { readonly json?: boolean }): Promise<void> {
  const [org, suspensions, standing] = await withDatabase(async (db) =>
    Promise.all([
      findOrg(db, id),
      listSuspensions(db, id, SUSPENSIONS_SHOWN),
      findStanding(db, walletId({ kind: 'org', id }), new Date()),
    ]),
  );
  if (!org) throw noSuchOrg(id);
  const detail = viewOfOrgDetail(org, suspensions, standing);
  if (json === true) return printJson(detail);
  const fields = Object.entries(detail).filter(([name]) => name !== 'metadata' && name !== 'suspensions');
  const rows = fields.map(([name, value]) => [
    name,
    ['string', 'boolean'].includes(typeof value) ? String(value) : null,
  ]);
  const notes = Object.entries(org.metadata).map(([name, value]) => [`metadata.${name}`, value]);
  const acts = suspensions.map(({ begins, at, actor, reason }) => [
    begins ? 'suspended' : 'resumed',
    `${at.toISOString()} by ${actor}${reason === null ? '' : `: ${reason}`}`,
  ]);
  printTable(['', ''], [...rows, ...notes, ...acts]);
}

async function change(id: string, { json, ...changes }: OrgChange & { readonly json?: boolean }): Promise<void> {
  const act = { id, at: new Date(), actor: operatorHere() };
  const org = await withDatabase(async (db) => orTaken(changeOrg(db, { ...act, ...changes })));
  if (!org) throw noSuchOrg(id);
  if (json === true) return printJson(viewOfOrg(org));
  console.log(`${org.id}  ${org.name}${org.suspendedAt === null ? '' : '  suspended'}`);
}

async function close(
  id: string,
  { reason, json }: { readonly reason: string; readonly json?: boolean },
): Promise<void> {
  const at = new Date();
  const closed = await withDatabase(async (db) => {
    const done = await closeOrg(db, { id, at, actor: operatorHere(), reason });
    return done && viewOfClosedOrg(done.org, await findStanding(db, walletId({ kind: 'org', id }), at));
  });
  if (!closed) throw noSuchOrg(id);
  if (json === true) return printJson(closed);
  const { name, availableUsd, heldUsd } = closed;
  console.log(`${id}  ${name}  closed: ${availableUsd} USD available and ${heldUsd} USD held are left to be booked`);
}

async function reopen(id: string, { json }: { readonly json?: boolean }): Promise<void> {
  const org = await withDatabase(async (db) => reopenOrg(db, id));
  if (!org) throw noSuchOrg(id);
  if (json === true) return printJson(viewOfOrg(org));
  console.log(`${org.id}  ${org.name}${org.suspendedAt === null ? '' : '  suspended'}`);
}

function noSuchOrg(id: string): CliError {
  return new CliError(`there is no org ${id}`, EXIT.notFound);
}

/** `coffer orgs`. */
export function addOrgs(program: Command): void {
  const orgs = program.command('orgs').description('customers, each with a wallet');

  orgs
    .command('create')
    .description('create an org with its wallet')
    .requiredOption('--name <name>', 'a name for people', readName)
    .option('--external-id <id>', 'your own id for it; unique', readExternalId)
    .option('--metadata <name=text>', 'a note of your own; may be given more than once', readMetadata)
    .option('--internal', 'an org of your own, such as that of the canary: reports leave it out for good')
    .option('--json', 'print JSON')
    .action(create);

  orgs
    .command('list')
    .description(`list orgs, newest first, up to ${LIST_MAX}`)
    .option('--json', 'print JSON')
    .action(list);

  orgs
    .command('show')
    .description('show an org, and when operators suspended and resumed it')
    .argument('<id>', 'its id', readOrgId)
    .option('--json', 'print JSON')
    .action(show);

  orgs
    .command('notices')
    .description('show or set how many days before its credit ends an org hears of it')
    .argument('<id>', 'its id', readOrgId)
    .option('--days <list>', 'up to five numbers from 1 to 90, such as 30,7,1; "none" turns it off', readNoticeDays)
    .option('--json', 'print JSON')
    .action(notices);

  orgs
    .command('members')
    .description('list the people who were seen signed in for an org, with their role then')
    .argument('<id>', 'its id', readOrgId)
    .option('--json', 'print JSON')
    .action(members);

  addChanges(orgs);
  addClosing(orgs);
}

function addClosing(orgs: Command): void {
  orgs
    .command('close')
    .description(
      'close an org: nothing new is spent or credited, its keys are revoked; shows what is left to be booked',
    )
    .argument('<id>', 'its id', readOrgId)
    .requiredOption('--reason <words>', 'why; it is stored', readWords)
    .option('--json', 'print JSON')
    .action(close);

  orgs
    .command('reopen')
    .description('reopen a closed org, which stays suspended until it is resumed')
    .argument('<id>', 'its id', readOrgId)
    .option('--json', 'print JSON')
    .action(reopen);
}

async function members(org: string, { json }: { readonly json?: boolean }): Promise<void> {
  const found = await withDatabase(async (db) => {
    if (!(await findOrg(db, org))) throw noSuchOrg(org);
    return (await listMembers(db, { org, limit: LIST_MAX })).map(viewOfMember);
  });
  if (json === true) return printJson({ members: found });
  printTable(
    ['user', 'role', 'firstSeenAt', 'lastSeenAt'],
    found.map(({ user, role, firstSeenAt, lastSeenAt }) => [user, role, firstSeenAt, lastSeenAt]),
  );
}

async function notices(
  org: string,
  { days: wanted, json }: { readonly days?: readonly number[]; readonly json?: boolean },
): Promise<void> {
  const at = new Date();
  const settings = await withDatabase(async (db) =>
    wanted === undefined
      ? findSettings(db, org)
      : db.transaction(async (trx) => changeSettings(trx, { org, at, change: { expiryNoticeDays: wanted } })),
  );
  if (!settings) throw noSuchOrg(org);
  const days = settings.expiryNoticeDays ?? LEAD_DAYS;
  if (json === true) return printJson({ org, expiryNoticeDays: days });
  console.log(days.length === 0 ? 'none' : days.join(', '));
}

function addChanges(orgs: Command): void {
  orgs
    .command('update')
    .description('change the name, external id or notes of an org')
    .argument('<id>', 'its id', readOrgId)
    .option('--name <name>', 'a name for people', readName)
    .option('--external-id <id>', 'your own id for it; unique', readExternalId)
    .option('--metadata <name=text>', 'replaces all notes; may be given more than once', readMetadata)
    .option('--json', 'print JSON')
    .action(async (id: string, options: Named) => change(id, options));

  for (const [name, suspended, about] of [
    ['suspend', true, 'stop an org from spending; deposits, captures and releases go on'],
    ['resume', false, 'let an org spend again'],
  ] as const) {
    orgs
      .command(name)
      .description(about)
      .argument('<id>', 'its id', readOrgId)
      .requiredOption('--reason <words>', 'why; it is stored', readWords)
      .option('--json', 'print JSON')
      .action(async (id: string, options: { reason: string; json?: boolean }) => change(id, { ...options, suspended }));
  }
}
