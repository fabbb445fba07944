/** Endpoints by which an org lists, creates, changes and deletes its budgets. */
import type { z } from 'zod';
import { isUuid, uuidV7 } from '../../core/ids.ts';
import { findApiKey } from '../../db/access/api-keys.ts';
import type { Org } from '../../db/access/orgs.ts';
import { addBudget, changeBudget, endBudget } from '../../db/budgets/budgets.ts';
import { findBudgets } from '../../db/ledger/balance-now.ts';
import { viewOfBudget, type BudgetView } from '../../views/spending/budget.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { page as pageQuery } from '../endpoint/fields.ts';
import { isKeyId } from '../endpoint/key-schemas.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { payingOrg } from '../money/payer.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from '../treasury/surface.ts';
import { budgetReply, budgetsReply, changeBudgetBody, createBudgetBody } from './schemas.ts';

const PATH = '/treasury/budgets';
const CURSOR_KIND = 'budgets';
const SHARED = { chapter: CHAPTERS.budgets, scopes: ['treasury:admin'] } as const;
const OF_ONE = { path: `${PATH}/:id`, errors: ['NOT_FOUND'] } as const;

/** The budgets of an org. */
export function budgetRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), createRoute(deps), changeRoute(deps), deleteRoute(deps)];
}

/** The budgets of an org with what they have counted by now, the newest first. */
async function readBudgets({ db, clock }: SurfaceDeps, org: Org): Promise<BudgetView[]> {
  const found = await findBudgets(db, payingOrg(org).wallet, new Date(clock.nowMs()));
  if (!found) throw notFound('wallet');
  return found.map(({ budget, counter }) => viewOfBudget(budget, counter)).toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

async function readBudget(deps: SurfaceDeps, org: Org, id: string): Promise<BudgetView> {
  const found = (await readBudgets(deps, org)).find((budget) => budget.id === id);
  if (!found) throw notFound('budget');
  return found;
}

function listRoute(deps: SurfaceDeps): Route {
  const specification = {
    ...SHARED,
    method: 'GET',
    path: PATH,
    operation: 'listBudgets',
    summary: 'The budgets of an org, with what is used, reserved and left of them',
    replies: { 200: budgetsReply },
    query: pageQuery,
    body: NO_BODY,
  } as const;
  return orgRoute(deps.guard, specification, async ({ org, query: { limit, cursor } }) => {
    const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
    const all = await readBudgets(deps, org);
    const rows = all.filter(({ id }) => beforeId === undefined || id < beforeId).slice(0, limit + 1);
    const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
    const body: z.input<typeof budgetsReply> = { budgets: [...page], nextCursor };
    return { body };
  });
}

function createRoute(deps: SurfaceDeps): Route {
  const specification = {
    ...SHARED,
    method: 'POST',
    path: PATH,
    operation: 'createBudget',
    summary: 'Creates a budget of an org, which counts from the next spend on',
    replies: { 201: budgetReply },
    query: NO_QUERY,
    body: createBudgetBody,
  } as const;
  return orgRoute(deps.guard, specification, async ({ org, body }) => {
    const { subject, value, period, limitUsd: limitMicros, mode, name = null, warnAtPercent = null } = body;
    if (subject === 'serviceType') checkService(value, deps);
    if (subject === 'key') await checkKey(value, org, deps);
    const nowMs = deps.clock.nowMs();
    const id = uuidV7(nowMs);
    const { wallet } = payingOrg(org);
    const about = { id, org: org.id, wallet, name, subject, value, period, createdAtMs: nowMs };
    const limits = { limitMicros, hard: mode === 'hard', warnPercent: warnAtPercent };
    await deps.forOrg(org.id).transaction(async (trx) => addBudget(trx, { ...about, ...limits }));
    return { status: 201, body: await readBudget(deps, org, id) };
  });
}

/** @throws Refusal VALIDATION_FAILED for a service that cannot be charged */
function checkService(value: string, { services }: SurfaceDeps): void {
  if (services.offered.includes(value)) return;
  throw invalidInput([{ path: 'value', message: `must be one of ${services.offered.join(', ')}` }]);
}

/** @throws Refusal VALIDATION_FAILED for a key that can never spend for the org */
async function checkKey(value: string, org: Org, { crossing }: SurfaceDeps): Promise<void> {
  const key = isKeyId(value) ? await findApiKey(crossing, value) : undefined;
  if (key && key.revokedAt === null && (key.org === org.id || key.org === null)) return;
  throw invalidInput([{ path: 'value', message: 'must be the id of a key that may act for the org' }]);
}

function changeRoute(deps: SurfaceDeps): Route {
  const specification = {
    ...SHARED,
    ...OF_ONE,
    method: 'PATCH',
    operation: 'updateBudget',
    summary: 'Changes the name, limit, mode or warning of a budget; what it has counted stays',
    replies: { 200: budgetReply },
    query: NO_QUERY,
    body: changeBudgetBody,
  } as const;
  return orgRoute(deps.guard, specification, async ({ org, params, body }) => {
    const id = readId(params['id'], 'budget', isUuid);
    const { name, limitUsd: limitMicros, mode, warnAtPercent: warnPercent } = body;
    const change = { name, limitMicros, hard: mode === undefined ? undefined : mode === 'hard', warnPercent };
    const about = { org: org.id, wallet: payingOrg(org).wallet, id };
    const changed = await deps.forOrg(org.id).transaction(async (trx) => changeBudget(trx, about, change));
    if (!changed) throw notFound('budget');
    return { body: await readBudget(deps, org, id) };
  });
}

function deleteRoute(deps: SurfaceDeps): Route {
  const specification = {
    ...SHARED,
    ...OF_ONE,
    method: 'DELETE',
    operation: 'deleteBudget',
    summary: 'Deletes a budget: it counts and refuses nothing from the next spend on',
    replies: { 204: NO_BODY },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return orgRoute(deps.guard, specification, async ({ org, params }) => {
    const id = readId(params['id'], 'budget', isUuid);
    const about = { org: org.id, wallet: payingOrg(org).wallet, id, at: new Date(deps.clock.nowMs()) };
    if (!(await deps.forOrg(org.id).transaction(async (trx) => endBudget(trx, about)))) throw notFound('budget');
    return { status: 204 };
  });
}
