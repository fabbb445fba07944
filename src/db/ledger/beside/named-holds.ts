/** Reads the holds that commands name, and their parents, where the heads that the commands are judged on lack them. */
import { holdsNamedBy } from '../../../core/ledger/commands.ts';
import type { OpenHold } from '../../../core/ledger/head.ts';
import { knownOf, type LoadedWallet } from '../heads.ts';
import type { Pending } from '../submission.ts';

/** What is known of them then, by wallet and number; undefined for what is not open. */
export async function readLacking(
  connection: {
    loadHolds(
      asked: readonly { readonly wallet: string; readonly hold: number }[],
    ): Promise<readonly { readonly wallet: string; readonly hold: OpenHold }[]>;
  },
  pendings: readonly Pending[],
  loaded: ReadonlyMap<string, LoadedWallet>,
): Promise<ReadonlyMap<string, ReadonlyMap<number, OpenHold | undefined>>> {
  const asked = pendings.flatMap(({ submission: { wallet, command } }) => {
    const holds = loaded.get(wallet)?.head.holds;
    const lacking = holdsNamedBy(command).filter((hold) => holds?.lacks(hold) === true);
    return lacking.map((hold) => ({ wallet, hold }));
  });
  if (asked.length === 0) return new Map();
  const found = Map.groupBy(await connection.loadHolds(asked), ({ wallet }) => wallet);
  const known = [...Map.groupBy(asked, ({ wallet }) => wallet)].map(([wallet, own]) => {
    const numbers = own.map(({ hold }) => hold);
    return [
      wallet,
      knownOf(
        numbers,
        (found.get(wallet) ?? []).map(({ hold }) => hold),
      ),
    ] as const;
  });
  return new Map(known);
}
