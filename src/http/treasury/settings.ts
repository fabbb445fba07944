/** Endpoints that read and change the settings of an org. */
import type { z } from 'zod';
import { giftCardMaxOf, judgeGiftCardMax } from '../../core/access/gift-card-max.ts';
import { formatUsd } from '../../core/money.ts';
import { isMinter } from '../access/caller.ts';
import { changeSettings, findSettings, type OrgSettings, type SettingsChange } from '../../db/access/org-settings.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { settingsBody, settingsReply } from './batch-schemas.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { Reply } from '../server/reply.ts';
import { notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const SCOPES = ['treasury:admin'] as const;

/** The settings of an org: when its balance counts as low or critical, and what a free gift card pays for at most. */
export function settingsRoutes(deps: SurfaceDeps): Route[] {
  const { guard, forOrg, clock, giftCardMaxMicros: ceilingMicros } = deps;
  const needsSecondPerson = deps.adminEntryLimitMicros !== undefined;
  const path = '/treasury/settings';
  const get = orgRoute(
    guard,
    {
      method: 'GET',
      path,
      summary: 'The settings of an org',
      chapter: CHAPTERS.settings,
      replies: { 200: settingsReply },
      scopes: SCOPES,
      query: NO_QUERY,
      body: NO_BODY,
    },
    async ({ org }) => replyOf(await findSettings(forOrg(org.id), org.id), ceilingMicros),
  );
  const patch = orgRoute(
    guard,
    {
      method: 'PATCH',
      path,
      summary: 'Changes thresholds and what a free gift card pays for',
      chapter: CHAPTERS.settings,
      replies: { 200: settingsReply },
      scopes: SCOPES,
      query: NO_QUERY,
      body: settingsBody,
    },
    async ({ caller, org, body }) => {
      const { freeGiftCardMaxUsd: setMicros } = body;
      const change: SettingsChange = {
        lowMicros: body.lowBalanceThresholdUsd,
        criticalMicros: body.criticalThresholdUsd,
        giftCardMax: ({ allowedMicros, ...before }) => {
          if (setMicros === undefined) return { ...before, allowedMicros };
          const by = { ceilingMicros, isMinter: isMinter(caller), needsSecondPerson };
          return { setMicros, allowedMicros: judgeGiftCardMax({ wantedMicros: setMicros, allowedMicros, ...by }) };
        },
      };
      const changed = await changeSettings(forOrg(org.id), { org: org.id, at: new Date(clock.nowMs()), change });
      guard.forgetOrg(org.id);
      return replyOf(changed, ceilingMicros);
    },
  );
  return [get, patch];
}

function replyOf(settings: OrgSettings | undefined, ceilingMicros: bigint): Reply {
  if (!settings) throw notFound('org');
  const shown = (micros: bigint | null): string | null => (micros === null ? null : formatUsd(micros));
  const body: z.input<typeof settingsReply> = {
    lowBalanceThresholdUsd: shown(settings.lowMicros),
    criticalThresholdUsd: shown(settings.criticalMicros),
    freeGiftCardMaxUsd: formatUsd(giftCardMaxOf(settings.giftCardMax, ceilingMicros)),
  };
  return { body };
}
