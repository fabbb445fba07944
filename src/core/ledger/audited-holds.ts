/** The open holds of a wallet as its entries alone make them: what an audit knows of each after the entries that it read. */
import type { AuditedLots } from './audited-lots.ts';
import type { Entry } from './entry.ts';
import { findHeartbeat, findHoldEnd, findParent } from './hold-note.ts';
import { holdTypes, WITHIN_HOLDS } from './vocabulary.ts';

/** A row of the table of open holds. */
export interface OpenHoldRow {
  readonly hold: number;
  readonly expiresAtMs: number;
  readonly parent?: number | undefined;
  /** Where its owner reports: how often, and when it ends in any case. */
  readonly heartbeat?: { readonly everyMs: number; readonly endsAtMs: number } | undefined;
}

interface HoldState {
  readonly opened: Entry;
  readonly parent: number | undefined;
  /** How many holds that drew on it are open. */
  children: number;
  readonly gift: boolean;
  /** The held amount by lot, in the order of capture. */
  readonly draws: Map<number, bigint>;
  /** The description of the last extension. */
  note: string | undefined;
}

/** Thrown within the audit and caught by it. */
export class Wrong extends Error {
  readonly seq: number;
  constructor(seq: number, what: string) {
    super(what);
    this.seq = seq;
  }
}

/** Fails the audit at an entry unless something is so. */
export function demand(seq: number, holds: boolean, what: string): void {
  if (!holds) throw new Wrong(seq, what);
}

export class AuditedHolds {
  /** The sum of what all holds have. */
  total = 0n;
  readonly #lots: AuditedLots;
  readonly #holds = new Map<number, HoldState>();
  #emptied: number | undefined;
  /** Money that moves between two holds: the entry of the other one has to follow. */
  #moving: { readonly hold: number | undefined; readonly lot: number | null; readonly heldDelta: bigint } | undefined;

  constructor(lots: AuditedLots) {
    this.#lots = lots;
  }

  /** True between the two entries that move money from a hold to another. */
  get isMoving(): boolean {
    return this.#moving !== undefined;
  }

  /** The action that an open hold was opened for; null where there is none. */
  actionOf(hold: number): string | null {
    return this.#holds.get(hold)?.opened.action ?? null;
  }

  /** Reads the next entry. @param giftsHeld its effect on held free gift cards. @throws Wrong */
  read(entry: Entry, giftsHeld: number): void {
    if (entry.part === 0) this.#closeEmptied();
    this.#check(entry, giftsHeld);
    this.#checkMove(entry);
  }

  /** Compares the open holds with their table, after the last entry, whose number is `seq`. @throws Wrong */
  finish(rows: readonly OpenHoldRow[], seq: number): void {
    demand(seq, this.#moving === undefined, LACKS_HALF);
    this.#closeEmptied();
    this.#compare(rows);
  }

  #check(entry: Entry, giftsHeld: number): void {
    const { seq, hold, heldDelta } = entry;
    if (hold === null) return demand(seq, giftsHeld === 0, 'changes held free gift cards without a hold');
    if (hold === seq) this.#openHold(entry);
    if (this.#emptied !== hold && endsEmpty(entry)) this.#closeEmptied();
    const state = this.#holds.get(hold);
    if (!state) throw new Wrong(seq, `belongs to hold ${hold}, which is not open`);
    demand(seq, state.opened.service === entry.service, `hold ${hold} is for another service`);
    if (entry.type === state.opened.type && entry.availableDelta === 0n && heldDelta === 0n && hold !== seq) {
      state.note = entry.description ?? '';
      return demand(seq, giftsHeld === 0, 'an extension changes held free gift cards');
    }
    if (state.gift) return this.#moveCard(entry, hold, state, giftsHeld);
    demand(seq, giftsHeld === 0, 'changes held free gift cards in a hold of money');
    if (heldDelta !== 0n) return this.#moveHeld(entry, hold, state);
    const goesOn = endsEmpty(entry) ? 'ends' : 'goes beyond';
    demand(seq, state.draws.size === 0, `${goesOn} hold ${hold}, which has something left`);
    if (endsEmpty(entry)) this.#close(hold, state);
  }

  /** Money moves between a hold and its parent in two entries, that of the hold first. */
  #checkMove({ seq, hold, lot, heldDelta, contra }: Entry): void {
    const moving = this.#moving;
    this.#moving = undefined;
    if (moving) {
      const isOther = contra === WITHIN_HOLDS && hold === moving.hold && lot === moving.lot;
      return demand(seq, isOther && heldDelta === -moving.heldDelta, LACKS_HALF);
    }
    if (contra !== WITHIN_HOLDS) return;
    const parent = this.#holds.get(hold ?? 0)?.parent;
    demand(seq, parent !== undefined && this.#holds.has(parent), 'moves money from or to a hold that is not open');
    this.#moving = { hold: parent, lot, heldDelta };
  }

  /**
   * Closes the hold that the last command emptied. Not before that command ends: its overrun entries still name the
   * hold.
   */
  #closeEmptied(): void {
    const state = this.#holds.get(this.#emptied ?? 0);
    // One that has open holds stays open, and its end is an entry of its own.
    if (this.#emptied !== undefined && state?.children === 0) this.#close(this.#emptied, state);
    this.#emptied = undefined;
  }

  #close(hold: number, { parent }: HoldState): void {
    this.#holds.delete(hold);
    const of = this.#holds.get(parent ?? 0);
    if (of) of.children -= 1;
  }

