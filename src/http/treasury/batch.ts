/** The endpoint that takes many commands in one call. */
import type { z } from 'zod';
import type { Org } from '../../db/access/orgs.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { IDEMPOTENCY_HEADER, readIdempotencyKey } from '../endpoint/idempotency.ts';
import { PROBLEMS, problemBody, problemOf } from '../server/problem.ts';
import { check } from '../endpoint/validate.ts';
import { batchBody, batchBodyShown, batchReplyShown, type batchReply } from './batch-schemas.ts';
import { aboutOf, carryOut, type About, type MoneyCall, type Operation } from '../money/command.ts';
import { openPreviewOf, previewed } from '../money/dry-run.ts';
import { payingOrg } from '../money/payer.ts';
import type { Asked } from '../money/refusals.ts';
import type { Preview } from '../../db/ledger/preview.ts';
import { debit } from './debit.ts';
import type { SurfaceDeps } from '../deps.ts';
import { consumeHold, extendHold, growHold, hold, releaseHold } from './hold-operations.ts';
import { heartbeatHoldBody } from './hold-schemas.ts';
import { HEARTBEAT, keepAlive } from './holds/heartbeat.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';
import { callingKeyOf } from '../access/caller.ts';
import { nextTurn, type Turns } from '../access/turns.ts';

const BODY_BYTES_MAX = 1024 * 1024;

type Result = z.input<typeof batchReply>['results'][number];
/** A report of a hold's owner, which is no command of the ledger: it moves no money and has no key. */
interface Heartbeat {
  readonly report: string;
}
type Read = (input: unknown, about: About) => MoneyCall | Heartbeat;

/** The readers of commands, by op. */
const READERS: ReadonlyMap<string, Read> = new Map([
  reader(debit),
  reader(hold),
  reader(consumeHold),
  reader(releaseHold),
  reader(extendHold),
  reader(growHold),
  [HEARTBEAT, (input) => ({ report: checked(heartbeatHoldBody, input).holdId })],
]);

function reader<Body>({ name, body, read }: Operation<Body>): readonly [string, Read] {
  return [name, (input, about) => read(checked(body, input), about)];
}

function checked<Body>(body: z.ZodType<Body>, input: unknown): Body {
  const { issues, value } = check(body, input);
  if (issues) throw invalidInput(issues);
  return value;
}

/**
 * Many commands in one call, each decided separately, in their order. This is not a transaction: a refused command does
 * not stop the others. Each command has its own idempotency key; two commands with one key run once, with two answers.
 */
export function batchRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/treasury/batch',
    operation: 'runBatch',
    summary: 'Up to 1,000 commands, each decided separately',
    chapter: CHAPTERS.spending,
    replies: { 200: batchReplyShown },
    scopes: ['treasury:spend'],
    query: NO_QUERY,
    body: batchBody,
    bodyShown: batchBodyShown,
    bodyBytesMax: BODY_BYTES_MAX,
    dryRun: true,
    // It may have captures and releases; each command is judged for itself, and new spending is suspended.
    servesClosed: true,
  } as const;
  const batch = orgRoute(deps.guard, specification, async ({ org, body, idempotencyKey, dryRun, ...call }) => {
    if (idempotencyKey !== undefined) {
      throw invalidInput([{ path: IDEMPOTENCY_HEADER, message: 'goes with each command of a batch, not with all' }]);
    }
    const preview = dryRun ? await openPreviewOf(deps, payingOrg(org)) : undefined;
    const about = { isGone: call.isGone, callingKey: callingKeyOf(call.caller) };
    const means = { ...deps, ...about, asked: preview ? undefined : call };
    const results = await runAll(means, org, body.commands, preview);
    const { turns } = deps.guard;
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    return { headers, pieces: write(preview !== undefined, results, turns, org.id) };
  });
  return [batch];
}

/** With what a batch is carried out, and whether its client has hung up. */
interface BatchMeans extends SurfaceDeps {
  readonly isGone: () => boolean;
  readonly callingKey: string | undefined;
  readonly asked: Asked | undefined;
}

