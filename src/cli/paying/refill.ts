/** The options of `coffer pay set` about auto-refill on an org's own account. */
import { InvalidArgumentError, type Command } from 'commander';
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { readOwnRefill, type OwnRefillNames } from '../../db/billing/own-refill.ts';
import { changeRefillSetting } from '../../db/billing/refill-settings.ts';
import { CliError, EXIT, operatorHere } from '../context.ts';
import { readAmount, readAmountOrZero } from './amounts.ts';
import type { PayMeans } from './means.ts';

/** The values of these options. */
export interface RefillOptions {
  readonly autoRefill?: boolean;
  readonly autoRefillThreshold?: bigint;
  readonly autoRefillProduct?: string;
  readonly autoRefillTarget?: bigint;
  readonly autoRefillMaxDay?: bigint;
  readonly autoRefillMaxMonth?: bigint;
  readonly autoRefillMaxDayCount?: bigint;
  readonly autoRefillConsentText?: string;
}

const NAMES: OwnRefillNames = {
  enabled: '--auto-refill',
  threshold: '--auto-refill-threshold',
  what: '--auto-refill-product',
  target: '--auto-refill-target',
  maxDay: '--auto-refill-max-day',
  maxMonth: '--auto-refill-max-month',
  maxDayCount: '--auto-refill-max-day-count',
};

function readOnOff(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new InvalidArgumentError('It must be on or off.');
}

function readProduct(text: string): string {
  if (isUuid(text)) return text;
  throw new InvalidArgumentError('It must be the id of a product, as `coffer pay products` shows it.');
}

function readTextVersion(text: string): string {
  if (/^[\x21-\x7e]{1,100}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be 1 to 100 printable ASCII characters without spaces.');
}

/** Adds the options. */
export function addRefillOptions(command: Command): Command {
  return command
    .option(`${NAMES.enabled} <on|off>`, 'on: the org agrees to be charged without being asked; recorded', readOnOff)
    .option(`${NAMES.threshold} <micros>`, 'buy when less than this can be spent', readAmountOrZero)
    .option(`${NAMES.what} <id>`, 'the product that is bought', readProduct)
    .option(`${NAMES.target} <micros>`, 'buy what brings the balance up to this, in place of a product', readAmount)
    .option(`${NAMES.maxDay} <cents>`, 'what all purchases of a UTC day cost at most', readAmount)
    .option(`${NAMES.maxMonth} <cents>`, 'what all purchases of a UTC month cost at most', readAmount)
    .option(`${NAMES.maxDayCount} <n>`, 'how many purchases there are in a day at most', readAmount)
    .option('--auto-refill-consent-text <version>', 'the version of the text that was agreed to', readTextVersion);
}

/** Changes auto-refill as the options say; without any of them nothing. @throws CliError for values that do not fit */
export async function changeRefillHere({ db, org }: PayMeans, options: RefillOptions): Promise<void> {
  const change = {
    enabled: options.autoRefill,
    thresholdMicros: options.autoRefillThreshold,
    product: options.autoRefillProduct,
    targetMicros: options.autoRefillTarget,
    maxDayMinor: options.autoRefillMaxDay,
    maxMonthMinor: options.autoRefillMaxMonth,
    maxDayCount: options.autoRefillMaxDayCount,
    textVersion: options.autoRefillConsentText,
  };
  try {
    const request = await readOwnRefill(db, { org: org.id, change, names: NAMES });
    if (request) await changeRefillSetting(db, { ...request, actor: operatorHere(), at: new Date() });
  } catch (error) {
    throw error instanceof Refusal ? new CliError(error.message, EXIT.usage) : error;
  }
}
