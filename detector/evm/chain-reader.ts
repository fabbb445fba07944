/** The ChainReader of EVM chains, for the API: checks signatures by key or account, reads deployment and balances. */
import {
  compactSignatureToSignature,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  erc6492SignatureValidatorByteCode,
  hashMessage,
  isErc6492Signature,
  isErc8010Signature,
  parseAbi,
  parseCompactSignature,
  parseErc6492Signature,
  parseErc8010Signature,
  parseSignature,
  recoverAddress,
  type Hex,
} from 'viem';
import type { ChainReader, ProofSignature, ProofVerdict } from '../../src/core/senders/chain-reader.ts';
import type { ProofMessage } from '../../src/core/senders/ownership-proof.ts';
import { toCount } from '../../src/core/integers.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { ReaderRpcs, type AccountAnswer, type ReaderOptions } from '../rpc/reader-quorum.ts';
import { RpcFault } from '../rpc/fault.ts';
import { hexSchema, quantitySchema } from './decode.ts';

const ABI = parseAbi([
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)',
  'function balanceOf(address) view returns (uint256)',
]);
/** The constructor of ERC-6492's validator, which eth_call runs and never deploys. */
const VALIDATOR_ABI = parseAbi(['constructor(address signer, bytes32 hash, bytes signature)']);
/** ERC-1271's answer for yes: bytes4 in a word. */
const MAGIC_WORD = `0x1626ba7e${'0'.repeat(56)}`;
/** Error codes of clients for a call that ran and failed; where the code is generic, the message shows it. */
const REVERTED_CODES: readonly (number | undefined)[] = [3, -32_015];
const REVERTED_WORDS = /revert|opcode|out of gas|evm error|stack (under|over)flow|invalid jump/i;
/** Who runs the validator: not the zero address, for which some contracts leave out their checks, as in a simulation. */
const CALLER = '0x00000000000000000000000000000000c0ffe2ee';
/** Half the order of secp256k1 (EIP-2): of the two forms of a signature only the one with `s` up to it is accepted. */
const S_MAX = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Opens an EVM chain for the API. Opening sends nothing. */
export function openEvmChainReader(options: ReaderOptions): ChainReader {
  const rpcs = new ReaderRpcs(options, async (rpc) => {
    const id = parseResult('eth_chainId', quantitySchema, await rpc.call('eth_chainId', []));
    return `eip155:${toCount(id)}`;
  });
  return {
    chain: options.chain,
    verifyProof: async (address, message, signature) => verifyProof(rpcs, { address, message, signature }),
    isDeployed: async (address) => rpcs.first(async (rpc) => (await readCode(rpc, address)) !== '0x'),
    balanceOf: async (token, address) => rpcs.first(async (rpc) => readBalance(rpc, token, address)),
    close: () => rpcs.close(),
  };
}

async function verifyProof(
  rpcs: ReaderRpcs,
  proof: { readonly address: string; readonly message: ProofMessage; readonly signature: ProofSignature },
): Promise<ProofVerdict> {
  const parsed = hexSchema.safeParse(proof.signature);
  if (typeof proof.message !== 'string' || !parsed.success) return { proven: false, reason: 'wrong_signature' };
  const hash = hashMessage(proof.message);
  const inner = findWrapped(parsed.data);
  // The account's own key first, in a wrapping or without: no RPC can lie about it.
  for (const signature of inner === undefined ? [parsed.data] : [parsed.data, inner]) {
    if ((await recoverSigner(hash, signature)) === proof.address) return { proven: true, by: 'key' };
  }
  const verdict = await rpcs.judge(async (rpc) => askAccount(rpc, proof.address, hash, parsed.data));
  if (verdict.proven) return verdict;
  if (verdict.reason === 'not_deployed') {
    // For an account without code only its key counts, and that did not sign.
    return { proven: false, reason: inner === undefined ? 'wrong_signature' : 'not_delegated' };
  }
  const isDeployed = async (): Promise<boolean> =>
    (await rpcs.first(async (rpc) => readCode(rpc, proof.address))) !== '0x';
  const needsCall = isErc6492Signature(parsed.data) && (await isDeployed());
  return { proven: false, reason: needsCall ? 'not_ready' : 'wrong_signature' };
}

