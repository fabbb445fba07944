import { describe, expect, test } from 'vitest';
import { changeParameters, splitDatabaseUrl } from './database-url.ts';

describe('S18 the URL of a database', () => {
  test.each([
    ['postgres://u:p@h:1/db', ['postgres://u:p@h:1/db']],
    ['postgresql://h/db', ['postgresql://h/db']],
    ['postgres://u:p@h:1,h2:2/db?a=b', ['postgres://u:p@h:1/db?a=b', 'postgres://u:p@h2:2/db?a=b']],
    ['postgres://u:p@h:1,h2/db?target_session_attrs=read-write', ['postgres://u:p@h:1/db', 'postgres://u:p@h2/db']],
    [
      'postgres://u:p@[::1]:1,h/db?x=1&target_session_attrs=primary&y=a%20b',
      ['postgres://u:p@[::1]:1/db?x=1&y=a%20b', 'postgres://u:p@h/db?x=1&y=a%20b'],
    ],
    ['postgres:///db?host=/run/postgresql', ['postgres:///db?host=/run/postgresql']],
    [
      'postgres://u:a+b%40c@h,i/db?target_session_attrs=primary',
      ['postgres://u:a+b%40c@h/db', 'postgres://u:a+b%40c@i/db'],
    ],
  ])('%s', (text, urls) => {
    expect(splitDatabaseUrl(text)).toEqual(urls);
  });

  test.each([
    ['', 'not a URL of PostgreSQL'],
    ['localhost:5432/db', 'not a URL of PostgreSQL'],
    ['mysql://u:hush@h/db', 'not a URL of PostgreSQL'],
    ['postgres:u:hush@h/db', 'not a URL of PostgreSQL'],
    ['postgres://u:hush@h:port/db', 'not a URL of PostgreSQL'],
    ['postgres://u:hush@h:1,h2:99999/db', 'not a URL of PostgreSQL'],
    ['postgres://u:hush@h:1,/db', 'one of its hosts is empty'],
    ['postgres://u:hush@h,i/db?target_session_attrs=any', 'must be read-write'],
    ['postgres://u:hush@h/db?target_session_attrs=standby', 'must be read-write'],
    ['postgres:///db?host=hush,b', 'named before the path'],
  ])('%s is refused, and its password is not repeated', (text, words) => {
    expect(() => splitDatabaseUrl(text)).toThrow(words);
    expect(() => splitDatabaseUrl(text)).not.toThrow('hush');
  });

  test('keeps a password with a plus sign when a parameter is added', () => {
    const url = new URL('postgres://u:a+b@h/db');
    expect(changeParameters(url, (all) => all.set('options', '-c a=b'))).toBe(
      'postgres://u:a+b@h/db?options=-c%20a%3Db',
    );
  });
});
