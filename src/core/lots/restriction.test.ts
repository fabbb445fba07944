import { describe, expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import {
  describeRestriction,
  formatRestriction,
  isSameRestriction,
  mayPayFor,
  parseRestriction,
  restrictionOf,
  type Restriction,
  type Purpose,
} from './restriction.ts';

const use = (service: string | null, action: string | null = null): Purpose => ({ service, action });

describe('a restriction', () => {
  it.each<[string, Restriction | undefined, Purpose, boolean]>([
    ['none, and a service', undefined, use('AI_API'), true],
    ['none, and nothing in particular', undefined, use(null), true],
    ['services, and one of them', { services: ['AI_API', 'GPU'] }, use('GPU'), true],
    ['services, and one of them with an action', { services: ['AI_API'] }, use('AI_API', 'chat'), true],
    ['services, and another', { services: ['AI_API'] }, use('GPU'), false],
    ['services, and none', { services: ['AI_API'] }, use(null), false],
    ['actions, and one of them', { actions: ['chat'] }, use('GPU', 'chat'), true],
    ['actions, and another', { actions: ['chat'] }, use('AI_API', 'image'), false],
    ['actions, and an amount', { actions: ['chat'] }, use('AI_API'), false],
    ['both, and both', { services: ['AI_API'], actions: ['chat'] }, use('AI_API', 'chat'), true],
    ['both, and the service alone', { services: ['AI_API'], actions: ['chat'] }, use('AI_API', 'image'), false],
    ['both, and the action alone', { services: ['AI_API'], actions: ['chat'] }, use('GPU', 'chat'), false],
  ])('to %s', (_, restriction, asked, expected) => {
    expect(mayPayFor(restriction, asked)).toBe(expected);
  });

  it('has one form, however it was written', () => {
    const one = restrictionOf({ services: ['GPU', 'AI_API', 'GPU'], actions: ['b', 'a'] });
    expect(one).toEqual({ services: ['AI_API', 'GPU'], actions: ['a', 'b'] });
    expect(formatRestriction(one)).toBe('{"services":["AI_API","GPU"],"actions":["a","b"]}');
    expect(parseRestriction(formatRestriction(one))).toEqual(one);
    expect(isSameRestriction(one, restrictionOf({ actions: ['a', 'b'], services: ['AI_API', 'GPU'] }))).toBe(true);
    expect(isSameRestriction(one, restrictionOf({ services: ['AI_API', 'GPU'] }))).toBe(false);
    expect([isSameRestriction(one, undefined), isSameRestriction(undefined, undefined)]).toEqual([false, true]);
    expect(describeRestriction(one)).toBe('AI_API, GPU and the actions a, b');
  });

  it.each<[string, Restriction]>([
    ['nothing', {}],
    ['no service', { services: [] }],
    ['too many', { actions: Array.from({ length: 11 }, (_one, index) => String(index)) }],
    ['a name of nothing', { services: [''] }],
    ['a long name', { actions: ['x'.repeat(101)] }],
    ['a name with a control character', { actions: ['a\nb'] }],
  ])('to %s is refused', (_, asked) => {
    expect(() => restrictionOf(asked)).toThrow(Refusal);
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"services":[]}',
    '{"services":["b","a"]}',
    '{"services":[1]}',
    '{"services":["a"],"actions":null}',
    '{"actions":["a"],"services":["a"]}',
    '{"services": ["a"]}',
    '{"services":["a"],"more":1}',
  ])('is not read from %j', (text) => {
    expect(() => parseRestriction(text)).toThrow(RangeError);
  });
});
