/** A booking by hand: gives an org credit or takes it, with a reason. */
import { Alert, Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client';
import { readTyped } from '../lib/money';
import { Foreign, Link, Usd } from '../ui/parts';
import { Refusal } from './Refusal';

const REASON_CHARS_MAX = 1_000;

/** What the desk books; others are booked over the API. */
const KINDS = [
  { value: 'GRANT', label: 'Grant: credit as a gift', type: 'GRANT', minus: '' },
  { value: 'REFUND', label: 'Refund: gives back what was charged', type: 'REFUND', minus: '' },
  { value: 'MORE', label: 'Adjustment: adds credit', type: 'ADJUSTMENT', minus: '' },
  { value: 'LESS', label: 'Adjustment: takes credit', type: 'ADJUSTMENT', minus: '-' },
] as const;

export function Booking({ org, name }: { readonly org: string; readonly name: string }) {
  const queries = useQueryClient();
  const [kind, setKind] = useState<string>('GRANT');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [isSure, setSure] = useState(false);
  // One for each booking: sent again after a lost answer, it books once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const chosen = KINDS.find(({ value }) => value === kind) ?? KINDS[0];
  const amountUsd = readTyped(typed);
  /** Another booking is another request. */
  const change = (set: () => void): void => {
    set();
    setSure(false);
    setKey(crypto.randomUUID());
    book.reset();
  };
  const book = useMutation({
    mutationFn: () =>
      call('post', '/admin/orgs/{org}/entries', {
        params: { org },
        body: { type: chosen.type, amountUsd: `${chosen.minus}${amountUsd ?? ''}`, reason },
        headers: { 'Idempotency-Key': key },
        org: null,
      }),
    onSuccess: () => {
      setTyped('');
      setReason('');
      setSure(false);
      setKey(crypto.randomUUID());
      void queries.invalidateQueries({ queryKey: ['desk'] });
    },
  });
  const isReady = amountUsd !== undefined && reason.trim() !== '';
  return (
    <Stack gap="md">
      <NativeSelect
        label="What"
        value={kind}
        data={KINDS.map(({ value, label }) => ({ value, label }))}
        onChange={({ currentTarget: { value } }) => change(() => setKind(value))}
      />
      <TextInput
        label="Amount, in dollars"
        inputMode="decimal"
        value={typed}
        onChange={({ currentTarget: { value } }) => change(() => setTyped(value))}
      />
      <Textarea
        label="Reason, for the ledger and the audit log"
        autosize
        minRows={2}
        maxLength={REASON_CHARS_MAX}
        value={reason}
        onChange={({ currentTarget: { value } }) => change(() => setReason(value))}
      />
      {book.error ? <Refusal error={book.error} /> : null}
      {book.data === undefined ? null : <Outcome isBooked={'entries' in book.data} />}
      {isSure && isReady ? (
        <Stack gap="xs">
          <Text size="sm" component="div">
            {chosen.minus === '' ? 'Gives' : 'Takes'} <Usd usd={amountUsd} /> {chosen.minus === '' ? 'to' : 'from'}{' '}
            <Foreign>{name}</Foreign>. An entry is never removed: a mistake is corrected by another one.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setSure(false)}>
              Book nothing
            </Button>
            <Button loading={book.isPending} onClick={() => book.mutate()}>
              Book it
            </Button>
          </Group>
        </Stack>
      ) : (
        <Group justify="flex-end">
          <Button variant="default" disabled={!isReady} onClick={() => setSure(true)}>
            Book…
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Outcome({ isBooked }: { readonly isBooked: boolean }) {
  return (
    <Alert color={isBooked ? 'green' : 'yellow'} variant="outline" role="status" title={isBooked ? 'Booked' : 'Waits'}>
      {isBooked ? (
        'The balance has it.'
      ) : (
        <>
          It is above the limit and <Link to="/desk/approvals">waits for a second person</Link>.
        </>
      )}
    </Alert>
  );
}