  #openHold(entry: Entry): void {
    const gift = entry.heldDelta === 0n;
    const parent = findParent(entry.description);
    demand(
      entry.seq,
      (parent !== undefined) === (entry.contra === WITHIN_HOLDS),
      'says of another hold than it draws from',
    );
    const of = this.#holds.get(parent ?? 0);
    demand(
      entry.seq,
      parent === undefined || (of !== undefined && of.parent === undefined && !of.gift),
      'draws from no hold',
    );
    if (of) of.children += 1;
    this.#holds.set(entry.seq, { opened: entry, gift, parent, children: 0, draws: new Map(), note: undefined });
  }

  #moveCard(entry: Entry, hold: number, state: HoldState, giftsHeld: number): void {
    const opens = state.opened.seq === entry.seq;
    demand(entry.seq, giftsHeld === (opens ? 1 : -1) && entry.heldDelta === 0n, 'a held free gift card is one card');
    if (!opens) this.#close(hold, state);
  }

  #moveHeld(entry: Entry, hold: number, state: HoldState): void {
    const { seq, lot, heldDelta } = entry;
    if (lot === null) throw new Wrong(seq, 'moves held money without a lot');
    const opens = heldDelta > 0n;
    if (opens) {
      // The command that opens a hold draws on each lot once; one that adds to it later may draw on the same lot again.
      const isOnce = entry.key !== state.opened.key || !state.draws.has(lot);
      const isPaid = entry.availableDelta === -heldDelta || entry.contra === WITHIN_HOLDS;
      demand(seq, isOnce && isPaid, `hold ${hold} was opened before`);
    }
    const left = (state.draws.get(lot) ?? 0n) + heldDelta;
    demand(seq, left >= 0n, `hold ${hold} has less than that in lot ${lot}`);
    this.total += heldDelta;
    if (left === 0n) state.draws.delete(lot);
    else state.draws.set(lot, left);
    const known = this.#lots.get(lot);
    if (!known) throw new Wrong(seq, `holds from lot ${lot}, which holds nothing`);
    known.heldBack += heldDelta;
    if (state.draws.size === 0) this.#emptied = hold;
  }

  #compare(rows: readonly OpenHoldRow[]): void {
    const stored = new Map(rows.map((row) => [row.hold, row]));
    for (const [hold, state] of this.#holds) {
      const row = stored.get(hold);
      if (!row) throw new Wrong(hold, 'the hold that it opened is missing among the open ones');
      demand(hold, endsAsTold(row, state), 'the hold that it opened ends at another time than its entries say');
      demand(hold, row.parent === state.parent, 'the hold that it opened has another parent than its entries say');
      stored.delete(hold);
    }
    for (const { hold } of stored.values()) throw new Wrong(hold, 'its hold is among the open ones, but is not open');
  }
}

/** True for the entry that ends a hold with nothing left. */
function endsEmpty({ type, service, availableDelta, heldDelta, giftDelta }: Entry): boolean {
  if (service === null || type !== holdTypes(service).release) return false;
  return availableDelta === 0n && heldDelta === 0n && giftDelta === 0;
}

function endsAsTold({ expiresAtMs, heartbeat }: OpenHoldRow, { opened, note }: HoldState): boolean {
  const noted = findHoldEnd(note === undefined ? opened : { ...opened, description: note });
  const endsAtMs = heartbeat?.endsAtMs ?? expiresAtMs;
  const isReported = heartbeat?.everyMs === findHeartbeat(opened.description) && expiresAtMs <= endsAtMs;
  return isReported && expiresAtMs > opened.atMs && (noted === undefined || noted === endsAtMs);
}

const LACKS_HALF = 'money that moves between two holds is missing in one of them';