/** The signature inside one of ERC-8010; undefined for any other. */
function findWrapped(signature: Hex): Hex | undefined {
  try {
    return isErc8010Signature(signature) ? parseErc8010Signature(signature).signature : undefined;
  } catch {
    // The mark of the format, and something else before it.
    return undefined;
  }
}

/** Lower-case address of the key behind a signature of 65 bytes, or of 64 (EIP-2098); undefined where there is none. */
async function recoverSigner(hash: Hex, signature: Hex): Promise<string | undefined> {
  const bytes = (signature.length - 2) / 2;
  if (bytes !== 64 && bytes !== 65) return undefined;
  try {
    const parts =
      bytes === 65 ? parseSignature(signature) : compactSignatureToSignature(parseCompactSignature(signature));
    if (BigInt(parts.s) > S_MAX) return undefined;
    return (await recoverAddress({ hash, signature: parts })).toLowerCase();
  } catch {
    return undefined;
  }
}

/**
 * Asks the account as it is at the head, by ERC-1271. A delegated account (EIP-7702) may wrap its signature in the
 * delegation that it once signed (ERC-8010): what is inside is checked by the code that it has, and nothing is delegated
 * here. An account without code is asked as its factory would deploy it (ERC-6492): the factory that the signature names
 * must really put code at this address.
 */
async function askAccount(rpc: JsonRpc, address: string, hash: Hex, wrapped: Hex): Promise<AccountAnswer> {
  const deployed = (await readCode(rpc, address)) !== '0x';
  const isWrapped = isErc6492Signature(wrapped);
  if (!deployed && !isWrapped) return 'not_deployed';
  const signer = hexSchema.parse(address);
  try {
    if (deployed) {
      const signature = isWrapped ? parseErc6492Signature(wrapped).signature : (findWrapped(wrapped) ?? wrapped);
      const data = encodeFunctionData({ abi: ABI, functionName: 'isValidSignature', args: [hash, signature] });
      return (await rpc.call('eth_call', [{ to: address, data }, 'latest'])) === MAGIC_WORD ? 'yes' : 'no';
    }
    const data = encodeDeployData({
      abi: VALIDATOR_ABI,
      bytecode: erc6492SignatureValidatorByteCode,
      args: [signer, hash, wrapped],
    });
    return (await rpc.call('eth_call', [{ from: CALLER, data }, 'latest'])) === '0x01' ? 'yes' : 'no';
  } catch (error) {
    if (!(error instanceof RpcFault) || isReverted(error)) return 'no';
    throw error;
  }
}

/** True for a call that the node ran and that failed: the account did not say yes. Under an error status it was not run. */
function isReverted(fault: RpcFault): boolean {
  return (
    fault.kind === 'rpc_error' &&
    fault.status === undefined &&
    (REVERTED_CODES.includes(fault.code) || REVERTED_WORDS.test(fault.message))
  );
}

async function readCode(rpc: JsonRpc, address: string): Promise<string> {
  return parseResult('eth_getCode', hexSchema, await rpc.call('eth_getCode', [address, 'latest']));
}

async function readBalance(rpc: JsonRpc, token: string, address: string): Promise<bigint> {
  const data = encodeFunctionData({ abi: ABI, functionName: 'balanceOf', args: [hexSchema.parse(address)] });
  const result = parseResult('eth_call', hexSchema, await rpc.call('eth_call', [{ to: token, data }, 'latest']));
  try {
    return decodeFunctionResult({ abi: ABI, functionName: 'balanceOf', data: result });
  } catch (error) {
    throw new RpcFault('bad_reply', 'eth_call: balanceOf gave no number', { cause: error });
  }
}
