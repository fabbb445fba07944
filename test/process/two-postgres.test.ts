import { afterAll, beforeAll, expect, it } from 'vitest';

import { openPostgresPair, type PostgresPair } from '../support/process/two-postgres.ts';

let pair: PostgresPair;

beforeAll(async () => {
  pair = await openPostgresPair({ synchronous: true });
}, 120_000);

afterAll(async () => {
  await pair.close();
});

it('has a standby with every commit, on a timeline of its own once it is promoted', async () => {
  const { primary, standby } = pair;
  await primary.sql('CREATE TABLE probe (n int)');
  await primary.sql('INSERT INTO probe VALUES (1)');
  await primary.kill();
  await standby.promote();
  expect(await standby.sql('SELECT n FROM probe')).toEqual([{ n: 1 }]);
  await primary.start();
  expect([await primary.timeline(), await standby.timeline()]).toEqual([1, 2]);
}, 60_000);
