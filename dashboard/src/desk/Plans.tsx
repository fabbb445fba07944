/** What customers may subscribe to, or buy once. A change adds a version, which counts for periods that begin from then on. */
import { Button, Group, NativeSelect, NumberInput, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { jsonNumber, readTyped, show, showCredits } from '../lib/money';
import { Dialog, FormEnd } from '../ui/lists';
import { Copyable, Empty, Foreign, Heading, Loaded, Panel, State, Time } from '../ui/parts';
import { useGiving } from './giving';
import { Refusal } from './Refusal';

type Plan = Answer<'/admin/billing/plans'>['data'][number];

const KINDS: Readonly<Record<Plan['kind'], string>> = { subscription: 'Subscription', one_time: 'Bought once' };
const ENDS: Readonly<Record<Plan['credits_expire'], string>> = {
  never: 'Never',
  period_end: 'With the period',
};
const optionsOf = (words: Readonly<Record<string, string>>): { value: string; label: string }[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export function Plans() {
  const plans = useQuery({
    queryKey: ['desk', 'plans'],
    queryFn: () => call('get', '/admin/billing/plans', { org: null }),
  });
  const [changing, setChanging] = useState<Plan | 'new' | null>(null);
  const close = (): void => setChanging(null);
  return (
    <>
      <Heading
        title="Plans"
        about="What users may subscribe to, or buy once. A change counts for periods that begin after it."
        aside={<Button onClick={() => setChanging('new')}>Add a plan</Button>}
      />
      <Panel>
        <Loaded from={plans} lines={6}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title="No plans">A plan brings credits each month or year, or once.</Empty>
            ) : (
              data.map((one) => <Row key={one.id} plan={one} onChange={() => setChanging(one)} />)
            )
          }
        </Loaded>
      </Panel>
      <Dialog title={changing === 'new' ? 'Add a plan' : 'Change the plan'} opened={changing !== null} onClose={close}>
        {changing === null ? null : <Form plan={changing === 'new' ? null : changing} onDone={close} />}
      </Dialog>
    </>
  );
}

function Row({ plan, onChange }: { readonly plan: Plan; readonly onChange: () => void }) {
  const { name, active, kind, price_monthly: monthly, price_yearly: yearly, credits_included: credits } = plan;
  const once = kind === 'one_time';
  const prices = [
    ...(monthly === null ? [] : [`${show(String(monthly))} ${once ? 'once' : 'a month'}`]),
    ...(yearly === null || once ? [] : [`${show(String(yearly))} a year`]),
  ];
  return (
    <Stack gap={4} py="md" className="row">
      <Group justify="space-between" gap="sm">
        <Group gap="md">
          <Text fw={560} component="div">
            <Foreign>{name}</Foreign>
          </Text>
          {active ? <State tone="good">For sale</State> : <State tone="quiet">Not for sale</State>}
          <Text size="sm" c="dimmed">
            {KINDS[kind]}, version {plan.version}
          </Text>
        </Group>
        <Button size="xs" variant="default" onClick={onChange} aria-label={`Change ${name}`}>
          Change…
        </Button>
      </Group>
      <Text size="sm">
        {prices.length === 0 ? 'No price' : prices.join(', ')} · {showCredits(credits)}
        {once ? '' : ' for each month'} · the credits end: {ENDS[plan.credits_expire].toLowerCase()}
      </Text>
      <Copyable text={plan.id} label="the plan's id" />
      <Text size="xs" c="dimmed" component="div">
        As it is since <Time at={plan.updated_at} />
      </Text>
    </Stack>
  );
}

/** The texts of a form that is made of a plan, or of nothing. */
function textsOf(plan: Plan | null) {
  const usdOf = (price: number | null | undefined): string => (price == null ? '' : String(price));
  return {
    name: plan?.name ?? '',
    description: plan?.description ?? '',
    features: (plan?.features ?? []).join('\n'),
    monthly: usdOf(plan?.price_monthly),
    yearly: usdOf(plan?.price_yearly),
    stripeMonthly: plan?.stripe_price_id_monthly ?? '',
    stripeYearly: plan?.stripe_price_id_yearly ?? '',
    creem: plan?.creem_product_id ?? '',
  };
}

