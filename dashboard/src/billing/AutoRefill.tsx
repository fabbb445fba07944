/** Auto-refill: buys credit by the saved card when little is left. Off by default, on with a consent and ceilings. */
import { Alert, Button, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { usePacks, type Pack } from '../api/queries';
import { readTyped, show } from '../lib/money';
import { sayWord } from '../lib/words';
import { Ask } from '../ui/lists';
import { Heading, Link, Loaded, Panel, Problem, State, Time, Usd, type Tone } from '../ui/parts';
import { mayManage, type OrgRole } from './Pages';

type Setting = Answer<'/treasury/auto-refill'>;

/** The words that are agreed to. A change of them is a new version. */
const CONSENT_VERSION = 'app-1';
const TO_TARGET = 'target';
const STATES: Readonly<Record<Setting['state'], readonly [Tone, string]>> = {
  off: ['quiet', 'Off'],
  on: ['good', 'On'],
  waiting_for_payment_method: ['warn', 'Waits for a card'],
  stopped: ['bad', 'Stopped'],
};
type Reason = NonNullable<Setting['stopped']>['reason'];
const REASONS: Partial<Readonly<Record<Reason, string>>> = {
  repeated_failures: 'The card was declined several times.',
  do_not_try_again: 'The bank asked us not to try this card again.',
  authentication_required: 'The bank wants the card holder to confirm each payment.',
  payment_method_unusable: 'The saved card cannot be used any more.',
  product_inactive: 'What it bought is not sold any more.',
  dispute: 'A payment was disputed.',
  early_warning: 'The bank reported a payment as possibly fraudulent.',
  refunded: 'A refill was given back.',
  org_closed: 'The account was closed.',
};

export function AutoRefill({ role }: { readonly role: OrgRole }) {
  const setting = useQuery({
    queryKey: ['org', about.org, 'auto-refill'],
    queryFn: () => call('get', '/treasury/auto-refill'),
  });
  const packs = usePacks();
  return (
    <>
      <Heading
        title="Auto-refill"
        about="When what is available falls below a threshold, credit is bought with the card of your last checkout."
      />
      <Loaded from={setting} lines={6}>
        {(data) => (
          <>
            <Present setting={data} canChange={mayManage(role)} />
            {mayManage(role) ? (
              <Panel title={data.enabled ? 'Change it' : 'Turn it on'}>
                <Loaded from={packs}>{({ packs: list }) => <Terms setting={data} packs={list} />}</Loaded>
              </Panel>
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
}

function useChange(done: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Readonly<Record<string, unknown>>) => call('put', '/treasury/auto-refill', { body }),
    onSuccess: () => {
      notifications.show({ message: done, color: 'teal' });
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
}

function Present({ setting, canChange }: { readonly setting: Setting; readonly canChange: boolean }) {
  const [tone, word] = STATES[setting.state];
  const [isAsking, setAsking] = useState(false);
  const off = useChange('Auto-refill is off');
  const { consent, stopped } = setting;
  return (
    <Panel
      title="Now"
      aside={
        <Group gap="sm">
          <State tone={tone}>{word}</State>
          {setting.enabled && canChange ? (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              Turn off…
            </Button>
          ) : null}
        </Group>
      }
    >
      <Stack gap="sm">
        {stopped === null ? null : (
          <Alert variant="outline" color="red" title={REASONS[stopped.reason] ?? sayWord(stopped.reason)}>
            <Text size="sm" component="div">
              Stopped <Time at={stopped.at} />. Save it again below to start it anew.
            </Text>
          </Alert>
        )}
        {setting.state === 'waiting_for_payment_method' ? (
          <Text size="sm" component="div">
            There is no saved card yet: <Link to="/billing/top-up?rail=card">top up by card</Link> once, and it is used.
          </Text>
        ) : null}
        {consent === null ? (
          <Text size="sm">It buys nothing before somebody agrees to it here.</Text>
        ) : (
          <Text size="sm" component="div">
            Agreed to by <bdi>{consent.by}</bdi>, <Time at={consent.at} />: below{' '}
            {consent.thresholdUsd === null ? '–' : <Usd usd={consent.thresholdUsd} />} it buys{' '}
            {consent.targetUsd === null ? (
              (consent.packId ?? 'a product')
            ) : (
              <>
                up to <Usd usd={consent.targetUsd} />
              </>
            )}
            , at most <Usd usd={consent.maxDayUsd} /> and {consent.maxDayCount} times a day,{' '}
            <Usd usd={consent.maxMonthUsd} /> a month.
          </Text>
        )}
        {setting.nextAttemptAt === null ? null : (
          <Text size="sm" component="div">
            Tried again <Time at={setting.nextAttemptAt} />
          </Text>
        )}
      </Stack>
      <Ask
        title="Turn auto-refill off?"
        opened={isAsking}
        keep="Keep it on"
        act="Turn it off"
        error={off.error}
        isPending={off.isPending}
        onClose={() => setAsking(false)}
        onAct={() => off.mutate({ enabled: false }, { onSuccess: () => setAsking(false) })}
      >
        <Text size="sm">Nothing is bought from now on. When the balance is spent, new charges are refused.</Text>
      </Ask>
    </Panel>
  );
}

function Terms({ setting, packs }: { readonly setting: Setting; readonly packs: readonly Pack[] }) {
  const [threshold, setThreshold] = useState(setting.thresholdUsd ?? '10.00');
  const [what, setWhat] = useState(
    setting.targetUsd === null ? (setting.packId ?? packs[0]?.id ?? TO_TARGET) : TO_TARGET,
  );
  const [target, setTarget] = useState(setting.targetUsd ?? '50.00');
  const [day, setDay] = useState(setting.maxDayUsd);
  const [month, setMonth] = useState(setting.maxMonthUsd);
  const [count, setCount] = useState<number | string>(setting.maxDayCount);
  const [agreed, setAgreed] = useState(false);
  const save = useChange('Auto-refill is on');
  const amounts = [threshold, day, month, ...(what === TO_TARGET ? [target] : [])];
  const isReady = agreed && amounts.every((one) => readTyped(one) !== undefined) && typeof count === 'number';
  const field = (label: string, value: string, onChange: (text: string) => void) => (
    <TextInput
      label={label}
      inputMode="decimal"
      value={value}
      error={readTyped(value) === undefined ? 'Dollars and cents, such as 250 or 99.50' : undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        save.mutate({
          enabled: true,
          thresholdUsd: readTyped(threshold),
          ...(what === TO_TARGET ? { targetUsd: readTyped(target) } : { packId: what }),
          maxDayUsd: readTyped(day),
          maxMonthUsd: readTyped(month),
          maxDayCount: count,
          consentTextVersion: CONSENT_VERSION,
        });
      }}
    >
      <Stack gap="md" maw={460}>
        {field('When less than this is available, in dollars', threshold, setThreshold)}
        <Select
          label="Buy"
          allowDeselect={false}
          value={what}
          data={[
            ...packs.map(({ id, name, amountUsd }) => ({ value: id, label: `${name}, ${show(amountUsd)}` })),
            { value: TO_TARGET, label: 'As much as reaches a target' },
          ]}
          onChange={(value) => setWhat(value ?? TO_TARGET)}
        />
        {what === TO_TARGET ? field('Target, in dollars', target, setTarget) : null}
        {field('At most a day, in dollars', day, setDay)}
        {field('At most a month, in dollars', month, setMonth)}
        <NumberInput
          label="At most so often a day"
          min={1}
          max={100}
          allowDecimal={false}
          value={count}
          onChange={setCount}
        />
        <Checkbox
          checked={agreed}
          onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
          label="I agree that my saved card is charged under these terms without asking me each time, until I turn it off."
        />
        {save.error ? <Problem error={save.error} /> : null}
        <Group>
          <Button type="submit" disabled={!isReady} loading={save.isPending}>
            {setting.enabled ? 'Save the terms' : 'Turn auto-refill on'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
