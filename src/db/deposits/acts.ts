/** The acts of operators on deposits. Each act is one transaction under the deposit's row lock, and is recorded. */
import {
  judgeAssignment,
  judgeIgnore,
  type ActAction,
  type ActedOn,
  type ActVerdict,
} from '../../core/deposits/acts.ts';
import { DEPOSIT_STATES, type DepositState } from '../../core/deposits/states.ts';
import { STOPPED } from '../../core/deposits/states.ts';
import { Refusal } from '../../core/errors.ts';
import { holdClosedOrgs } from '../access/orgs.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, findRow, micros, oneOf, orNull, textOf, truth, type Row } from '../rows.ts';
import { giveDeposits } from './assignments.ts';
import { recordDepositEvents } from './events.ts';

/** Who does what to which deposit, and why. */
export interface ActRequest {
  /** Id that the act gets, a UUIDv7. */
  readonly id: string;
  readonly deposit: string;
  /** The id of the key, or the user at the command line. */
  readonly actor: string;
  /** The reason, or the note; 1 to 1,000 characters. */
  readonly words: string;
  readonly at: Date;
}

/** The parts of a deposit that an act can change; stored before and after it. */
interface DepositStatus {
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
  readonly assignedOrg: string | null;
  readonly setAside: boolean;
}

/** A deposit whose row is locked. */
interface LockedDeposit extends DepositStatus {
  readonly chain: string;
  readonly token: string;
  readonly amount: bigint;
  readonly wallet: string | null;
}

function lockedOf(row: Row): LockedDeposit {
  return {
    state: oneOf(DEPOSIT_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    org: orNull(row['org'], textOf),
    assignedOrg: orNull(row['assignedOrg'], textOf),
    setAside: truth(row['setAside']),
    chain: textOf(row['chain']),
    token: textOf(row['token']),
    amount: micros(row['amount']),
    wallet: orNull(row['wallet'], textOf),
  };
}

/**
 * Gives a deposit to an org, to which the detector then credits it once. Repeating it changes nothing.
 * @param isCredited whether deposits of a chain's token are credited.
 * @throws Refusal NOT_FOUND for an unknown deposit or org; DEPOSIT_NOT_OPEN when it cannot be given to that org, or the
 *   org is closed.
 */
export async function assignByHand(
  db: Database,
  request: ActRequest & { readonly org: string },
  isCredited: (chain: string, token: string) => boolean,
): Promise<void> {
  const { deposit, org, actor, words, at } = request;
  await act(db, 'assign', request, {
    judge: async (status, trx) => {
      const known = await changeRows(trx, 'SELECT FROM org WHERE id = ?', [org]);
      if (known === 0) throw new Refusal('NOT_FOUND', 'there is no such org');
      if ((await holdClosedOrgs(trx, [org])).has(org)) {
        throw new Refusal('DEPOSIT_NOT_OPEN', 'the org is closed: reopen it first, or choose another');
      }
      return judgeAssignment({ ...status, tokenCredited: isCredited(status.chain, status.token) }, org, 'admin');
    },
    apply: async (trx, { state, assignedOrg }) => {
      // A deposit that the org has already was stopped by screening since; this only releases it.
      if (assignedOrg !== org) await giveDeposits(trx, [deposit], { org, by: 'admin', actor, reason: words, at });
      if (!STOPPED.includes(state)) return;
      await trx.raw(
        `UPDATE deposit SET state = 'confirming', reason = NULL, screening_waived = true, updated_at = ? WHERE id = ?`,
        [at, deposit],
      );
    },
  });
}

/**
 * Sets a deposit aside: until it is assigned, nothing credits it, even if its sender belongs to an org. This ends an
 * assignment that is not credited yet.
 * @throws Refusal NOT_FOUND; DEPOSIT_NOT_OPEN when it is credited, or no longer on the chain.
 */
export async function ignoreByHand(db: Database, request: ActRequest): Promise<void> {
  await act(db, 'ignore', request, {
    judge: async (status) => Promise.resolve(judgeIgnore({ ...status, tokenCredited: false })),
    apply: async (trx) => {
      await trx.raw('DELETE FROM deposit_assignment WHERE deposit = ?', [request.deposit]);
      await trx.raw(
        `UPDATE deposit SET state = 'ignored', reason = coalesce(reason, 'set_aside'), org = NULL, set_aside = true,
           screening_waived = false, updated_at = ? WHERE id = ?`,
        [request.at, request.deposit],
      );
      await recordDepositEvents(trx, [request.deposit], request.at);
    },
  });
}

/** Adds a note to a deposit in any state; repeating the last note changes nothing. @throws Refusal NOT_FOUND */
export async function noteByHand(db: Database, request: ActRequest): Promise<void> {
  await act(db, 'note', request, {
    judge: async (_, trx) => {
      const isSame = await findRow(
        trx,
        (row) => truth(row['same']),
        `SELECT action = 'note' AND actor = ? AND words = ? AS same FROM deposit_act WHERE deposit = ?
         ORDER BY id DESC LIMIT 1`,
        [request.actor, request.words, request.deposit],
      );
      return isSame === true ? 'repeat' : 'do';
    },
    apply: async () => Promise.resolve(),
  });
}

async function act(
  db: Database,
  action: ActAction,
  { id, deposit, actor, words, at }: ActRequest,
  how: {
    readonly judge: (
      status: Omit<ActedOn, 'tokenCredited'> & { readonly chain: string; readonly token: string },
      trx: DatabaseTransaction,
    ) => Promise<ActVerdict>;
    readonly apply: (trx: DatabaseTransaction, before: DepositStatus) => Promise<void>;
  },
): Promise<void> {
  await db.transaction(async (trx) => {
    const before = await lockDeposit(trx, deposit);
    if (!before) throw new Refusal('NOT_FOUND', 'there is no such deposit');
    const { chain, token, amount, wallet, ...status } = before;
    const committedOrg = wallet === null ? null : status.org;
    const verdict = await how.judge({ ...status, committedOrg, amount, chain, token }, trx);
    if (verdict === 'repeat') return;
    if (verdict !== 'do') {
      throw new Refusal('DEPOSIT_NOT_OPEN', verdict.refused, {
        details: { state: status.state, reason: status.reason },
      });
    }
    await how.apply(trx, status);
    const after = await lockDeposit(trx, deposit);
    await trx.raw(
      `INSERT INTO deposit_act (id, deposit, action, actor, words, before, after, at)
       VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)`,
      [id, deposit, action, actor, words, JSON.stringify(status), JSON.stringify(statusOf(after)), at],
    );
  });
}

function statusOf(row: LockedDeposit | undefined): DepositStatus {
  if (!row) throw new Error('a deposit vanished under its lock');
  const { state, reason, org, assignedOrg, setAside } = row;
  return { state, reason, org, assignedOrg, setAside };
}

async function lockDeposit(trx: DatabaseTransaction, deposit: string): Promise<LockedDeposit | undefined> {
  await trx.raw('SELECT FROM deposit WHERE id = ? FOR UPDATE', [deposit]);
  return findRow(
    trx,
    lockedOf,
    `SELECT d.state, d.reason, d.org, a.org AS "assignedOrg", d.set_aside AS "setAside", d.chain, d.token, d.amount,
       d.wallet
     FROM deposit d LEFT JOIN deposit_assignment a
       ON a.deposit = d.id AND a.from_address = d.from_address AND a.amount = d.amount
     WHERE d.id = ?`,
    [deposit],
  );
}