type Texts = ReturnType<typeof textsOf>;

const isPrice = (text: string): boolean => text.trim() === '' || readTyped(text) !== undefined;
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function Form({ plan, onDone }: { readonly plan: Plan | null; readonly onDone: () => void }) {
  const [texts, setTexts] = useState(() => textsOf(plan));
  const [kind, setKind] = useState<string>(plan?.kind ?? 'subscription');
  const [ends, setEnds] = useState<string>(plan?.credits_expire ?? 'never');
  const [credits, setCredits] = useState<number | string>(plan?.credits_included ?? '');
  const [active, setActive] = useState(plan?.active ?? true);
  // One for each time that the form is opened: sent again after a lost answer, it makes one version.
  const [key] = useState(() => crypto.randomUUID());
  const save = useGiving(
    async () => {
      const priceOf = (text: string): number | null => {
        const usd = readTyped(text);
        return usd === undefined ? null : jsonNumber(usd);
      };
      const body = {
        name: texts.name.trim(),
        description: texts.description.trim(),
        features: texts.features.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])),
        kind,
        price_monthly: priceOf(texts.monthly),
        price_yearly: priceOf(texts.yearly),
        credits_included: credits,
        credits_expire: ends,
        active,
        stripe_price_id_monthly: orNull(texts.stripeMonthly),
        stripe_price_id_yearly: orNull(texts.stripeYearly),
        creem_product_id: orNull(texts.creem),
      };
      const headers = { 'Idempotency-Key': key };
      return plan === null
        ? call('post', '/admin/billing/plans', { body, headers, org: null })
        : call('put', '/admin/billing/plans/{id}', { params: { id: plan.id }, body, headers, org: null });
    },
    plan === null ? 'The plan is there' : 'The plan is changed',
    onDone,
  );
  const text = (name: keyof Texts, label: string, description?: string) => (
    <TextInput
      label={label}
      {...(description === undefined ? {} : { description })}
      value={texts[name]}
      onChange={({ currentTarget: { value } }) => setTexts((before) => ({ ...before, [name]: value }))}
    />
  );
  const area = (name: keyof Texts, label: string, description: string) => (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={2}
      value={texts[name]}
      onChange={({ currentTarget: { value } }) => setTexts((before) => ({ ...before, [name]: value }))}
    />
  );
  const isReady =
    texts.name.trim() !== '' && typeof credits === 'number' && isPrice(texts.monthly) && isPrice(texts.yearly);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save.mutate(undefined);
      }}
    >
      <Stack gap="md">
        {text('name', 'Name')}
        {area('description', 'Description', 'One sentence, as customers read it')}
        {area('features', 'Features', 'One a line')}
        <NativeSelect
          label="Kind"
          data={optionsOf(KINDS)}
          value={kind}
          onChange={({ currentTarget: { value } }) => setKind(value)}
        />
        {text('monthly', kind === 'one_time' ? 'Price, in dollars' : 'Price a month, in dollars', 'Empty: not sold so')}
        {kind === 'one_time' ? null : text('yearly', 'Price a year, in dollars', 'Empty: not sold so')}
        <NumberInput
          label={kind === 'one_time' ? 'Credits' : 'Credits a month'}
          description={kind === 'one_time' ? 'Come once' : 'A year brings twelve times as many'}
          min={1}
          allowDecimal={false}
          value={credits}
          onChange={setCredits}
        />
        <NativeSelect
          label="The credits end"
          data={optionsOf(ENDS)}
          value={ends}
          onChange={({ currentTarget: { value } }) => setEnds(value)}
        />
        {text('stripeMonthly', 'Price id at Stripe, monthly', 'price_…')}
        {text('stripeYearly', 'Price id at Stripe, yearly', 'price_…')}
        {text('creem', 'Product id at Creem', 'prod_…')}
        <Switch label="For sale" checked={active} onChange={({ currentTarget: { checked } }) => setActive(checked)} />
        <FormEnd
          act={plan === null ? 'Add the plan' : 'Save the plan'}
          refusal={save.error ? <Refusal error={save.error} /> : null}
          isReady={isReady}
          isPending={save.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
