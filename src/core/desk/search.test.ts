import { describe, expect, test } from 'vitest';
import { readSearch } from './search.ts';

const WALLET = '0198c2a5-7b1e-7abc-8def-0123456789ab';

describe('what a text can name', () => {
  test('a whole id, and its beginning in either case', () => {
    expect(readSearch(WALLET).ids).toEqual({ first: WALLET, last: WALLET });
    expect(readSearch('0198C2A5').ids).toEqual({
      first: '0198c2a5-0000-0000-0000-000000000000',
      last: '0198c2a5-ffff-ffff-ffff-ffffffffffff',
    });
    expect(readSearch('0198c2a5-7b1e-7').ids).toEqual({
      first: '0198c2a5-7b1e-7000-0000-000000000000',
      last: '0198c2a5-7b1e-7fff-ffff-ffffffffffff',
    });
    expect(readSearch(WALLET.slice(0, 9)).ids?.last).toBe('0198c2a5-ffff-ffff-ffff-ffffffffffff');
  });

  test.each(['0198c2a', '0198c2a5-7b-7abc', `${WALLET}0`, '0198c2a57', 'zzzzzzzz', `x${WALLET}`])(
    '%s is no id',
    (text) => expect(readSearch(text).ids).toBeUndefined(),
  );

  test('a hash or an address, and its beginning, in the form in which they are stored', () => {
    expect(readSearch('0xABCDEF').hex).toEqual([{ from: '0xabcdef', before: '0xabcdefg' }]);
    const whole = `0x${'a'.repeat(64)}`;
    expect(readSearch(whole).hex).toEqual([{ from: whole, before: `${whole}g` }]);
  });

  test('a Starknet value without its leading zeros is also looked for with them', () => {
    const digits = '1'.repeat(62);
    expect(readSearch(`0x${digits}`).hex.map(({ from }) => from)).toEqual([`0x${digits}`, `0x00${digits}`]);
  });

  test.each(['0xabcde', '0x', `0x${'a'.repeat(65)}`, '0xabcdeg', 'abcdef'])('%s is no hash', (text) =>
    expect(readSearch(text).hex).toEqual([]),
  );

  test('entries by their own id, that of their command or their lot; holds', () => {
    for (const prefix of ['ent', 'cmd', 'lot']) {
      expect(readSearch(`${prefix}_${WALLET}_7`)).toMatchObject({ entry: { kind: 'entry', wallet: WALLET, seq: 7n } });
    }
    const hold = readSearch(`hold_${WALLET}_12`);
    expect(hold.entry).toEqual({ kind: 'hold', wallet: WALLET, seq: 12n });
    expect(hold.providerId).toBeUndefined();
  });

  test.each(['cs_test_a1B2', 'pi_3Abc', 're_12345', 'dp_1abc', 'cus_9xyz'])('%s is an id of a provider', (text) =>
    expect(readSearch(text).providerId).toBe(text),
  );

  test('blanks around it do not count, and everything may be a name', () => {
    expect(readSearch('  Acme Ltd ')).toEqual({ name: 'Acme Ltd', hex: [] });
    expect(readSearch('https://hooks.acme.test').url?.from).toBe('https://hooks.acme.test');
  });
});
