/** `coffer why`: says why a command was accepted or refused, and what would have turned that round. */
import { Argument, type Command } from 'commander';
import { getVault } from '../../config/secrets.ts';
import { readRefusal } from '../../core/explain/kept-refusal.ts';
import { parseEntryId, parseHoldId, walletId } from '../../core/ids.ts';
import { findCount } from '../../core/integers.ts';
import type { Database } from '../../db/database.ts';
import { explainEntry, explainRefusal, type DecisionMade } from '../../db/explain/explain.ts';
import { contextOf, listRefusals } from '../../db/explain/refusals.ts';
import { viewOfExplanation, type ExplanationView } from '../../views/explanation.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from '../context.ts';

interface Options {
  readonly json?: boolean;
}

async function why(id: string, { json }: Options): Promise<void> {
  const decisions = await withDatabase(async (db, config) => {
    const place = parseEntryId(id) ?? parseHoldId(id);
    if (!place) return ofRequest(db, id, getVault(config));
    const seq = findCount(place.seq);
    const explained = seq === undefined ? undefined : await explainEntry(db, place.wallet, seq);
    return explained ? [explained] : [];
  });
  if (decisions.length === 0) {
    throw new CliError(`there is no ${id}: an entry, a hold, or a request refused in the last 7 days`, EXIT.notFound);
  }
  const views = decisions.map(viewOfExplanation);
  if (json === true) return printJson({ decisions: views });
  for (const view of views) print(view);
}

async function ofRequest(db: Database, requestId: string, vault: ReturnType<typeof getVault>): Promise<DecisionMade[]> {
  const rows = await listRefusals(db, { org: undefined, requestId, nowMs: Date.now() });
  const explained: DecisionMade[] = [];
  for (const { id, org, at, sealed } of rows) {
    const kept = readRefusal(vault.open(contextOf(id), sealed), { org, requestId, atMs: at.getTime() });
    explained.push(await explainRefusal(db, walletId({ kind: 'org', id: org }), kept));
  }
  return explained;
}

function print({ explanation, at, before, changes, lots, asked }: ExplanationView): void {
  console.log(explanation);
  printTable(
    ['at', 'available USD before', 'held USD before', 'asked by', 'app', 'idempotency key'],
    [[at, before?.availableUsd ?? null, before?.heldUsd ?? null, asked.actor, asked.appId, asked.idempotencyKey]],
  );
  if (changes.length > 0) {
    printTable(
      ['it would have been'],
      changes.map(({ text }) => [text]),
    );
  }
  if (lots.length > 0) {
    printTable(
      ['lot', 'source', 'change USD', 'left USD'],
      lots.map(({ lotId, source, deltaUsd, leftUsd }) => [lotId, source, deltaUsd, leftUsd]),
    );
  }
}

/** `coffer why`. */
export function addWhy(program: Command): void {
  program
    .command('why')
    .description('why a command was accepted or refused, and what would have turned that round')
    .addArgument(new Argument('<id>', 'the id of an entry, of a hold, or of a refused request'))
    .option('--json', 'print JSON')
    .action(why);
}
