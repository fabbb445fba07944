/** Calls that decide what credit arises later: above the limit they wait for a second person. */
import { carryOutOrAsk } from '../../db/approvals/carry-out.ts';
import type { ChangeKind } from '../../db/approvals/change.ts';
import type { NamedKey } from '../../core/ids.ts';
import { viewOfApproval } from '../../views/approval.ts';
import { actorOf, mintLimitOf, type Caller } from '../access/caller.ts';
import { handsOf } from '../access/key-lineage.ts';
import type { SurfaceDeps } from '../deps.ts';
import type { Reply } from '../server/reply.ts';
import { replyOf } from './command.ts';
import { APPROVALS_PATH } from './second-person.ts';

/**
 * Carries a change out, and answers what `show` makes of its result; or answers 202 with the approval that it waits for. The
 * caller is a minter: that is checked before. A second person's decision is the platform's, so this crosses orgs.
 * @throws Refusal IDEMPOTENCY_CONFLICT; why the change is refused
 */
export async function changeOrAsk<Input, Result>(
  { crossing, clock, adminEntryLimitMicros: limitMicros }: SurfaceDeps,
  kind: ChangeKind<Input, Result>,
  call: {
    readonly caller: Caller;
    readonly input: Input;
    readonly idempotencyKey: NamedKey | undefined;
    readonly show: (result: Result) => object;
  },
): Promise<Reply> {
  const { caller, input, idempotencyKey: named, show } = call;
  const at = new Date(clock.nowMs());
  const { change, answer, replayed } = await carryOutOrAsk(crossing, {
    kind,
    input,
    show,
    actor: actorOf(caller),
    hands: await handsOf(crossing, caller),
    limitMicros: mintLimitOf(caller, limitMicros),
    idempotencyKey: named?.text,
    at,
  });
  const { idempotencyKey } = change;
  if (answer !== null) return replyOf({ body: answer, idempotencyKey, replayed });
  const { headers, body } = replyOf({ body: viewOfApproval(change, at.getTime()), idempotencyKey, replayed });
  return { status: 202, body, headers: { ...headers, Location: `${APPROVALS_PATH}/${change.id}` } };
}
