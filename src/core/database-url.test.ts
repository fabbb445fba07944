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
    ['postgres://h/db?options=-c%20coffer.org%3D*', ['postgres://h/db']],
    [
      'postgres://h,i/db?x=y&options=-c%20search_path%3Da%5C%20b%20-ccoffer.org%3D*%20-c%20work_mem%3D1',
      [
        'postgres://h/db?x=y&options=-c%20search_path%3Da%5C%20b%20-c%20work_mem%3D1',
        'postgres://i/db?x=y&options=-c%20search_path%3Da%5C%20b%20-c%20work_mem%3D1',
      ],
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
    ['postgres://u:hush@h/db?sslmode=require&statement_timeout=0', 'leave statement_timeout out'],
    ['postgres://u:hush@h,i/db?application_name=billing', 'leave application_name out'],
    ['postgres://u:hush@h/db?lock_timeout=1', 'leave lock_timeout out'],
    ['postgres://u:hush@h/db?idle_in_transaction_session_timeout=1', 'leave idle_in_transaction_session_timeout out'],
    ['postgres://u:hush@h/db?query_timeout=1', 'leave query_timeout out'],
    ['postgres://u:hush@h/db?replication=database', 'leave replication out'],
    ['postgres://u:hush@h/db?options=-c%20statement_timeout%3D0', 'leave statement_timeout out of options'],
    ['postgres://u:hush@h/db?options=-c+geqo%3Doff+-cLock_Timeout%3D1s', 'leave lock_timeout out of options'],
    ['postgres://u:hush@h/db?options=--application-name%3Dx', 'leave application_name out of options'],
    ['postgres://u:hush@h/db?options=-c%20a%3Db%5C%20c%20-c%20row_security%3Doff', 'leave row_security out of options'],
    [
      'postgres://u:hush@h/db?options=-c%20default_transaction_isolation%3Dx',
      'leave default_transaction_isolation out',
    ],
    [
      'postgres://u:hush@h/db?options=-c%20default_transaction_read_only%3Don',
      'leave default_transaction_read_only out',
    ],
    ['postgres://u:hush@h/db?options=-c%20transaction_timeout%3D1', 'leave transaction_timeout out'],
    ['postgres://u:hush@h/db?options=-c%20idle_session_timeout%3D1&options=', 'leave idle_session_timeout out'],
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