/** How many results are written at once. */
const RESULTS_A_PIECE = 25;
/** How many commands of a batch are read, or answered, in one turn of the thread. */
const COMMANDS_A_TURN = 10;

/**
 * Starts all commands before it waits for the first, so that the ledger writes them together; a preview judges each on
 * those before it. Both the commands and their answers take small turns on the thread.
 */
async function runAll(
  deps: BatchMeans,
  org: Org,
  commands: readonly unknown[],
  preview: Preview | undefined,
): Promise<Result[]> {
  const about = aboutOf(org, deps);
  const { turns } = deps.guard;
  const means = { ...deps, writer: inTurns(preview ?? deps.writer, async () => turns.resume(org.id, nextTurn)) };
  const results: Promise<Result>[] = [];
  for (let at = 0; at < commands.length; at += COMMANDS_A_TURN) {
    const start = async (): Promise<void> => {
      for (const command of commands.slice(at, at + COMMANDS_A_TURN))
        results.push(runOne(means, about, command, preview));
      return nextTurn();
    };
    // Only the first turn may be refused: nothing is done by then.
    await (at === 0 ? turns.run(org.id, start) : turns.resume(org.id, start));
  }
  return Promise.all(results);
}

/** A writer whose answers come a few at a time: one commit answers hundreds of commands. */
function inTurns({ submit }: SurfaceDeps['writer'], takeTurn: () => Promise<void>): SurfaceDeps['writer'] {
  let answered = 0;
  let turn = Promise.resolve();
  return {
    submit: async (submission) => {
      const outcome = await submit(submission);
      answered += 1;
      if (answered % COMMANDS_A_TURN === 0) turn = turn.then(async () => takeTurn());
      await turn;
      return outcome;
    },
  };
}

/** The answer, written a few results at a time. */
async function* write(
  dryRun: boolean,
  results: readonly Result[],
  turns: Turns,
  caller: string,
): AsyncGenerator<string> {
  yield dryRun ? '{"dryRun":true,"results":[' : '{"results":[';
  for (let at = 0; at < results.length; at += RESULTS_A_PIECE) {
    const some = results.slice(at, at + RESULTS_A_PIECE);
    const text = await turns.resume(caller, async () => Promise.resolve(JSON.stringify(some).slice(1, -1)));
    yield at === 0 ? text : `,${text}`;
  }
  yield ']}';
}

async function runOne(deps: BatchMeans, about: About, command: unknown, preview: Preview | undefined): Promise<Result> {
  let named: string | undefined;
  try {
    const { key, issues } = readIdempotencyKey([], command);
    named = key?.text;
    const { op, input } = takeApart(command);
    const read = READERS.get(op);
    if (key === undefined || !read) {
      throw invalidInput([
        ...issues,
        ...(key === undefined && issues.length === 0 ? [{ path: 'idempotencyKey', message: 'is required' }] : []),
        ...(read ? [] : [{ path: 'op', message: `must be one of ${[...READERS.keys()].join(', ')}` }]),
      ]);
    }
    const call = read(input, about);
    if ('report' in call) {
      const { wallet } = about.payer;
      const result = await keepAlive(deps, { wallet, holdId: call.report, dryRun: preview !== undefined });
      return { idempotencyKey: key.text, status: 200, replayed: false, result: { ...result } };
    }
    const carried = await carryOut(deps, about.payer, call, key);
    const { body, replayed } = preview ? previewed(carried, preview) : carried;
    return { idempotencyKey: key.text, status: 200, replayed, result: { ...body } };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.unexpected) deps.log.error({ err: error, code: problem.code }, 'a command of a batch failed');
    const { status } = PROBLEMS[problem.code];
    return { idempotencyKey: named ?? null, status, replayed: false, problem: problemBody(problem, deps) };
  }
}

function takeApart(command: unknown): { readonly op: string; readonly input: unknown } {
  if (typeof command !== 'object' || command === null || Array.isArray(command)) {
    throw invalidInput([{ path: '', message: 'must be an object' }]);
  }
  const { op, ...input }: { readonly op?: unknown } = { ...command };
  return { op: typeof op === 'string' ? op : '', input };
}
