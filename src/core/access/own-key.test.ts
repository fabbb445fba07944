import { expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { boundsOfOwnKey, type KeyBounds, type WantedKey } from './own-key.ts';

const end = new Date('2030-01-01T00:00:00Z');
const maker: KeyBounds = {
  scopes: ['treasury:read', 'treasury:admin'],
  allowedIps: ['10.0.0.0/8', '2001:db8::/32'],
  expiresAt: end,
};
const free: KeyBounds = { ...maker, allowedIps: null, expiresAt: null };
const fieldOf = (wanted: WantedKey, by: KeyBounds): unknown => {
  try {
    boundsOfOwnKey(wanted, by);
  } catch (error) {
    return error instanceof Refusal ? [error.code, error.details['field']] : error;
  }
  return undefined;
};
const scopes = ['treasury:read'] as const;

it.each<[string, WantedKey, string | undefined]>([
  ['as much as the maker', { scopes: maker.scopes, allowedIps: ['10.0.0.0/8'], expiresAt: end }, undefined],
  ['a narrower range', { scopes, allowedIps: ['10.1.0.0/16', '10.2.3.4/32', '2001:db8:1::/48'] }, undefined],
  ['a scope more', { scopes: ['treasury:read', 'treasury:spend'] }, 'scopes'],
  ['a wider range', { scopes, allowedIps: ['10.0.0.0/7'] }, 'allowedIps'],
  ['the whole internet', { scopes, allowedIps: ['0.0.0.0/0'] }, 'allowedIps'],
  ['another range beside', { scopes, allowedIps: ['10.0.0.0/9', '192.0.2.0/24'] }, 'allowedIps'],
  ['a range of the other family', { scopes, allowedIps: ['::/0'] }, 'allowedIps'],
  ['a mapped address', { scopes, allowedIps: ['::ffff:10.0.0.1/128'] }, 'allowedIps'],
  ['a millisecond longer', { scopes, expiresAt: new Date(end.getTime() + 1) }, 'expiresAt'],
])('%s', (_name, wanted, field) => {
  expect(fieldOf(wanted, maker)).toEqual(field === undefined ? undefined : ['FORBIDDEN', field]);
  const isScope = field === 'scopes';
  expect(fieldOf(wanted, free)).toEqual(isScope ? ['FORBIDDEN', 'scopes'] : undefined);
});

it('what is left out is as its maker has it', () => {
  expect(boundsOfOwnKey({ scopes }, maker)).toEqual({ ...maker, scopes });
  expect(boundsOfOwnKey({ scopes }, free)).toEqual({ ...free, scopes });
});
