import { z } from 'zod';
import type { SimTransaction } from './chain-state.ts';
import { faultSchema } from './faults.ts';
import { toFelt } from './felt.ts';
import { SimRpcError } from './rpc-methods.ts';
import type { Simulator } from './simulator.ts';

const WILDCARD_ERROR = -1;

const amount = z
  .string()
  .regex(/^[0-9]{1,78}$/)
  .transform((text) => BigInt(text));
const layout = z.enum(['L0', 'L1']);
const transfer = z.object({ from: z.string(), to: z.string(), amountMicros: amount });
const startingBlock = z.object({
  starting_block_id: z.union([
    z.object({ block_number: z.int() }),
    z.object({ block_hash: z.string() }),
    z.literal('latest'),
  ]),
});
const event = z.object({ from_address: z.string(), keys: z.array(z.string()), data: z.array(z.string()) });

const schemas = {
  mint: z.object({ to: z.string(), amountMicros: amount, token: z.string().optional() }),
  transfer: z.object({ transfers: z.array(transfer).min(1), token: z.string().optional() }),
  transferReverted: transfer.extend({ token: z.string().optional() }),
  emit: z.object({ events: z.array(event), sender: z.string().optional() }),
  mine: z.object({ count: z.int().min(1).default(1) }),
  reorg: z.object({ depth: z.int().min(1), replacements: z.array(z.array(z.string())).default([]) }),
  setLag: z.object({ blocks: z.int().min(0) }),
  setLayout: z.object({ layout, token: z.string().optional() }),
  setBlockHash: z.object({ commitsTo: z.enum(['content', 'count']) }),
  addToken: z.object({ symbol: z.string().optional(), decimals: z.int().optional(), layout: layout.optional() }),
  newAccounts: z.object({ count: z.int().min(1) }),
  removeFault: z.object({ id: z.int() }),
};

type Control = (simulator: Simulator, params: unknown) => unknown;

/** Controls over JSON-RPC, with parameters by name: devnet's own method names where they exist, else `sim_...`. */
export const CONTROL_METHODS: Readonly<Record<string, Control>> = {
  devnet_createBlock: (simulator) => ({ block_hash: simulator.mine()[0]?.hash }),
  devnet_abortBlocks: (simulator, params) => {
    const first = getStartingBlock(simulator, params);
    if (first < 1) throw new SimRpcError(WILDCARD_ERROR, 'Genesis block cannot be aborted');
    return { aborted: simulator.abortFrom(first).map((block) => block.hash) };
  },
  devnet_acceptOnL1: (simulator, params) => ({
    accepted: simulator.acceptOnL1(getStartingBlock(simulator, params)).map((block) => block.hash),
  }),
  sim_mint: (simulator, params) => {
    const p = schemas.mint.parse(params);
    return simulator.mint(p.to, p.amountMicros, p.token).hash;
  },
  sim_transfer: (simulator, params) => {
    const p = schemas.transfer.parse(params);
    return simulator.transfer(p.transfers, p.token).hash;
  },
  sim_transferReverted: (simulator, params) => {
    const p = schemas.transferReverted.parse(params);
    return simulator.transferReverted(p, p.token).hash;
  },
  sim_emit: (simulator, params) => {
    const p = schemas.emit.parse(params);
    return simulator.emit(p.events, p.sender).hash;
  },
  sim_mine: (simulator, params) => simulator.mine(schemas.mine.parse(params).count).map((block) => block.hash),
  sim_reorg: (simulator, params) => {
    const p = schemas.reorg.parse(params);
    const replacements = p.replacements.map((hashes) => hashes.map((hash) => getTransaction(simulator, hash)));
    simulator.reorg(p.depth, replacements);
    return true;
  },
  sim_setLag: (simulator, params) => {
    simulator.setLag(schemas.setLag.parse(params).blocks);
    return true;
  },
  sim_setLayout: (simulator, params) => {
    const p = schemas.setLayout.parse(params);
    simulator.chain.setLayout(p.token ?? simulator.usdc, p.layout);
    return true;
  },
  sim_setBlockHash: (simulator, params) => {
    simulator.chain.blockHashCommitsTo = schemas.setBlockHash.parse(params).commitsTo;
    return true;
  },
  sim_addToken: (simulator, params) => {
    const p = schemas.addToken.parse(params);
    return simulator.addToken({
      ...(p.symbol === undefined ? {} : { symbol: p.symbol }),
      ...(p.decimals === undefined ? {} : { decimals: p.decimals }),
      ...(p.layout === undefined ? {} : { layout: p.layout }),
    });
  },
  sim_newAccounts: (simulator, params) => simulator.newAccounts(schemas.newAccounts.parse(params).count),
  sim_addFault: (simulator, params) => simulator.addFault(faultSchema.parse(params)),
  sim_removeFault: (simulator, params) => {
    simulator.faults.remove(schemas.removeFault.parse(params).id);
    return true;
  },
  sim_clearFaults: (simulator) => {
    simulator.faults.clear();
    return true;
  },
};

function getStartingBlock(simulator: Simulator, params: unknown): number {
  const id = startingBlock.parse(params).starting_block_id;
  const { blocks, headNumber } = simulator.chain;
  if (id === 'latest') return headNumber;
  const number =
    'block_number' in id ? id.block_number : blocks.findLastIndex((block) => block.hash === toFelt(id.block_hash));
  if (number < 0 || number > headNumber) throw new SimRpcError(WILDCARD_ERROR, 'No block found');
  return number;
}

function getTransaction(simulator: Simulator, hash: string): SimTransaction {
  const found = simulator.chain.findTransaction(toFelt(hash));
  if (found === undefined) throw new SimRpcError(29, 'Transaction hash not found');
  return found.executed.transaction;
}
