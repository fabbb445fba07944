/** Defences of the registration of senders. */
import type { Mutant } from './mutant.ts';

export const SENDER_MUTANTS: readonly Mutant[] = [
  {
    name: 'senders: registrations of one address do not queue',
    file: 'src/db/senders/senders.ts',
    find: `'SELECT 1 FROM sender_address WHERE family = ? AND address = ? FOR UPDATE'`,
    replace: `'SELECT 1 FROM sender_address WHERE family = ? AND address = ?'`,
    tests: ['test/senders/senders.test.ts'],
  },
  {
    name: 'senders: one of the family and one of a chain do not exclude each other',
    file: 'src/core/senders/registration.ts',
    find: 'others.some((one) => one.chain === null || chain === null || one.chain === chain)',
    replace: 'others.some((one) => one.chain === chain)',
    tests: ['src/core/senders/registration.test.ts'],
  },
  {
    name: 'senders: a wrong checksum is taken',
    file: 'src/http/treasury/sender-address.ts',
    find: `if (family === 'eip155' && claimsChecksum(written) && !isAddress(written, { strict: true })) {`,
    replace: 'if (false) {',
    tests: ['test/senders/senders.test.ts'],
  },
];
