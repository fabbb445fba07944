/**
 * The commands that wait in a lane, each wallet's in order of arrival. A batch takes from every wallet in turn, so that
 * the many commands of one wallet never keep another's out of the next batch.
 */

/** A command that waits, with its wallet. */
interface Waiting {
  readonly submission: { readonly wallet: string };
}

/** `take` it, `leave` it in its place, `drop` it, or take nothing more of its wallet for now. */
export type Choice = 'take' | 'leave' | 'drop' | 'enough';

export class FairQueue<Command extends Waiting> {
  /** The wallet whose turn is next comes first. */
  readonly #byWallet = new Map<string, Command[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** How many commands of a wallet wait. */
  lengthOf(wallet: string): number {
    return this.#byWallet.get(wallet)?.length ?? 0;
  }

  push(command: Command): void {
    const { wallet } = command.submission;
    const waiting = this.#byWallet.get(wallet);
    if (waiting) waiting.push(command);
    else this.#byWallet.set(wallet, [command]);
    this.#length += 1;
  }

  /** Puts commands back, in their order, before those of their wallets that wait. */
  putBack(commands: readonly Command[]): void {
    for (const [wallet, own] of Map.groupBy(commands, ({ submission }) => submission.wallet)) {
      this.#byWallet.set(wallet, [...own, ...(this.#byWallet.get(wallet) ?? [])]);
    }
    this.#length += commands.length;
  }

  /**
   * Takes up to `room` commands: of every wallet the same share, and what some do not need goes to the others. A wallet
   * that was served comes last next time. `choose` is asked once about each command that is reached.
   */
  take(room: number, choose: (command: Command) => Choice): Command[] {
    const taken: Command[] = [];
    const left: Command[] = [];
    while (taken.length < room && this.#byWallet.size > 0) {
      const share = Math.max(1, Math.floor((room - taken.length) / this.#byWallet.size));
      const turns = Array.from(this.#byWallet);
      for (const [wallet, waiting] of turns) {
        if (taken.length >= room) break;
        this.#byWallet.delete(wallet);
        const end = Math.min(taken.length + share, room);
        let reached = 0;
        let choice: Choice = 'take';
        for (const command of waiting) {
          if (taken.length >= end) break;
          choice = choose(command);
          if (choice === 'enough') break;
          if (choice === 'take') taken.push(command);
          if (choice === 'leave') left.push(command);
          reached += 1;
        }
        const rest = waiting.slice(reached);
        this.#length -= choice === 'enough' ? waiting.length : reached;
        if (choice === 'enough') for (const command of rest) left.push(command);
        else if (rest.length > 0) this.#byWallet.set(wallet, rest);
      }
    }
    this.putBack(left);
    return taken;
  }
}
