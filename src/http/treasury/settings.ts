/** Endpoints that read and change the settings of an org. */
import type { z } from 'zod';
import { giftCardMaxOf, judgeGiftCardMax, type GiftCardMax } from '../../core/access/gift-card-max.ts';
import { LEAD_DAYS } from '../../core/lots/ending.ts';
import { formatUsd } from '../../core/money.ts';
import { isMinter } from '../access/caller.ts';
import { changeSettings, findSettings, type OrgSettings } from '../../db/access/org-settings.ts';
import { orgSettingsChange, type OrgSettingsInput } from '../../db/approvals/org-settings.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { changeOrAsk } from '../money/changes.ts';
import { settingsBody, settingsReply } from './batch-schemas.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const SCOPES = ['treasury:admin'] as const;

/** The settings of an org: when its balance counts as low, what a free gift card pays for, when it hears that credit ends. */
export function settingsRoutes(deps: SurfaceDeps): Route[] {
  const { guard, forOrg, giftCardMaxMicros: ceilingMicros } = deps;
  const path = '/treasury/settings';
  const get = orgRoute(
    guard,
    {
      method: 'GET',
      path,
      operation: 'getSettings',
      summary: 'The settings of an org',
      chapter: CHAPTERS.settings,
      replies: { 200: settingsReply },
      scopes: SCOPES,
      query: NO_QUERY,
      body: NO_BODY,
    },
    async ({ org }) => ({ body: viewOf(await findSettings(forOrg(org.id), org.id), ceilingMicros) }),
  );
  const patch = orgRoute(
    guard,
    {
      method: 'PATCH',
      path,
      operation: 'updateSettings',
      summary: 'Changes settings of an org; a higher ceiling for free gift cards may wait for an approval',
      chapter: CHAPTERS.settings,
      replies: { 200: settingsReply, 202: approvalReply },
      errors: ['IDEMPOTENCY_CONFLICT'],
      scopes: SCOPES,
      query: NO_QUERY,
      body: settingsBody,
    },
    async ({ caller, org, body, idempotencyKey }) => {
      const input: OrgSettingsInput = {
        org: org.id,
        lowMicros: body.lowBalanceThresholdUsd,
        criticalMicros: body.criticalThresholdUsd,
        giftCardMaxMicros: body.freeGiftCardMaxUsd,
        timeZone: body.timeZone,
        expiryNoticeDays: body.expiryNoticeDays,
        ceilingMicros,
      };
      const show = (changed: OrgSettings | undefined): object => viewOf(changed, ceilingMicros);
      const reply = isMinter(caller)
        ? await changeOrAsk(deps, orgSettingsChange, { caller, idempotencyKey, input, show })
        : { body: show(await changeOwn(deps, input)) };
      guard.forgetOrg(org.id);
      return reply;
    },
  );
  return [get, patch];
}

/** The change that an org itself makes: within the ceiling, so that no second person is needed. */
async function changeOwn({ forOrg, clock }: SurfaceDeps, input: OrgSettingsInput): Promise<OrgSettings | undefined> {
  const { org, lowMicros, criticalMicros, giftCardMaxMicros: wantedMicros, ceilingMicros, ...rest } = input;
  const giftCardMax = (before: GiftCardMax): GiftCardMax =>
    judgeGiftCardMax(before, { wantedMicros, ceilingMicros, isMinter: false });
  const change = {
    lowMicros,
    criticalMicros,
    giftCardMax,
    expiryNoticeDays: rest.expiryNoticeDays,
    timeZone: rest.timeZone,
  };
  const at = new Date(clock.nowMs());
  return forOrg(org).transaction(async (trx) => changeSettings(trx, { org, at, change }));
}

function viewOf(settings: OrgSettings | undefined, ceilingMicros: bigint): z.input<typeof settingsReply> {
  if (!settings) throw notFound('org');
  const shown = (micros: bigint | null): string | null => (micros === null ? null : formatUsd(micros));
  return {
    lowBalanceThresholdUsd: shown(settings.lowMicros),
    criticalThresholdUsd: shown(settings.criticalMicros),
    freeGiftCardMaxUsd: formatUsd(giftCardMaxOf(settings.giftCardMax, ceilingMicros)),
    timeZone: settings.timeZone,
    expiryNoticeDays: [...(settings.expiryNoticeDays ?? LEAD_DAYS)],
  };
}
