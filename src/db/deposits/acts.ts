/** What operators do with deposits by hand. Each act is one transaction under the deposit's row lock, and is recorded. */
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
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, findRow, micros, oneOf, orNull, textOf, truth, type Row } from '../rows.ts';
import { giveDeposits } from './assignments.ts';
import { tellDeposits } from './events.ts';

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

interface Stand {
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
  readonly assignedOrg: string | null;
  readonly setAside: boolean;
}

/** A deposit under its row lock. */
interface LockedDeposit extends Stand {
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
 * Gives a deposit to an org; the detector credits it there, once. The same again changes nothing.
 * @param isCredited whether a token of a chain is one that is credited.
 * @throws Refusal NOT_FOUND for an unknown deposit or org; DEPOSIT_NOT_OPEN when it cannot be given to that org.
 */
export async function assignByHand(
  db: Database,
  request: ActRequest & { readonly org: string },
  isCredited: (chain: string, token: string) => boolean,
): Promise<void> {
  const { deposit, org, actor, words, at } = request;
  await act(db, 'assign', request, {
    judge: async (stand, trx) => {
      const known = await changeRows(trx, 'SELECT FROM org WHERE id = ?', [org]);
      if (known === 0) throw new Refusal('NOT_FOUND', 'there is no such org');
      return judgeAssignment({ ...stand, tokenCredited: isCredited(stand.chain, stand.token) }, org, 'admin');
    },
    apply: async (trx, { state, assignedOrg }) => {
      // One that is the org's already is released here: screening stopped it since.
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
 * Sets a deposit aside: nothing credits it any more, whoever its sender belongs to, until it is assigned. An
 * assignment that is not credited yet ends by it.
 * @throws Refusal NOT_FOUND; DEPOSIT_NOT_OPEN when it is credited, or gone.
 */
export async function ignoreByHand(db: Database, request: ActRequest): Promise<void> {
  await act(db, 'ignore', request, {
    judge: async (stand) => Promise.resolve(judgeIgnore({ ...stand, tokenCredited: false })),
    apply: async (trx) => {
      await trx.raw('DELETE FROM deposit_assignment WHERE deposit = ?', [request.deposit]);
      await trx.raw(
        `UPDATE deposit SET state = 'ignored', reason = coalesce(reason, 'set_aside'), org = NULL, set_aside = true,
           screening_waived = false, updated_at = ? WHERE id = ?`,
        [request.at, request.deposit],
      );
      await tellDeposits(trx, [request.deposit], request.at);
    },
  });
}

/** Writes something down about a deposit, in whatever state it is. @throws Refusal NOT_FOUND */
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
      stand: Omit<ActedOn, 'tokenCredited'> & { readonly chain: string; readonly token: string },
      trx: DatabaseTransaction,
    ) => Promise<ActVerdict>;
    readonly apply: (trx: DatabaseTransaction, before: Stand) => Promise<void>;
  },
): Promise<void> {
  await db.transaction(async (trx) => {
    const before = await lockStand(trx, deposit);
    if (!before) throw new Refusal('NOT_FOUND', 'there is no such deposit');
    const { chain, token, amount, wallet, ...stand } = before;
    const committedOrg = wallet === null ? null : stand.org;
    const verdict = await how.judge({ ...stand, committedOrg, amount, chain, token }, trx);
    if (verdict === 'repeat') return;
    if (verdict !== 'do') {
      throw new Refusal('DEPOSIT_NOT_OPEN', verdict.refused, { details: { state: stand.state, reason: stand.reason } });
    }
    await how.apply(trx, stand);
    const after = await lockStand(trx, deposit);
    await trx.raw(
      `INSERT INTO deposit_act (id, deposit, action, actor, words, before, after, at)
       VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)`,
      [id, deposit, action, actor, words, JSON.stringify(stand), JSON.stringify(standOf(after)), at],
    );
  });
}

function standOf(row: LockedDeposit | undefined): Stand {
  if (!row) throw new Error('a deposit vanished under its lock');
  const { state, reason, org, assignedOrg, setAside } = row;
  return { state, reason, org, assignedOrg, setAside };
}

async function lockStand(trx: DatabaseTransaction, deposit: string): Promise<LockedDeposit | undefined> {
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
