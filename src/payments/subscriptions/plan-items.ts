/** What plans name at providers is read as a plan is made, and not only as it is sold. */
import { accountName } from '../../core/billing/facts.ts';
import { Refusal, type InputIssue } from '../../core/errors.ts';
import { itemsOf, type PlanFields } from '../../core/subscriptions/plan.ts';
import { callAccount, type AccountMeans } from '../account-calls.ts';
import { ProviderFailed } from '../port.ts';

const CURRENCY = 'usd';

/**
 * Reads everything that a plan names at providers. What is named at one that is not configured is not read: nothing is sold there,
 * and a checkout reads it again.
 * @throws Refusal VALIDATION_FAILED with each of them that is not what the plan costs; ProviderFailed where it cannot be read
 */
export async function checkPlanItems(means: AccountMeans, plan: PlanFields): Promise<void> {
  const issues: InputIssue[] = [];
  for (const { provider, path, ...sold } of itemsOf(plan)) {
    const account = await means.accounts.find(accountName(provider, null));
    if (account?.mode !== means.mode) continue;
    try {
      await callAccount(means, { account, what: 'read_price' }, async () =>
        account.checkItem({ ...sold, currency: CURRENCY }),
      );
    } catch (error) {
      if (!isWrongItem(error)) throw error;
      issues.push({ path, message: `is not what the plan costs: ${error.message}` });
    }
  }
  if (issues.length === 0) return;
  const listed = issues.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new Refusal('VALIDATION_FAILED', listed, { issues });
}

/** Whether a provider answered, and what is named there is missing or another thing than what is sold. */
function isWrongItem(error: unknown): error is ProviderFailed {
  return error instanceof ProviderFailed && error.fault.outcome === 'refused' && error.fault.lacks === null;
}
