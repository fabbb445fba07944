/** The charges that the commands of one batch give back, read with the heads that these are judged on. */
import type { Command } from '../../core/ledger/commands.ts';
import type { RefundableCharge, Refunds } from '../../core/refunds/refund.ts';
import type { ChargeOfWallet } from './charges.ts';

/** The charge that a command gives back, by the number of its first entry; undefined for other commands. */
export function chargeNamedBy(command: Command): number | undefined {
  return command.op === 'credit' ? command.refundOf : undefined;
}

interface Asked {
  readonly wallet: string;
  readonly seq: number;
}

/** A command of a wallet. */
interface Named {
  readonly wallet: string;
  readonly command: Command;
}

const nameOf = ({ wallet, seq }: Asked): string => `${wallet} ${seq}`;

export class NamedCharges {
  readonly #read = new Map<string, RefundableCharge | undefined>();

  /**
   * Reads the charges that commands name, each time anew. To be called after the heads of their wallets are read: what was
   * given back since then takes the number that the command needs, so that the database refuses the command.
   */
  async load(
    connection: { findCharges(asked: readonly Asked[]): Promise<readonly ChargeOfWallet[]> },
    pendings: readonly { readonly submission: Named }[],
  ): Promise<void> {
    const asked = pendings.flatMap(({ submission: { wallet, command } }) => {
      const seq = chargeNamedBy(command);
      return seq === undefined ? [] : [{ wallet, seq }];
    });
    if (asked.length === 0) return;
    const found = await connection.findCharges(asked);
    for (const one of asked) this.#read.set(nameOf(one), undefined);
    for (const { wallet, charge } of found) this.#read.set(nameOf({ wallet, seq: charge.charge }), charge);
  }

  /** Makes the charge of a command known where it is judged. */
  teach(refunds: Refunds, { wallet, command }: Named): void {
    const seq = chargeNamedBy(command);
    if (seq !== undefined) refunds.learn(seq, this.#read.get(nameOf({ wallet, seq })));
  }
}
