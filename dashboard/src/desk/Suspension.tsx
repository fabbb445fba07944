/** Stops somebody's spending, or ends that; asks for the reason first. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Ask } from '../ui/lists';
import { Foreign, State, Time } from '../ui/parts';

const REASON_CHARS_MAX = 1_000;

interface Props {
  /** Who is suspended, in a word. */
  readonly what: 'org' | 'user';
  readonly suspendedAt: string | null;
  readonly reason: string | null;
  /** What happens when they are. */
  readonly about: string;
  readonly act: (suspended: boolean, reason: string | undefined) => Promise<void>;
}

export function Suspension({ what, suspendedAt, reason, about, act }: Props) {
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [words, setWords] = useState('');
  const begins = suspendedAt === null;
  const change = useMutation({
    mutationFn: () => act(begins, words.trim() === '' ? undefined : words),
    onSuccess: () => {
      setAsking(false);
      setWords('');
      void queries.invalidateQueries({ queryKey: ['desk'] });
    },
  });
  return (
    <Stack gap="sm">
      {suspendedAt === null ? (
        <State tone="good">Not suspended</State>
      ) : (
        <Text size="sm" component="div">
          <State tone="bad">Suspended</State> since <Time at={suspendedAt} />
          {reason === null ? null : (
            <>
              : <Foreign>{reason}</Foreign>
            </>
          )}
        </Text>
      )}
      <Group>
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {begins ? 'Suspend…' : 'End the suspension…'}
        </Button>
      </Group>
      <Ask
        title={begins ? `Suspend this ${what}?` : 'End the suspension?'}
        opened={isAsking}
        keep={begins ? 'Do not suspend' : 'Keep it suspended'}
        act={begins ? `Suspend the ${what}` : 'End the suspension'}
        error={change.error}
        isPending={change.isPending}
        onClose={() => setAsking(false)}
        onAct={() => change.mutate()}
      >
        <Text size="sm">{begins ? about : 'What they spend is accepted again at once.'}</Text>
        <Textarea
          label="Reason, for the audit log"
          autosize
          minRows={2}
          maxLength={REASON_CHARS_MAX}
          value={words}
          onChange={({ currentTarget: { value } }) => setWords(value)}
        />
      </Ask>
    </Stack>
  );
}
