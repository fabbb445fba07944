/**
 * Statements about wallets where the ledger is spread over servers. A statement that goes from wallet to wallet is refused there.
 * One in which every table is asked for the same wallet goes as it is to the server that has the wallet.
 */
import type { Row } from '../../rows.ts';

/** A column of wallets' ids that is compared with that of another table. */
const OF_ANOTHER = /\b((?:[a-z]\.)?wallet|w\.id) = (?:[a-z]\.wallet|[wx]\.id)\b/g;

/**
 * A statement in the form in which every table is asked for the same wallet.
 * @param wallet its id, as SQL
 */
export const ofOneWallet = (sql: string, wallet: string): string =>
  sql.replaceAll(OF_ANOTHER, (_found, column: string) => `${column} = ${wallet}`);

/** The only wallet of a list. @param wallets the parameter that has the list */
export const onlyOf = (wallets: string): string => `(${wallets}::uuid[])[1]`;

/**
 * Asks once for each wallet, at the same time.
 * @param parameters lists of one length: of the wallets, and of what is asked of each beside it
 * @returns all rows
 */
export async function askEachWallet(
  parameters: readonly (readonly unknown[])[],
  ask: (ofOne: unknown[][]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const wallets = parameters[0] ?? [];
  const places = [...Map.groupBy(wallets.keys(), (at) => wallets[at]).values()];
  const answers = await Promise.all(
    places.map(async (at) => ask(parameters.map((values) => at.map((place) => values[place])))),
  );
  return answers.flat();
}
