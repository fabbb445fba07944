import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Form } from '../server/surface.ts';
import { problemBody, problemOf } from '../server/problem.ts';
import { Refusal } from '../../core/errors.ts';
import { usdNumber, wholeAmount } from './exact-fields.ts';
import { CREDITS, PLAIN, WALLET } from './forms.ts';
import { ExactNumber } from './json.ts';
import { check } from './validate.ts';

const read = (form: Form, text: string): unknown => form.readBody(Buffer.from(text));

describe('an amount that is a JSON number', () => {
  const body = z.strictObject({ amount: usdNumber });
  const amountIn = (text: string): unknown => {
    const { value, issues } = check(body, read(WALLET, text));
    return issues?.map(({ message }) => message).join() ?? value?.amount;
  };

  test.each([
    ['{"amount": 5e-05}', 50n],
    ['{"amount": 10.0}', 10_000_000n],
    ['{"amount": 0.1}', 100_000n],
    ['{"amount": 999999999.999999}', 999_999_999_999_999n],
    ['{"amount": 1.0000001}', 'must have at most 6 decimal places'],
    ['{"amount": 0.30000000000000004}', 'must have at most 6 decimal places'],
    ['{"amount": 9007199254740993}', 'must be at most 9007199254740991'],
    ['{"amount": 1000000001}', 'must be at most 1000000000'],
    ['{"amount": 0}', 'must be more than zero'],
    ['{"amount": -1}', 'must be more than zero'],
    ['{"amount": "1.50"}', 'must be a JSON number'],
    ['{"amount": {"source": "1"}}', 'must be a JSON number'],
    ['{"amount": null}', 'must be a JSON number'],
    ['{}', 'is required'],
  ])('%s', (text, amount) => {
    expect(amountIn(text)).toBe(amount);
  });

  test('is whole where the surface counts in whole units', () => {
    const whole = z.strictObject({ amount: wholeAmount });
    expect(check(whole, read(CREDITS, '{"amount": 1e3}'))).toEqual({ value: { amount: 1_000n } });
    expect(check(whole, read(CREDITS, '{"amount": 1.5}')).issues?.[0]?.message).toBe('must be a whole number');
  });

  test('is refused by a surface whose amounts are strings', () => {
    expect(read(PLAIN, '{"amount": 10.0}')).toEqual({ amount: 10 });
    expect(check(body, read(PLAIN, '{"amount": 10.0}')).issues?.[0]?.message).toBe('must be a JSON number');
  });
});

describe('a body is read as strictly on every surface', () => {
  test.each([
    ['PLAIN', PLAIN],
    ['WALLET', WALLET],
    ['CREDITS', CREDITS],
  ])('%s', (_name, form) => {
    expect(() => read(form, '{"a": 1, "a": 2}')).toThrow('a is given more than once');
    expect(() => read(form, '{"a": 01}')).toThrow('not valid JSON');
    expect(() => read(form, '{"a": "\\ud800"}')).toThrow('half of a surrogate pair');
  });

  test('numbers are kept as they were written, wherever they are', () => {
    expect(read(WALLET, '{"a": [1.10, {"b": -5E+2}], "c": "1.10"}')).toEqual({
      a: [new ExactNumber('1.10'), { b: new ExactNumber('-5E+2') }],
      c: '1.10',
    });
  });
});

describe('an answer', () => {
  test('comes as it is, and shows no bigint by mistake', () => {
    expect(PLAIN.writeBody({ availableUsd: '10.50' })).toBe('{"availableUsd":"10.50"}');
    expect(() => PLAIN.writeBody({ availableUsd: 1n })).toThrow(TypeError);
  });

  test('of the wallet has dollars as exact numbers with 2 to 6 places', () => {
    const body = { credits: 10_500_000n, deducted: 50n, balance: 9_007_199_254_740_993_000_001n, count: 2 };
    expect(WALLET.writeBody(body)).toBe(
      '{"credits":10.50,"deducted":0.00005,"balance":9007199254740993.000001,"count":2}',
    );
  });

  test('of credits comes in an envelope, with whole numbers', () => {
    expect(CREDITS.writeBody({ balance: 9_007_199_254_740_993n })).toBe(
      '{"success":true,"data":{"balance":9007199254740993}}',
    );
    expect(CREDITS.writeBody([])).toBe('{"success":true,"data":[]}');
    const shown = CREDITS.showBody(z.strictObject({ balance: z.int() }));
    expect(shown.safeParse({ success: true, data: { balance: 1 } }).success).toBe(true);
    expect(shown.safeParse({ balance: 1 }).success).toBe(false);
  });
});

describe('a problem', () => {
  const problem = problemOf(
    new Refusal('NOT_FOUND', 'there is no such hold', { details: { success: true, error: '' } }),
  );

  test.each([
    ['PLAIN', PLAIN, {}],
    ['WALLET', WALLET, { error: 'there is no such hold' }],
    ['CREDITS', CREDITS, { success: false }],
  ])('%s: has its text as detail and message, and what clients of the surface look for', (_name, form, own) => {
    const body = problemBody(problem, { form, linkBase: '' });
    const { detail, message } = body;
    expect({ detail, message }).toEqual({ detail: 'there is no such hold', message: 'there is no such hold' });
    expect(body).toMatchObject({ code: 'NOT_FOUND', status: 404, ...own });
    expect(z.looseObject({ ...form.problemFields }).safeParse(body).success).toBe(true);
  });
});
