/** Records the events of orgs' registered senders, in the transaction that changes them. */
import { eventId } from '../../core/events/kinds.ts';
import type { DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';

/** A registration after the change. */
export interface RegisteredSender {
  readonly id: string;
  readonly org: string;
  readonly family: string;
  readonly address: string;
  readonly chain: string | null;
  readonly label: string | null;
  readonly state: string;
}

/** Records that senders were registered (or proven, which counts as a new registration), or that a registration ended. */
export async function recordSenderEvents(
  trx: DatabaseTransaction,
  kind: 'sender.registered' | 'sender.unbound',
  senders: readonly RegisteredSender[],
  at: Date,
): Promise<void> {
  const events = senders.map(({ id, org, family, address, chain, label, state }) => ({
    log: org,
    event: {
      id: eventId(kind, id, state, chain ?? ''),
      kind,
      atMs: at.getTime(),
      data: { senderId: id, address, chain, family, label, state },
    },
  }));
  await recordEvents(trx, events);
}
