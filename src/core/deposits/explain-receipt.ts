/** Explains from its receipt why a transaction without a known deposit would or would not be credited. */
import { classify } from './classify.ts';
import { wordsOf } from './explain.ts';
import type { TokenBook } from '../chains/token-book.ts';
import type { TransferEvent } from '../chains/transfer.ts';

/** How a chain is configured, and how far it has been read. */
export interface ReceiptContext {
  readonly chain: string;
  readonly book: TokenBook;
  readonly watchOnly: boolean;
  /** Those addresses in the receipt that are ours, canonical. */
  readonly own: ReadonlySet<string>;
  readonly startBlock: number;
  /** First block that has not been read to the end; undefined before the first scan. */
  readonly nextBlock: number | undefined;
}

export interface ReceiptSeen {
  readonly succeeded: boolean;
  readonly blockNumber: number;
  readonly transfers: readonly TransferEvent[];
}

/** The explanation, one sentence for each fact; the first is the reason. */
export function explainReceipt(context: ReceiptContext, receipt: ReceiptSeen | undefined): string[] {
  if (!receipt) return ['It is in no block of this chain: not mined yet, dropped, or sent on another chain.'];
  if (!receipt.succeeded) return [`It is in block ${receipt.blockNumber} and was reverted: it moved nothing.`];
  const { transfers } = receipt;
  const ours = transfers.filter(({ to }) => context.own.has(to));
  if (ours.length > 0) return ours.map((transfer) => explainOurs(context, transfer));
  const credited = transfers.find(({ token }) => context.book(context.chain, token)?.credited === true);
  if (credited) {
    const symbol = context.book(context.chain, credited.token)?.symbol ?? 'the token';
    return [`It sends ${symbol} to ${credited.to || 'an unreadable recipient'}, which is not an address of ours.`];
  }
  return [
    transfers.length === 0
      ? 'It moves no token. The chain’s own coin is never credited.'
      : 'It moves tokens, and none of them to an address of ours.',
  ];
}

function explainOurs(context: ReceiptContext, transfer: TransferEvent): string {
  const { chain, book, watchOnly, own, startBlock, nextBlock } = context;
  const { token, amount, blockNumber, ordinal } = transfer;
  const name = book(chain, token);
  const what = `Transfer ${ordinal} of ${amount} units of ${name?.symbol ?? token} to us in block ${blockNumber}`;
  if (!name) return `${what}: this token is not configured, so its transfers are not read.`;
  const asset = name.credited ? 'credited' : watchOnly ? 'unlisted_chain' : 'wrong_asset';
  const sorted = classify(transfer, own, asset);
  if (sorted.reason !== null) return `${what} is not credited: ${wordsOf(sorted.reason)}.`;
  if (blockNumber < startBlock) return `${what} is before startBlock ${startBlock}: it is not read.`;
  if (nextBlock === undefined || blockNumber >= nextBlock) {
    return `${what} has not been read yet: the detector has read up to block ${(nextBlock ?? startBlock) - 1}.`;
  }
  return `${what} should have been recorded and was not. Read it again: coffer chain rescan --chain ${chain} --from ${blockNumber} --to ${blockNumber}`;
}
