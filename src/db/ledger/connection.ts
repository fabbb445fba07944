/**
 * One connection of the ledger writer: prepared statements, each with a deadline. They are sent in the order of the calls,
 * without waiting for the answers of those before. It is dropped when it breaks, when a statement times out, and when a write
 * affects another number of rows than expected.
 */
import { Socket } from 'node:net';
import pg from 'pg';
import { sleep, withDeadline, type Clock } from '../../core/clock.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { BinaryRows } from './binary-rows.ts';
import {
  budgetGround,
  entryOfRow,
  INSERT_AFTER_ONE,
  INSERT_ENTRIES,
  lastRowOf,
  lastRows,
  SELECT_BY_KEY,
  SELECT_LAST,
  SELECT_PRESENT,
  selectSettled,
  placesOf,
  settledOfRow,
  type Ground,
  type LastRow,
} from './entry-columns.ts';
import { SERVER_TIME, WRITER_NAME } from '../admission.ts';
import {
  hasSqlState,
  isPlanOutdated,
  isWaitCancelled,
  READ_ONLY,
  UNIQUE_VIOLATION,
  UnknownOutcome,
} from '../errors.ts';
import { failpoint } from '../failpoint.ts';
import { hostsOf, type DatabaseHosts } from '../hosts.ts';
import { count, rowsOf, small, textOf, truth, type Row } from '../rows.ts';
import { changedOf, leftAfterOf, SELECT_CHANGED, SELECT_LEFT } from '../budgets/state.ts';
import type { ChangedBudgets, LeftAfter } from '../budgets/state.ts';
import { knownUsageOf, selectUsage, type KnownUsage } from '../pricing/usage.ts';
import { chargeOf, SELECT_CHARGES, type ChargeOfWallet } from '../refunds/charges.ts';
import { JUDGED_WITHIN_MS } from './closed.ts';
import { bothOf, isMismatch, NotSent, RowCountMismatch } from './failures.ts';
import { loadedWalletOfRow, openHoldOfRow, selectHeads, selectHoldCounts, selectHolds } from './heads.ts';
import type { LoadedWallet } from './heads.ts';
import { insertWithSides, isEmpty, type SideChanges } from './lots-and-holds.ts';
import { TAKE_TURNS, turnsOf, TURNS_MAX } from './turns.ts';
import { BARRIER, PLANNING, PLANNING_OF_ENGINE, STATEMENT_TIMEOUT_MS, WRITER } from './beside/session.ts';
import { askEachWallet, ofOneWallet, onlyOf } from './beside/by-wallet.ts';

const CONNECT_TIMEOUT_MS = 2_000;
/**
 * The server ends a session that has left its transaction idle for this long, and with it the locks of its wallets: those
 * of a machine that is gone would stop the wallets until TCP gives the connection up, which takes minutes or hours.
 */
const IDLE_LOCKED_MS_MAX = 1_000;
/** How often work is run under the locks of its wallets while others are first, and the pause before each later time. */
const LOCKED_TRIES_MAX = 100;
const LOCKED_PAUSE_MS = 2;

const SELECT_HEADS = selectHeads('$1');
const SELECT_HOLDS = selectHolds('$1', '$2');
const SELECT_HOLD_COUNTS = selectHoldCounts('$1');
const SELECT_SETTLED = selectSettled('$1', '$2');
const SELECT_USAGE = selectUsage('$1', '$2');

/** Sends the last write of a transaction. COMMIT may be sent behind it without waiting for its answer. */
export type AsLast = (write: () => Promise<void>) => Promise<void>;

/** What is done in the turn of its wallets, which may be more than once. */
export type LockedWork<T> = (asLast: AsLast) => Promise<T>;

export class LedgerConnection {
  private readonly hosts: DatabaseHosts;
  private readonly clock: Clock;
  private client: pg.Client | undefined;
  private readonly sockets = new WeakMap<pg.Client, Socket>();
  /** The connection over which a commit was answered that may be on one server only. */
  private doubted: pg.Client | undefined;
  private transactions = 0;
  /** How many writes were sent: each batch of many wallets asks for the turns of others among them. */
  #sent = 0;
  /** Whether the ledger may be spread over servers, which then are asked wallet by wallet. */
  #isSpread = false;
  /** Epoch of the hosts in which the connection was opened: what another connection learns since then ends it. */
  private admitted = 0;
  /** What the server's clock shows above `performance.now()`; at most so much, since the way back counts as passed. */
  private serverAheadMs = 0;
  /** How often it was opened. After a fail-over, a new connection may lead to a server with fewer rows. */
  private opened = 0;

