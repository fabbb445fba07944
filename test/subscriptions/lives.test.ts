/** Random lives of users and orgs, over HTTP and with the fake provider, against a model of what each must have. */
import { expect, test } from 'vitest';
import { playLives } from '../support/lives/play.ts';

test(
  'credits are paid periods, coupons and check-ins less what was taken back, spent and ended, in every order of events',
  { timeout: 240_000 },
  async () => {
    await expect(playLives(6, 24, 20_261_130)).resolves.toBeUndefined();
  },
);
