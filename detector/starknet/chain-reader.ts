/** The ChainReader of Starknet, for the API: checks signatures with the account, reads deployment and balances. */
import { hash, shortString, typedData } from 'starknet';
import { z } from 'zod';
import type { ChainReader, ProofSignature } from '../../src/core/senders/chain-reader.ts';
import type { ProofMessage } from '../../src/core/senders/ownership-proof.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { ReaderRpcs, type AccountAnswer, type ReaderOptions } from '../rpc/reader-quorum.ts';
import { RpcFault } from '../rpc/fault.ts';
import { feltSchema, toWire } from './decode.ts';

/** Errors of the specification: no contract at the address; no such function; the function failed. */
const CONTRACT_NOT_FOUND = 20;
const SAYS_NO_CODES: readonly (number | undefined)[] = [21, 40];
/** The answers that mean yes: SNIP-6's 'VALID', and the 1 of older accounts. */
const YES: readonly bigint[] = [0x56414c4944n, 1n];
const FELT = /^(0x[0-9a-fA-F]{1,64}|[0-9]{1,77})$/;
/** Felts are below 2^251 + 17 * 2^192 + 1 (Starknet protocol). */
const FELT_END = 2n ** 251n + 17n * 2n ** 192n + 1n;
/** More than any wallet's signature has; a longer one is invalid. */
const SIGNATURE_FELTS_MAX = 1_000;

/** Opens a Starknet chain for the API. Opening sends nothing. */
export function openStarknetChainReader(options: ReaderOptions): ChainReader {
  const rpcs = new ReaderRpcs(options, async (rpc) => {
    const id = parseResult('starknet_chainId', feltSchema, await rpc.call('starknet_chainId', []));
    return `starknet:${shortString.decodeShortString(toWire(id))}`;
  });
  return {
    chain: options.chain,
    verifyProof: async (address, message, signature) => {
      const felts = readFelts(signature);
      const messageHash = hashOf(message, address);
      if (felts === undefined || messageHash === undefined) return { proven: false, reason: 'wrong_signature' };
      return rpcs.judge(async (rpc) => askAccount(rpc, address, [messageHash, felts.length, ...felts].map(toHex)));
    },
    isDeployed: async (address) => rpcs.first(async (rpc) => isDeployed(rpc, address)),
    balanceOf: async (token, address) =>
      rpcs.first(async (rpc) => {
        const [low, high] = await view(rpc, token, 'balance_of', [toWire(address)]);
        if (low === undefined) throw new RpcFault('bad_reply', 'starknet_call: balance_of gave no number');
        return BigInt(low) + (BigInt(high ?? '0') << 128n);
      }),
    close: () => rpcs.close(),
  };
}

const toHex = (felt: string | bigint | number): string => `0x${BigInt(felt).toString(16)}`;

function readFelts(signature: ProofSignature): readonly bigint[] | undefined {
  if (typeof signature === 'string' || signature.length === 0) return undefined;
  if (signature.length > SIGNATURE_FELTS_MAX || !signature.every((felt) => FELT.test(felt))) return undefined;
  const felts = signature.map(BigInt);
  return felts.every((felt) => felt < FELT_END) ? felts : undefined;
}

/** SNIP-12 hash of message and account: a signature for one account is invalid for others of the same key. */
function hashOf(message: ProofMessage, address: string): string | undefined {
  if (typeof message === 'string') return undefined;
  // The library's type wants mutable arrays.
  return typedData.getMessageHash(structuredClone(message) as Parameters<typeof typedData.getMessageHash>[0], address);
}

/** Asks the account as it is at the head, by SNIP-6's is_valid_signature. */
async function askAccount(rpc: JsonRpc, address: string, calldata: readonly string[]): Promise<AccountAnswer> {
  try {
    const answer = await view(rpc, address, 'is_valid_signature', calldata);
    const [said] = answer;
    return answer.length === 1 && said !== undefined && YES.includes(BigInt(said)) ? 'yes' : 'no';
  } catch (error) {
    if (!(error instanceof RpcFault) || error.kind !== 'rpc_error') throw error;
    if (error.code === CONTRACT_NOT_FOUND) return 'not_deployed';
    if (SAYS_NO_CODES.includes(error.code)) return 'no';
    throw error;
  }
}

async function isDeployed(rpc: JsonRpc, address: string): Promise<boolean> {
  const params = { contract_address: toWire(address), block_id: 'latest' };
  try {
    return (
      BigInt(parseResult('starknet_getClassHashAt', feltSchema, await rpc.call('starknet_getClassHashAt', params))) !==
      0n
    );
  } catch (error) {
    if (error instanceof RpcFault && error.code === CONTRACT_NOT_FOUND) return false;
    throw error;
  }
}

async function view(rpc: JsonRpc, contract: string, name: string, calldata: readonly string[]): Promise<string[]> {
  const request = {
    contract_address: toWire(contract),
    entry_point_selector: hash.getSelectorFromName(name),
    calldata,
  };
  const result = await rpc.call('starknet_call', { request, block_id: 'latest' });
  return parseResult('starknet_call', z.array(feltSchema), result);
}