  constructor(url: string, clock: Clock) {
    this.hosts = hostsOf(url);
    this.clock = clock;
  }

  get isOpen(): boolean {
    return this.client !== undefined;
  }

  /** How many batches were sent over it, those that failed included. */
  get sentCount(): number {
    return this.#sent;
  }

  /** Changes whenever the connection is opened; what was read in an earlier epoch may not be true any more. */
  get epoch(): number {
    return this.opened;
  }

  /** True within {@link withLockedWallets}: what is done then lasts only after its COMMIT. */
  get isInTransaction(): boolean {
    return this.transactions > 0;
  }

  /** Connects unless connected. @throws ServerRefused when the server must not be written to */
  async open(): Promise<void> {
    if (this.client) return;
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: await this.inTime(this.hosts.choose()),
      stream: () => socket,
      pipeline: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_LOCKED_MS_MAX,
      application_name: WRITER_NAME,
      keepAlive: true,
    });
    this.sockets.set(client, socket);
    const forget = (): void => {
      this.hosts.doubt();
      if (this.client === client) this.client = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    client.on('notice', (notice) => {
      if (isWaitCancelled(notice)) this.doubted = client;
    });
    try {
      await this.inTime(client.connect());
      await this.inTime(client.query(PLANNING));
      const [engine] = rowsOf(await this.inTime(client.query<Row>(PLANNING_OF_ENGINE)));
      this.#isSpread = truth(engine?.['is_spread']);
      const now = await this.inTime(client.query<Row>(SERVER_TIME));
      this.serverAheadMs = rowsOf(now).reduce((_, row) => count(row['now_ms']), 0) - performance.now();
      this.admitted = await this.inTime(this.hosts.admit({ raw: async (sql) => client.query(sql) }, WRITER));
    } catch (error) {
      forget();
      client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    this.opened += 1;
  }

  /** Drops the connection without waiting for statements in progress. */
  drop(): void {
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    client.on('error', () => undefined);
    client.end().catch(() => undefined);
    // It would stay open until the last statement is answered.
    this.sockets.get(client)?.destroy();
  }

  /** Closes the connection and waits until it is closed. */
  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** The heads of wallets; unknown ones are missing from the answer. */
  async loadWallets(wallets: readonly string[]): Promise<Map<string, LoadedWallet>> {
    const loaded = (await this.ask('heads', SELECT_HEADS, [wallets])).map(loadedWalletOfRow);
    return new Map(loaded.map((one) => [one.head.wallet, one]));
  }

  /** Those of these holds that are open. */
  async loadHolds(
    asked: readonly { readonly wallet: string; readonly hold: number }[],
  ): Promise<ReturnType<typeof openHoldOfRow>[]> {
    const parameters = [asked.map(({ wallet }) => wallet), asked.map(({ hold }) => hold)];
    return (await this.ask('holds', SELECT_HOLDS, parameters)).map(openHoldOfRow);
  }

  /** How many holds are open in each wallet. */
  async countHolds(wallets: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.ask('hold counts', SELECT_HOLD_COUNTS, [wallets]);
    return new Map(rows.map((row) => [textOf(row['wallet']), small(row['open'])]));
  }

  /** The balances after what these commands made overdue was settled, by their last entries; see `selectSettled`. */
  async findSettled(last: readonly Entry[]): Promise<ReturnType<typeof settledOfRow>[]> {
    return (await this.ask('settled', SELECT_SETTLED, placesOf(last))).map(settledOfRow);
  }

  /** The version of all budgets, and the wallets whose budgets were changed after another version; undefined: of none. */
  async findChangedBudgets(after: number | undefined): Promise<ChangedBudgets> {
    return changedOf(rowsOf(await this.query('budgets', SELECT_CHANGED, [after])));
  }

  /** What was left of budgets right after commands, by their first entries. */
  async findBudgetsLeft(first: readonly Entry[]): Promise<LeftAfter[]> {
    return rowsOf(await this.query('budgets left', SELECT_LEFT, placesOf(first))).map(leftAfterOf);
  }

  /** Those of these events that were charged. */
  async findUsage(asked: readonly { readonly wallet: string; readonly id: string }[]): Promise<KnownUsage[]> {
    const parameters = [asked.map(({ wallet }) => wallet), asked.map(({ id }) => id)];
    return rowsOf(await this.query('usage', SELECT_USAGE, parameters)).map(knownUsageOf);
  }

  /** Commands as charges, by the numbers of their first entries; what is no first entry is missing. */
  async findCharges(asked: readonly { readonly wallet: string; readonly seq: number }[]): Promise<ChargeOfWallet[]> {
    return rowsOf(await this.query('charges', SELECT_CHARGES, placesOf(asked))).map(chargeOf);
  }

  /** The last entry of each wallet that has one. */
  async findLastEntries(wallets: readonly string[]): Promise<Map<string, LastRow>> {
    const rows = await this.ask('last', SELECT_LAST, [wallets]);
    return new Map(rows.map((row) => [textOf(row['wallet']), lastRowOf(row)]));
  }

  /** Whether all of these entries are there. */
  async arePresent(entries: readonly LastRow[]): Promise<boolean> {
    const { rows } = await this.query('present', SELECT_PRESENT, [...lastRows(entries)]);
    return count(rows[0]?.['present']) === entries.length;
  }

  /** Entries that were written under these keys, in order. */
  async findByKeys(keys: readonly { readonly key: string; readonly wallet: string }[]): Promise<Entry[]> {
    const parameters = [keys.map(({ key }) => key), keys.map(({ wallet }) => wallet)];
    return rowsOf(await this.query('by-key', SELECT_BY_KEY, parameters)).map(entryOfRow);
  }

  /**
   * Resolves once everything that a look-up on this connection has found is durable, on the synchronous standbys too. A
   * commit can be visible before that: after a crash of a server whose standby was away, or when somebody cancelled its
   * wait. Within a transaction it is durable with the COMMIT.
   */
  async makeDurable(): Promise<void> {
    await this.query('barrier', BARRIER, []);
  }

  /**
   * Writes entries with their side changes: all or nothing, and nothing if the ground has changed; the connection is then
   * dropped too.
   * @throws RowCountMismatch or a division by zero when the database wrote another number of rows; other pg errors.
   */
  async append(entries: BinaryRows<Entry>, changes: SideChanges, ground: Ground): Promise<void> {
    try {
      await this.send(entries, changes, ground);
    } catch (error) {
      // It may lead to another server by now, which lacks what was read or written over it before.
      if (isMismatch(error)) this.drop();
      throw error;
    }
  }

  private async send(entries: BinaryRows<Entry>, changes: SideChanges, ground: Ground): Promise<void> {
    const { epoch, last, judgedAtMs, wallets, book } = ground;
    const budgets = { version: ground.budgets, wallets };
    const until = new Date(judgedAtMs + JUDGED_WITHIN_MS + this.serverAheadMs);
    const turns = turnsOf(wallets, this.#sent++);
    if (!isEmpty(changes)) {
      const { name, text, values } = insertWithSides(entries, { last, until, turns, book, budgets }, changes);
      await this.query(name, text, values, epoch);
      return;
    }
    const [name, text] = last.length === 1 ? ['append after one', INSERT_AFTER_ONE] : ['append', INSERT_ENTRIES];
    const parameters = [entries.toBuffer(), ...lastRows(last), until, turns, book, ...budgetGround(budgets)];
    const { rowCount } = await this.query(name, text, parameters, epoch);
    if (rowCount !== entries.count) throw new RowCountMismatch(`${rowCount} of ${entries.count} entries written`);
  }

  /**
   * Runs work in a transaction that has the turn of the wallets, at most {@link TURNS_MAX}: nobody else writes to them
   * meanwhile, except a batch of so many wallets that it does not ask for the turn of each. Where such a one is first, the
   * work is run again, now in one turn until it is first; that writer asks for this turn with one of its next batches.
   *
   * The work begins at once: what it asks is sent behind the request for the turn, and is answered once the turn is there.
   */
  async withLockedWallets<T>(wallets: readonly string[], work: LockedWork<T>): Promise<T> {
    if (wallets.length > TURNS_MAX)
      throw new RangeError(`the turns of ${wallets.length} wallets are asked for at once`);
    this.transactions += 1;
    try {
      return await this.inTurn(wallets, async (commit) => work(async (write) => bothOf(write(), commit())));
    } catch (error) {
      if (!hasSqlState(error, UNIQUE_VIOLATION)) throw error;
      return await this.inTurn(wallets, async () => this.untilFirst(async () => work(async (write) => write())));
    } finally {
      this.transactions -= 1;
    }
  }

  /** Runs work in a transaction with the turn of the wallets, and commits it unless the work has done so. */
  private async inTurn<T>(wallets: readonly string[], work: (commit: () => Promise<void>) => Promise<T>): Promise<T> {
    const { epoch } = this;
    let committed: Promise<void> | undefined;
    const commit = async (): Promise<void> => (committed ??= this.commit(epoch));
    const begun = Promise.all([
      this.query(undefined, 'BEGIN', []),
      this.query('turns', TAKE_TURNS, [turnsOf(wallets)]),
    ]).then(() => failpoint('ledger.after-lock'));
    const done = work(commit);
    try {
      // Without a turn the work fails as well, with an error that does not say why.
      const [first] = await Promise.allSettled([begun, done]);
      if (first.status === 'rejected') throw first.reason;
      const result = await done;
      await commit();
      return result;
    } catch (error) {
      // A COMMIT has ended the transaction, whatever became of it.
      if (committed === undefined) await this.query('rollback', 'ROLLBACK', []).catch(() => this.drop());
      throw error;
    }
  }

  private async commit(epoch: number): Promise<void> {
    failpoint('ledger.before-commit');
    const { command } = await this.query('commit', 'COMMIT', [], epoch);
    // The server answers so, without an error, where a statement before had failed.
    if (command !== 'COMMIT') throw new Error('nothing was committed: a statement of the transaction had failed');
  }

  private async untilFirst<T>(work: () => Promise<T>): Promise<T> {
    // Behind the turns: going back to a savepoint gives up what was locked after it.
    await this.query(undefined, 'SAVEPOINT before_work', []);
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!hasSqlState(error, UNIQUE_VIOLATION) || tries >= LOCKED_TRIES_MAX) throw error;
        await this.query('undo', 'ROLLBACK TO SAVEPOINT before_work', []);
        await sleep(this.clock, LOCKED_PAUSE_MS);
      }
    }
  }

  /** The rows of a prepared statement that takes lists, the first of them of wallets; as each of its parts is asked for. */
  private async ask(name: string, text: string, lists: readonly (readonly unknown[])[]): Promise<readonly Row[]> {
    if (!this.#isSpread) return rowsOf(await this.query(name, text, [...lists]));
    return askEachWallet(lists, async (ofOne) =>
      rowsOf(await this.query(name, ofOneWallet(text, onlyOf('$1')), ofOne)),
    );
  }

  /**
   * Sends a statement, but none in another epoch than the given one.
   * @param name of the prepared statement; undefined for text that is not prepared.
   */
  protected async query(
    name: string | undefined,
    text: string,
    values: unknown[],
    epoch = this.epoch,
  ): Promise<pg.QueryResult<Row>> {
    try {
      const client = this.client;
      if (!client) throw new NotSent('not connected');
      if (this.admitted !== this.hosts.epoch) {
        this.drop();
        throw new NotSent('another server may be the primary since this connection was opened');
      }
      if (epoch !== this.epoch) throw new NotSent('the connection was reopened since this batch was judged');
      const result = await this.inTime(client.query<Row>(name === undefined ? { text } : { name, text, values }));
      if (this.doubted === client) throw new UnknownOutcome();
      return result;
    } catch (error) {
      // A migration changed the type of a column: what is prepared here fails until it is prepared anew.
      if (error instanceof UnknownOutcome || isPlanOutdated(error)) this.drop();
      if (hasSqlState(error, READ_ONLY)) {
        this.hosts.suspect();
        this.drop();
      }
      throw error;
    }
  }

  /** Waits for the server's answer, and drops the connection if none comes in time. */
  private async inTime<T>(answer: Promise<T>): Promise<T> {
    const late = (): Error => {
      this.drop();
      return new Error(`no answer from PostgreSQL within ${STATEMENT_TIMEOUT_MS} ms`);
    };
    return withDeadline(answer, { clock: this.clock, timeoutMs: STATEMENT_TIMEOUT_MS, late });
  }
}
