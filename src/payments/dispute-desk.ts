/** Answers disputes: makes the evidence of an order, sends it once, or gives the dispute up. Settles what the provider says then. */
import { readAccountName, type AccountName, type PaymentMode } from '../core/billing/facts.ts';
import type { DisputeDesk, DisputeEvidence } from '../core/billing/dispute-desk.ts';
import { isClosed } from '../core/billing/dispute.ts';
import { composeEvidence, evidenceHash, evidenceText, type Evidence } from '../core/billing/evidence.ts';
import { evidenceContext } from '../core/billing/account-secrets.ts';
import type { Vault } from '../core/access/vault.ts';
import { Refusal } from '../core/errors.ts';
import { walletOfOrder } from '../core/billing/order.ts';
import { z } from 'zod';
import { findCheckout } from '../db/billing/checkouts.ts';
import {
  dropEvidence,
  findEvidence,
  listConsents,
  listUses,
  noteSubmitted,
  storeEvidence,
  type StoredEvidence,
} from '../db/billing/evidence.ts';
import { listMovements } from '../db/billing/movements.ts';
import { findOrder, listSteps } from '../db/billing/orders.ts';
import { findDispute, type Dispute } from '../db/billing/disputes.ts';
import type { SettleMeans } from './movements.ts';
import { ProviderFailed, type ProviderAccount } from './port.ts';
import { openSettle } from './settle.ts';

export interface DisputeMeans extends SettleMeans {
  /** The account of a name; undefined where it has no key. */
  readonly findAccount: (name: AccountName) => Promise<ProviderAccount | undefined>;
  readonly mode: PaymentMode;
  /** Seals evidence. */
  readonly vault: Vault;
}

/** Opens the desk for disputes on every account. */
export function openDisputeDesk(means: DisputeMeans): DisputeDesk {
  return {
    evidence: async (id) => {
      const dispute = await getDispute(means, id);
      const kept = await findEvidence(means.db, { account: dispute.account, dispute: id });
      return kept ? viewOf(kept, openEvidence(means, kept)) : viewOf(...(await make(means, dispute)));
    },
    submit: async (id) => submit(means, id),
    accept: async (id) => accept(means, id),
  };
}

/** The texts of evidence as they are sealed. */
const sealedShape = z.strictObject({ product: z.string(), activity: z.string(), statement: z.string() });

function openEvidence({ vault }: DisputeMeans, { account, dispute, sealed }: StoredEvidence): Evidence {
  return sealedShape.parse(JSON.parse(vault.open(evidenceContext(account, dispute), sealed)));
}

type Made = Omit<StoredEvidence, 'sealed'>;

function viewOf({ dispute, order, hash, madeAtMs, submittedAtMs }: Made, evidence: Evidence): DisputeEvidence {
  return { dispute, order, hash, madeAtMs, submittedAtMs, text: evidenceText(evidence) };
}

/** The evidence as it would be made now. */
async function make({ db, clock }: DisputeMeans, dispute: Dispute): Promise<[Made, Evidence]> {
  const [order, checkout] = [await findOrder(db, dispute.order), await findCheckout(db, dispute.order)];
  if (!order || !checkout) throw new Error(`dispute ${dispute.id} is of no order`);
  const movements = (await listMovements(db, [order.id])).get(order.id) ?? [];
  const lots = movements.flatMap(({ kind, entrySeq }) =>
    kind.startsWith('credit_') && entrySeq !== null ? [entrySeq] : [],
  );
  const about = { org: order.org, account: dispute.account, before: new Date(dispute.openedAtMs) };
  const evidence = composeEvidence({
    dispute,
    order: { ...order, payment: checkout.payment, charge: checkout.charge, receiptUrl: checkout.receiptUrl },
    steps: (await listSteps(db, [order.id])).get(order.id) ?? [],
    consents: await listConsents(db, about),
    uses: await listUses(db, walletOfOrder(order), lots),
  });
  const { account, id } = dispute;
  const hash = evidenceHash(evidence);
  return [{ account, dispute: id, order: order.id, hash, madeAtMs: clock.nowMs(), submittedAtMs: null }, evidence];
}

