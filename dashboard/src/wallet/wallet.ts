/** What the pages know of a wallet, of whatever family. The wallet alone is asked: the app's policy lets it reach no node. */

/** What to sign: a text on EVM chains, typed data on Starknet. */
export type Challenge = string | Readonly<Record<string, unknown>>;

export interface Payment {
  /** CAIP-2. */
  readonly chain: string;
  readonly token: string;
  readonly to: string;
  /** Millionths of a dollar, which are the units of USDC. */
  readonly units: bigint;
}

/** A wallet that announced itself to the page. */
export interface Wallet {
  readonly id: string;
  readonly name: string;
  readonly family: 'eip155' | 'starknet';
  /** A picture as a data URL, if the wallet has one. */
  readonly icon: string | undefined;
  /** Asks the person for accounts. @throws when the person refuses */
  connect(): Promise<string[]>;
  /** A signature as the service takes it: hex, or a list of felts. */
  sign(account: string, message: Challenge): Promise<string | string[]>;
  /** Asks the person to send USDC. @returns the transaction's hash */
  pay(account: string, payment: Payment): Promise<string>;
}

/** The family of wallets for a chain, named as CAIP-2. */
export const familyOf = (chain: string): Wallet['family'] => (chain.startsWith('eip155:') ? 'eip155' : 'starknet');

/** Whether two spellings are one address: letters in either case, zeros in front or not. */
export const isSameAddress = (a: string, b: string): boolean => BigInt(a) === BigInt(b);

/** Why a wallet did not do it, in words; wallets throw all kinds of things. */
export function whyOf(error: unknown): Error {
  const record = typeof error === 'object' && error !== null ? error : {};
  const code = 'code' in record ? record.code : undefined;
  const text =
    'shortMessage' in record && typeof record.shortMessage === 'string'
      ? record.shortMessage
      : 'message' in record && typeof record.message === 'string'
        ? record.message
        : '';
  if (code === 4001 || code === 113 || /reject|denied|refused/i.test(text))
    return new Error('You refused it in the wallet.');
  return new Error(text === '' ? 'The wallet did not do it.' : `The wallet says: ${text}`);
}

/** Follows which wallets are there; they may announce themselves late. @returns stops following */
export function watchWallets(onChange: (wallets: readonly Wallet[]) => void): () => void {
  const found = { evm: [] as readonly Wallet[], starknet: [] as readonly Wallet[] };
  const tell = (): void => onChange([...found.evm, ...found.starknet]);
  let isOver = false;
  const stops: (() => void)[] = [];
  const begin = (family: keyof typeof found, watch: (on: (list: readonly Wallet[]) => void) => () => void): void => {
    if (isOver) return;
    stops.push(
      watch((list) => {
        found[family] = list;
        tell();
      }),
    );
  };
  void import('./evm').then(({ watch }) => begin('evm', watch));
  void import('./starknet').then(({ watch }) => begin('starknet', watch));
  return () => {
    isOver = true;
    for (const stop of stops) stop();
  };
}
