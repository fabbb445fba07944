/** What all entries of one command share: its key, what it is about, and what its caller noted. */
import type { Pricing } from '../pricing/price-book.ts';
import { formatStamp, type Priced } from '../pricing/stamp.ts';
import type { Intent, Notes } from './commands.ts';
import { entryText } from './entry-text.ts';
import type { OpenHold } from './head.ts';
import { childNote } from './hold-note.ts';
import type { Shared } from './posting.ts';
import type { ServiceType } from './vocabulary.ts';

/** What the entries of a command share. */
export function sharedOf(
  intent: Intent,
  about: {
    readonly service?: ServiceType | undefined;
    readonly deposit?: string | undefined;
    readonly packOrder?: string | undefined;
    readonly notes?: Notes | undefined;
    readonly priced?: Priced | undefined;
    readonly pricing?: Pricing | undefined;
  },
): Shared {
  const { notes, priced, pricing } = about;
  return {
    key: intent.key,
    inputHash: intent.inputHash,
    service: about.service ?? null,
    deposit: about.deposit ?? null,
    packOrder: about.packOrder ?? null,
    reference: notes?.reference ?? null,
    appId: notes?.appId ?? null,
    userId: notes?.userId ?? null,
    teamId: notes?.teamId ?? null,
    idempotencyKey: intent.idempotencyKey ?? null,
    description: notes?.remark ?? null,
    action: pricing && priced ? priced.action : null,
    pricing: pricing ? formatStamp(pricing) : null,
    text: notes ? entryText(notes, intent.salt) : null,
    textIsNew: true,
  };
}

/** What the entries of a hold's life share: they have its notes, except that a release may say why in its own words. */
export function sharedOfHold(intent: Intent, open: OpenHold, reason?: string): Shared {
  const { service, reference, appId, userId, teamId, text, parent } = open;
  const own = reason === undefined ? null : { description: reason, metadata: text?.metadata ?? undefined };
  const inherited = own ? entryText(own, intent.salt) : text;
  return {
    ...sharedOf(intent, { service, notes: { remark: parent === undefined ? undefined : childNote(parent) } }),
    reference,
    appId,
    userId,
    teamId,
    text: inherited,
    textIsNew: own !== null,
    repeats: own?.metadata === undefined ? undefined : text?.hash,
  };
}