/**
 * The evidence is stored before it is sent, so that a lost answer is followed by the same text under the same key; whether it had
 * arrived is asked first. What the provider refused is forgotten, and made anew the next time.
 */
async function submit(means: DisputeMeans, id: string): Promise<DisputeEvidence & { readonly replayed: boolean }> {
  const { db, clock } = means;
  const dispute = await getDispute(means, id);
  const name = { account: dispute.account, dispute: id };
  const before = await findEvidence(db, name);
  if (before && before.submittedAtMs !== null)
    return { ...viewOf(before, openEvidence(means, before)), replayed: true };
  const account = await getAccount(means, dispute);
  const fact = await account.fetch({ kind: 'dispute', id });
  if (fact?.kind !== 'dispute') throw new Refusal('NOT_FOUND', 'the provider has no such dispute');
  checkOpen(fact.status);
  if (fact.evidenceSubmitted && !before) {
    throw new Refusal('DISPUTE_NOT_OPEN', 'evidence was submitted elsewhere', {
      details: { disputeStatus: fact.status },
    });
  }
  const kept = before ?? (await storeMade(means, dispute));
  const evidence = openEvidence(means, kept);
  if (!fact.evidenceSubmitted) {
    const key = `coffer-evidence-${id}-${kept.hash}`;
    await account.submitEvidence({ dispute: id, evidence, key }).catch(async (error: unknown) => {
      if (error instanceof ProviderFailed && error.fault.outcome === 'refused') await dropEvidence(db, name);
      throw error;
    });
  }
  await noteSubmitted(db, name, new Date(clock.nowMs()));
  await settleNow(means, account, id);
  const sent = await findEvidence(db, name);
  if (!sent) throw new Error('evidence is gone');
  return { ...viewOf(sent, evidence), replayed: before !== undefined };
}

/** Makes the evidence and stores it, sealed. */
async function storeMade(means: DisputeMeans, dispute: Dispute): Promise<StoredEvidence> {
  const [made, evidence] = await make(means, dispute);
  const sealed = means.vault.seal(evidenceContext(made.account, made.dispute), JSON.stringify(evidence));
  return storeEvidence(means.db, { ...made, sealed });
}

async function accept(means: DisputeMeans, id: string): Promise<void> {
  const dispute = await getDispute(means, id);
  checkOpen(dispute.status);
  const account = await getAccount(means, dispute);
  await account.acceptDispute(id);
  await settleNow(means, account, id);
}

/** What the provider says of the dispute now counts at once; its webhook comes as well. */
async function settleNow(means: DisputeMeans, account: ProviderAccount, id: string): Promise<void> {
  const fact = await account.fetch({ kind: 'dispute', id });
  if (fact) await openSettle(means)(fact);
}

/** @throws Refusal DISPUTE_NOT_OPEN */
function checkOpen(status: string): void {
  if (!isClosed(status)) return;
  throw new Refusal('DISPUTE_NOT_OPEN', `the dispute is ${status}`, { details: { disputeStatus: status } });
}

/** @throws Refusal NOT_FOUND */
async function getDispute({ db }: DisputeMeans, id: string): Promise<Dispute> {
  const dispute = await findDispute(db, id);
  if (dispute) return dispute;
  throw new Refusal('NOT_FOUND', 'there is no such dispute');
}

/** The account that a dispute is of. @throws Refusal PAYMENTS_NOT_CONFIGURED */
async function getAccount({ findAccount, mode }: DisputeMeans, { account: name }: Dispute): Promise<ProviderAccount> {
  const account = await findAccount(name);
  if (account?.mode === mode) return account;
  const missing =
    account !== undefined
      ? `a key of mode ${mode}`
      : readAccountName(name)?.org === null
        ? `payments.${name}`
        : `a key of ${name}`;
  throw new Refusal('PAYMENTS_NOT_CONFIGURED', `the account of the dispute cannot be used: ${missing} is missing`, {
    details: { missing },
  });
}
