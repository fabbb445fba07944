/** What is given away: coupons, and what a check-in brings. */
import { Button, Group, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { Dialog, FormEnd, Listed, usePages } from '../ui/lists';
import { Foreign, Heading, Loaded, Panel, State, Time } from '../ui/parts';
import { useGiving } from './giving';
import { Refusal } from './Refusal';

type Coupon = Answer<'/admin/billing/coupons'>['data'][number];
type CheckIn = Answer<'/admin/checkin/config'>['data'];

const PAGE = 50;

export function Rewards() {
  const coupons = usePages(['desk', 'coupons'], async (cursor) => {
    const { data, next_cursor: nextCursor } = await call('get', '/admin/billing/coupons', {
      query: { limit: PAGE, cursor },
      org: null,
    });
    return { data, nextCursor };
  });
  const checkIn = useQuery({
    queryKey: ['desk', 'checkin'],
    queryFn: () => call('get', '/admin/checkin/config', { org: null }),
  });
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <Heading
        title="Rewards"
        about="Credit that is given, not bought. Above the limit a second person has to agree."
        aside={<Button onClick={() => setAdding(true)}>Add a coupon</Button>}
      />
      <Panel title="Coupons">
        <Listed
          of={coupons}
          rows={({ data }) => data}
          lines={5}
          empty={['No coupons', 'A coupon gives credits to each user who redeems its code.']}
        >
          {(all) => (
            <table className="rows">
              <thead>
                <tr>
                  <th>Code</th>
                  <th className="end">Credits</th>
                  <th className="end">Used</th>
                  <th className="wide">Ends</th>
                  <th>State</th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <Row key={one.id} coupon={one} />
                ))}
              </tbody>
            </table>
          )}
        </Listed>
      </Panel>
      <Panel title="Check-in">
        <Loaded from={checkIn}>{({ data }) => <Settings values={data} />}</Loaded>
      </Panel>
      <Dialog title="Add a coupon" opened={isAdding} onClose={() => setAdding(false)}>
        <Add onDone={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function Row({ coupon }: { readonly coupon: Coupon }) {
  const { code, credits, used, limit_total: limit, expires_at: expiresAt } = coupon;
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  const isUsedUp = limit !== null && used >= limit;
  return (
    <tr>
      <td>
        <span className="mono">
          <Foreign>{code}</Foreign>
        </span>
      </td>
      <td className="end">{credits}</td>
      <td className="end">{limit === null ? used : `${used} of ${limit}`}</td>
      <td className="wide">{expiresAt === null ? 'Never' : <Time at={expiresAt} />}</td>
      <td>
        {isOver || isUsedUp ? (
          <State tone="quiet">{isOver ? 'Ended' : 'Used up'}</State>
        ) : (
          <State tone="good">Holds</State>
        )}
      </td>
    </tr>
  );
}

const whole = (value: number | string): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) ? value : undefined;

function Add({ onDone }: { readonly onDone: () => void }) {
  const [code, setCode] = useState('');
  const [credits, setCredits] = useState<number | string>('');
  const [limit, setLimit] = useState<number | string>('');
  // One for each time that the form is opened: sent again after a lost answer, it makes one coupon.
  const [key] = useState(() => crypto.randomUUID());
  const add = useGiving(
    () =>
      call('post', '/admin/billing/coupons', {
        headers: { 'Idempotency-Key': key },
        body: {
          code: code.trim(),
          credits: whole(credits),
          ...(whole(limit) === undefined ? {} : { limit_total: whole(limit) }),
        },
        org: null,
      }),
    'The coupon can be redeemed now',
    onDone,
  );
  const isReady = code.trim() !== '' && (whole(credits) ?? 0) > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) add.mutate(undefined);
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Code"
          placeholder="SPRING-27"
          value={code}
          onChange={({ currentTarget: { value } }) => setCode(value)}
        />
        <NumberInput label="Credits for each user" min={1} allowDecimal={false} value={credits} onChange={setCredits} />
        <NumberInput
          label="How often in all"
          placeholder="No limit"
          min={1}
          allowDecimal={false}
          value={limit}
          onChange={setLimit}
        />
        <FormEnd
          act="Add the coupon"
          refusal={add.error ? <Refusal error={add.error} /> : null}
          isReady={isReady}
          isPending={add.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

function Settings({ values }: { readonly values: CheckIn }) {
  const [enabled, setEnabled] = useState(values.enabled);
  const [credits, setCredits] = useState<number | string>(values.credits_per_day);
  const [bonus, setBonus] = useState<number | string>(values.streak_bonus);
  const [days, setDays] = useState<number | string>(values.streak_days);
  const save = useGiving(
    () =>
      call('put', '/admin/checkin/config', {
        headers: { 'Idempotency-Key': crypto.randomUUID() },
        body: {
          enabled,
          credits_per_day: whole(credits) ?? 0,
          streak_bonus: whole(bonus) ?? 0,
          ...((whole(days) ?? 0) > 0 ? { streak_days: whole(days) } : {}),
          time_zone: values.time_zone,
          requireClaim: values.requireClaim,
        },
        org: null,
      }),
    'Check-ins follow the new rule',
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <Stack gap="md" maw={420}>
        <Switch
          label="Users may check in once a day"
          checked={enabled}
          onChange={({ currentTarget: { checked } }) => setEnabled(checked)}
        />
        <NumberInput label="Credits a day" min={0} allowDecimal={false} value={credits} onChange={setCredits} />
        <NumberInput label="Bonus of a streak" min={0} allowDecimal={false} value={bonus} onChange={setBonus} />
        <NumberInput label="Days of a streak" min={0} allowDecimal={false} value={days} onChange={setDays} />
        <Text size="sm" c="dimmed">
          A day begins at midnight in {values.time_zone}.
        </Text>
        {save.error ? <Refusal error={save.error} /> : null}
        <Group>
          <Button type="submit" loading={save.isPending}>
            Save check-ins
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
