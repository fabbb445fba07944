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
    find: `if (family === 'eip155' && claimsChecksum(written) && !(await hasRightChecksum(written))) {`,
    replace: 'if (false) {',
    tests: ['test/senders/senders.test.ts'],
  },
  {
    name: 'senders: a typo with 41 digits is a felt',
    file: 'src/core/chains/address.ts',
    find: 'address.length >= 2 + FELT_DIGITS_MIN ?',
    replace: 'address.length > FELT_DIGITS_MIN - 14 ?',
    tests: ['src/core/chains/address.test.ts', 'test/senders/senders.test.ts'],
  },
  {
    name: 'credits address: of another family',
    file: 'src/config/credits-address.ts',
    find: 'const fitting = familyOf(chain.caip2) === family ? common : undefined;',
    replace: 'const fitting = familyOf(chain.caip2) === family ? common : common;',
    tests: ['src/config/credits-address.test.ts'],
  },
];
