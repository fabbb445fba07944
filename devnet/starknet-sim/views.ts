import { FEE, SEQUENCER, type ChainState, type ExecutedTransaction, type SimBlock } from './chain-state.ts';
import { hashToFelt } from './felt.ts';

const STARKNET_VERSION = '0.14.4';
const GAS_PRICE = { price_in_fri: '0x3b9aca00', price_in_wei: '0x3b9aca00' };
const GAS_LIMIT = { max_amount: '0x186a0', max_price_per_unit: '0x174876e800' };

/** A row of starknet_getEvents. */
export interface EmittedEvent {
  transaction_hash: string;
  transaction_index: number;
  event_index: number;
  block_hash: string;
  block_number: number;
  from_address: string;
  keys: string[];
  data: string[];
}

/** The header as starknet_subscriptionNewHeads sends it. */
export function viewHeader(block: SimBlock): Record<string, unknown> {
  const transactionHashes = block.executed.map((one) => one.transaction.hash);
  return {
    block_hash: block.hash,
    parent_hash: block.parentHash,
    block_number: block.number,
    new_root: '0x0',
    ...viewPrices(block.timestamp),
    state_diff_commitment: hashToFelt('state diff', block.hash),
    state_diff_length: block.balanceChanges.size,
    transaction_commitment: hashToFelt('transactions', ...transactionHashes),
    event_commitment: hashToFelt('events', ...transactionHashes),
    receipt_commitment: hashToFelt('receipts', ...transactionHashes),
    transaction_count: block.executed.length,
    event_count: block.executed.reduce((sum, one) => sum + one.events.length, 0),
  };
}

function viewPrices(timestamp: number): Record<string, unknown> {
  return {
    sequencer_address: SEQUENCER,
    timestamp,
    starknet_version: STARKNET_VERSION,
    l1_gas_price: GAS_PRICE,
    l2_gas_price: GAS_PRICE,
    l1_data_gas_price: GAS_PRICE,
    l1_da_mode: 'BLOB',
  };
}

/** A block of a chain, with its transactions in the requested detail. */
export function viewBlock(
  chain: ChainState,
  block: SimBlock,
  detail: 'hashes' | 'transactions' | 'receipts',
): Record<string, unknown> {
  const transactions = block.executed.map((one) => {
    if (detail === 'hashes') return one.transaction.hash;
    if (detail === 'transactions') return { transaction_hash: one.transaction.hash, ...viewTransaction(one) };
    return { transaction: viewTransaction(one), receipt: viewReceiptBody(chain, block, one) };
  });
  return { status: finalityOf(chain, block), ...viewHeader(block), transactions };
}

/** The block in the making, without its pending transactions. */
export function viewPreConfirmed(chain: ChainState, headNumber: number): Record<string, unknown> {
  return { block_number: headNumber + 1, ...viewPrices(chain.head.timestamp), transactions: [] };
}

function finalityOf(chain: ChainState, block: SimBlock): string {
  return block.number <= chain.l1AcceptedNumber ? 'ACCEPTED_ON_L1' : 'ACCEPTED_ON_L2';
}

function viewTransaction(one: ExecutedTransaction): Record<string, unknown> {
  return {
    type: 'INVOKE',
    version: '0x3',
    sender_address: one.transaction.sender,
    calldata: [],
    signature: [],
    nonce: '0x0',
    resource_bounds: { l1_gas: GAS_LIMIT, l1_data_gas: GAS_LIMIT, l2_gas: GAS_LIMIT },
    tip: '0x0',
    paymaster_data: [],
    account_deployment_data: [],
    nonce_data_availability_mode: 'L1',
    fee_data_availability_mode: 'L1',
  };
}

function viewReceiptBody(chain: ChainState, block: SimBlock, one: ExecutedTransaction): Record<string, unknown> {
  const outcome =
    one.revertReason === undefined
      ? { execution_status: 'SUCCEEDED' }
      : { execution_status: 'REVERTED', revert_reason: one.revertReason };
  return {
    type: 'INVOKE',
    transaction_hash: one.transaction.hash,
    actual_fee: { unit: 'FRI', amount: FEE },
    messages_sent: [],
    events: one.events,
    ...outcome,
    finality_status: finalityOf(chain, block),
    execution_resources: { l1_gas: 0, l1_data_gas: 320, l2_gas: 2_520_720 },
  };
}

/** starknet_getTransactionReceipt of a transaction in a block. */
export function viewReceipt(chain: ChainState, block: SimBlock, one: ExecutedTransaction): Record<string, unknown> {
  return { ...viewReceiptBody(chain, block, one), block_hash: block.hash, block_number: block.number };
}

/** All events of a block, in order; `event_index` counts within the transaction. */
export function listBlockEvents(block: SimBlock): EmittedEvent[] {
  return block.executed.flatMap((one, transactionIndex) =>
    one.events.map((event, eventIndex) => ({
      transaction_hash: one.transaction.hash,
      transaction_index: transactionIndex,
      event_index: eventIndex,
      block_hash: block.hash,
      block_number: block.number,
      from_address: event.from_address,
      keys: event.keys,
      data: event.data,
    })),
  );
}
