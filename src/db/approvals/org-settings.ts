/**
 * The change of an org's settings by a minter. Above what the org's free gift cards may pay for already, it raises that
 * ceiling, and no number bounds what that gives away: it counts as above every limit.
 */
import { judgeGiftCardMax } from '../../core/access/gift-card-max.ts';
import { Refusal } from '../../core/errors.ts';
import { formatUsd } from '../../core/money.ts';
import { changeSettings, findSettings, type OrgSettings } from '../access/org-settings.ts';
import { listOf, micros, orNull, small, textOf, type Row } from '../rows.ts';
import type { ChangeKind } from './change.ts';

/** New values; what is left out keeps its value, and null means no threshold. */
export interface OrgSettingsInput {
  readonly org: string;
  readonly lowMicros?: bigint | null | undefined;
  readonly criticalMicros?: bigint | null | undefined;
  readonly giftCardMaxMicros?: bigint | undefined;
  readonly timeZone?: string | undefined;
  /** How many days before credit ends the org hears of it; null: the ordinary ones. */
  readonly expiryNoticeDays?: readonly number[] | null | undefined;
  /** The ceiling of the deployment. */
  readonly ceilingMicros: bigint;
}

export const orgSettingsChange: ChangeKind<OrgSettingsInput, OrgSettings> = {
  name: 'org_settings',
  orgOf: ({ org }) => org,
  describe: (input) => `set for the org ${input.org}: ${valuesOf(input).join(', ')}`,
  weigh: async (trx, { org, giftCardMaxMicros = 0n, ceilingMicros }) => {
    const before = await findSettings(trx, org, true);
    return giftCardMaxMicros > (before?.giftCardMax.allowedMicros ?? ceilingMicros) ? 'unbounded' : 0n;
  },
  write: ({ org, lowMicros, criticalMicros, giftCardMaxMicros, expiryNoticeDays, timeZone, ceilingMicros }) => ({
    org,
    ...(lowMicros === undefined ? {} : { lowMicros: textOrNull(lowMicros) }),
    ...(criticalMicros === undefined ? {} : { criticalMicros: textOrNull(criticalMicros) }),
    ...(giftCardMaxMicros === undefined ? {} : { giftCardMaxMicros: String(giftCardMaxMicros) }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(expiryNoticeDays === undefined ? {} : { expiryNoticeDays }),
    ceilingMicros: String(ceilingMicros),
  }),
  read: (input) => ({
    org: textOf(input['org']),
    lowMicros: thresholdOf(input, 'lowMicros'),
    criticalMicros: thresholdOf(input, 'criticalMicros'),
    giftCardMaxMicros: input['giftCardMaxMicros'] === undefined ? undefined : micros(input['giftCardMaxMicros']),
    timeZone: input['timeZone'] === undefined ? undefined : textOf(input['timeZone']),
    expiryNoticeDays:
      input['expiryNoticeDays'] === undefined
        ? undefined
        : orNull(input['expiryNoticeDays'], (days) => listOf(days, small)),
    ceilingMicros: micros(input['ceilingMicros']),
  }),
  carryOut: async (trx, input, { at }) => {
    const { org, lowMicros, criticalMicros, giftCardMaxMicros, expiryNoticeDays, timeZone, ceilingMicros } = input;
    const changed = await changeSettings(trx, {
      org,
      at,
      change: {
        lowMicros,
        criticalMicros,
        timeZone,
        expiryNoticeDays,
        giftCardMax: (before) =>
          judgeGiftCardMax(before, { wantedMicros: giftCardMaxMicros, ceilingMicros, isMinter: true }),
      },
    });
    if (!changed) throw new Refusal('NOT_FOUND', 'there is no such org');
    return changed;
  },
};

const textOrNull = (value: bigint | null): string | null => (value === null ? null : String(value));

function thresholdOf(input: Row, name: string): bigint | null | undefined {
  return input[name] === undefined ? undefined : orNull(input[name], micros);
}

function valuesOf(input: OrgSettingsInput): string[] {
  const { lowMicros, criticalMicros, giftCardMaxMicros, expiryNoticeDays, timeZone } = input;
  const values = [
    ['freeGiftCardMaxUsd', giftCardMaxMicros],
    ['lowBalanceThresholdUsd', lowMicros],
    ['criticalThresholdUsd', criticalMicros],
  ] as const;
  const amounts = values.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} to ${value === null ? 'none' : formatUsd(value)}`],
  );
  const days = expiryNoticeDays === null ? 'the ordinary ones' : `[${expiryNoticeDays?.join(', ')}]`;
  return [
    ...amounts,
    ...(expiryNoticeDays === undefined ? [] : [`expiryNoticeDays to ${days}`]),
    ...(timeZone === undefined ? [] : [`timeZone to ${timeZone}`]),
  ];
}
