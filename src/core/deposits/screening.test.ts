import { describe, expect, test } from 'vitest';
import { judgeByList, parseScreeningList, screeningOutcome } from './screening.ts';

const BAD = `0x${'b'.repeat(40)}`;
const FELT = `0x${'0'.repeat(61)}abc`;

describe('a screening list', () => {
  test('matches addresses in whatever form they are written', () => {
    const list = parseScreeningList(
      JSON.stringify({ deny: { eip155: [`0x${'B'.repeat(40)}`], starknet: ['0xABC'] }, hold: { eip155: [BAD] } }),
    );
    expect(judgeByList(list, 'eip155', BAD)).toBe('deny');
    expect(judgeByList(list, 'starknet', FELT)).toBe('deny');
    expect(judgeByList(list, 'eip155', `0x${'a'.repeat(40)}`)).toBe('allow');
    const held = parseScreeningList(JSON.stringify({ hold: { eip155: [BAD] } }));
    expect(judgeByList(held, 'eip155', BAD)).toBe('hold');
  });

  test.each([
    ['no JSON', 'deny: 0x1'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a misspelt part', '{"denied": {}}'],
    ['an unknown family', '{"deny": {"evm": []}}'],
    ['no list of addresses', '{"deny": {"eip155": "0x1"}}'],
    ['an invalid address', '{"deny": {"eip155": ["0x1"]}}'],
    ['an address that is not a string', '{"deny": {"starknet": [1]}}'],
  ])('that is %s is refused as a whole', (_, text) => {
    expect(() => parseScreeningList(text)).toThrow(Error);
  });
});

describe('a deposit', () => {
  test('goes on only when it is allowed', () => {
    expect(screeningOutcome('allow', 3)).toBeUndefined();
    expect(screeningOutcome('deny', 0)).toEqual({ state: 'quarantined', reason: 'screening_denied' });
    expect(screeningOutcome('hold', 0)).toMatchObject({ state: 'screening', reason: 'screening_held', tries: 1 });
    expect(screeningOutcome('unavailable', 4)).toMatchObject({ reason: 'screening_unavailable', tries: 5 });
  });

  test('is asked about again with pauses that grow, up to an hour', () => {
    const pauses = [0, 1, 2, 20].map((tries) => {
      const outcome = screeningOutcome('unavailable', tries);
      return outcome?.state === 'screening' ? outcome.retryMs : 0;
    });
    expect(pauses).toEqual([30_000, 60_000, 120_000, 3_600_000]);
  });
});
