import type { Mutant } from './mutant.ts';

const RULES = ['src/core/senders/ownership-proof.test.ts'];
const REGISTRATION = ['src/core/senders/registration.test.ts'];
const HTTP = ['test/senders/proof-http.test.ts'];
const CLAIMS = ['test/deposits/claims.test.ts'];
const ROUNDS = ['test/senders/proof-rounds.test.ts'];
const EVM = ['test/senders/proof-evm.test.ts'];
const STARKNET = ['test/senders/proof-starknet.test.ts'];

/** Proofs of ownership: what is signed, by whom, and what it changes. */
export const PROOF_MUTANTS: readonly Mutant[] = [
  {
    name: 'proofs: what was signed is not compared with what was asked',
    file: 'src/http/treasury/ownership.ts',
    find: 'if (wrong.length > 0)',
    replace: 'if (wrong.length > 100)',
    tests: HTTP,
  },
  ...(
    ['domain', 'uri', 'chain', 'address', 'org', 'purpose', 'txHash', 'nonce', 'issuedAtMs', 'expiresAtMs'] as const
  ).map((field) => ({
    name: `proofs: the field ${field} is not compared`,
    file: 'src/core/senders/ownership-proof.ts',
    find: `\n  '${field}',\n`,
    replace: '\n',
    tests: RULES,
  })),
  {
    name: 'proofs: what stands around the text is not looked at',
    file: 'src/core/senders/ownership-proof.ts',
    find: 'textOf(challenge, account) === text',
    replace: 'text.length > 0',
    tests: RULES,
  },
  {
    name: 'proofs: what else the typed data says is not looked at',
    file: 'src/core/senders/ownership-proof.ts',
    find: 'sameJson(typedDataOf(challenge), typedData)',
    replace: 'true',
    tests: RULES,
  },
  {
    name: 'proofs: a challenge never ends',
    file: 'src/core/senders/ownership-proof.ts',
    find: 'return nowMs < challenge.expiresAtMs;',
    replace: 'return nowMs < challenge.expiresAtMs * 2;',
    tests: [...RULES, ...HTTP],
  },
  {
    name: 'proofs: a nonce may be used again',
    file: 'src/db/senders/challenges.ts',
    find: 'WHERE nonce = :nonce AND used_at IS NULL AND expires_at > :at RETURNING nonce',
    replace: 'WHERE nonce = :nonce AND expires_at > :at RETURNING nonce',
    tests: HTTP,
  },
  {
    name: `proofs: another org's challenge will do`,
    file: 'src/db/senders/challenges.ts',
    find: 'WHERE nonce = ? AND org = ?',
    replace: 'WHERE nonce = ? AND (org = ? OR true)',
    tests: ['test/access/isolation-queries.test.ts'],
  },
  {
    name: 'proofs: for one address binds another',
    file: 'src/http/treasury/senders.ts',
    find: `challenge.purpose !== 'register' || challenge.address !== address`,
    replace: `challenge.purpose !== 'register'`,
    tests: HTTP,
  },
  {
    name: 'proofs: for a claim binds the sender',
    file: 'src/http/treasury/senders.ts',
    find: `challenge.purpose !== 'register' || challenge.address !== address`,
    replace: 'challenge.address !== address',
    tests: HTTP,
  },
  {
    name: 'proofs: a contract’s word holds on every chain',
    file: 'src/http/treasury/senders.ts',
    find: `if (by === 'key') return { chain, use };`,
    replace: 'if (by.length > 0) return { chain, use };',
    tests: EVM,
  },
  {
    name: 'proofs: the mirror image of a signature is taken',
    file: 'detector/evm/chain-reader.ts',
    find: 'if (BigInt(parts.s) > S_MAX) return undefined;',
    replace: '',
    tests: HTTP,
  },
  {
    name: 'proofs: whatever key signed will do',
    file: 'detector/evm/chain-reader.ts',
    find: '=== proof.address) return',
    replace: '!== undefined) return',
    tests: HTTP,
  },
  {
    name: 'proofs: any answer of a contract is a yes (EVM)',
    file: 'detector/evm/chain-reader.ts',
    find: `'latest'])) === MAGIC_WORD ?`,
    replace: `'latest'])) !== undefined ?`,
    tests: EVM,
  },
  {
    name: 'proofs: any answer of a validator is a yes (ERC-6492)',
    file: 'detector/evm/chain-reader.ts',
    find: `'latest'])) === '0x01' ?`,
    replace: `'latest'])) !== undefined ?`,
    tests: EVM,
  },
  {
    name: 'proofs: an account that is not deployed cannot prove itself',
    file: 'detector/evm/chain-reader.ts',
    find: 'if (!deployed && !isWrapped)',
    replace: 'if (!deployed)',
    tests: EVM,
  },
  {
    name: 'proofs: any answer of an account is a yes (Starknet)',
    file: 'detector/starknet/chain-reader.ts',
    find: 'YES.includes(BigInt(said))',
    replace: 'BigInt(said) !== 0n',
    tests: STARKNET,
  },
  {
    name: 'proofs: an account that says more than yes has said yes',
    file: 'detector/starknet/chain-reader.ts',
    find: 'answer.length === 1 && ',
    replace: '',
    tests: STARKNET,
  },
  {
    name: 'proofs: one RPC is enough',
    file: 'detector/rpc/reader-quorum.ts',
    find: 'if (yes >= this.#options.quorum) return',
    replace: 'if (yes > 0) return',
    tests: [...EVM, ...STARKNET],
  },
  {
    name: 'proofs: RPCs that are away have said no',
    file: 'detector/rpc/reader-quorum.ts',
    find: 'if (yes + away >= this.#options.quorum) throw',
    replace: 'if (yes + away > 1_000) throw',
    tests: [...EVM, ...STARKNET],
  },
  {
    name: 'proofs: an RPC of another chain has a say',
    file: 'detector/rpc/reader-quorum.ts',
    find: 'return chain === this.#options.chain ? answer : undefined;',
    replace: 'return chain === "" ? undefined : answer;',
    tests: EVM,
  },
  {
    name: 'senders: a proof does not end what others hold',
    file: 'src/db/senders/senders.ts',
    find: `if (decision.action !== 'keep') await endBindings`,
    replace: `if (decision.action === 'claimed') await endBindings`,
    tests: HTTP,
  },
  {
    name: 'senders: without a proof it is taken over too',
    file: 'src/core/senders/registration.ts',
    find: '  if (proven) {',
    replace: '  if (proven || true) {',
    tests: REGISTRATION,
  },
  {
    name: 'senders: shared addresses are registered',
    file: 'src/http/treasury/sender-address.ts',
    find: 'if (shared !== undefined) {',
    replace: 'if (shared === "") {',
    tests: HTTP,
  },
  {
    name: 'senders: deposit addresses are registered',
    file: 'src/http/treasury/sender-address.ts',
    find: 'if (deposits.size > 0) throw',
    replace: 'if (deposits.size > 1_000) throw',
    tests: HTTP,
  },
  {
    name: 'claims: any transaction may be claimed with a proof for one',
    file: 'src/http/treasury/claim.ts',
    find: ' || signed.txHash !== txHash',
    replace: '',
    tests: CLAIMS,
  },
  {
    name: 'claims: a proof for another chain claims',
    file: 'src/http/treasury/claim.ts',
    find: 'signed.chain !== chain || ',
    replace: '',
    tests: CLAIMS,
  },
  {
    name: 'claims: another sender’s deposits are taken as well',
    file: 'src/db/deposits/claims.ts',
    find: `'SELECT id FROM deposit WHERE chain = ? AND tx_hash = ? AND from_address = ?'`,
    replace: `'SELECT id FROM deposit WHERE chain = ? AND tx_hash = ? AND (from_address = ? OR true)'`,
    tests: CLAIMS,
  },
  {
    name: 'claims: a refused one uses the proof up',
    file: 'src/db/deposits/claims.ts',
    find: `throw new NotClaimed(seen.has('taken')`,
    replace: `return (seen.has('taken')`,
    tests: CLAIMS,
  },
  {
    name: 'assignments: two take the same deposit',
    file: 'src/db/deposits/assignments.ts',
    find: 'ORDER BY id FOR UPDATE',
    replace: 'ORDER BY id',
    tests: [...CLAIMS, ...ROUNDS],
  },
  {
    name: 'assignments: one that is another org’s is taken',
    file: 'src/core/deposits/acts.ts',
    find: 'if (owner !== null && owner !== org) {',
    replace: 'if (owner !== null && owner === org) {',
    tests: ['src/core/deposits/acts.test.ts', ...CLAIMS, ...ROUNDS],
  },
  {
    name: 'assignments: hold for other money too',
    file: 'src/db/deposits/assignments.ts',
    find: 'AND a.from_address = d.from_address AND a.amount = d.amount',
    replace: '',
    tests: ROUNDS,
  },
  {
    name: 'credits: a round that began before an assignment goes on',
    file: 'src/db/deposits/credits.ts',
    find: ' && (assigned.get(id) ?? org) === org',
    replace: '',
    tests: ROUNDS,
  },
];
