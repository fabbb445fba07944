/** How far each chain is read, and the switch that stops it. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { sayChain, sayWord } from '../lib/words';
import { Dialog } from '../ui/lists';
import { Foreign, Heading, Loaded, Panel, State, Time, Usd, type Tone } from '../ui/parts';
import { Refusal } from './Refusal';

const POLL_MS = 10_000;
type Chain = Answer<'/admin/chains'>['chains'][number];

const CHAIN: Readonly<Record<Chain['state'], Tone>> = {
  running: 'good',
  waiting: 'quiet',
  behind: 'warn',
  failing: 'bad',
  refused: 'bad',
  frozen: 'bad',
};

export function Chains() {
  const chains = useQuery({
    queryKey: ['desk', 'chains'],
    queryFn: () => call('get', '/admin/chains', { org: null }),
    refetchInterval: POLL_MS,
  });
  const [acting, setActing] = useState<Chain | null>(null);
  return (
    <>
      <Heading title="Chains" about="How far each chain is read, by which nodes, and what waits while one is frozen." />
      <Loaded from={chains} lines={6}>
        {({ chains: list }) => (
          <Stack gap="lg">
            {list.map((one) => (
              <Panel
                key={one.chain}
                title={sayChain(one.chain)}
                aside={<State tone={CHAIN[one.state]}>{sayWord(one.state)}</State>}
              >
                <table className="rows">
                  <thead>
                    <tr>
                      <th>Node</th>
                      <th>State</th>
                      <th className="end">Head</th>
                    </tr>
                  </thead>
                  <tbody>
                    {one.rpcs.map((rpc) => (
                      <tr key={rpc.rpc}>
                        <td>
                          <span className="mono">{rpc.rpc}</span>
                        </td>
                        <td>
                          {sayWord(rpc.state)}
                          {rpc.problem === null ? null : (
                            <Text size="xs" c="dimmed">
                              {rpc.problem}
                            </Text>
                          )}
                        </td>
                        <td className="end">{rpc.headBlock ?? '–'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
                <Text size="sm" mt="md" component="div">
                  Head {one.headBlock ?? '–'}, read up to {one.nextBlock ?? '–'}
                  {one.scannedAt === null ? (
                    ''
                  ) : (
                    <>
                      , <Time at={one.scannedAt} />
                    </>
                  )}
                </Text>
                {one.freezes.map((freeze) => (
                  <Text size="sm" key={freeze.kind + freeze.frozenAt} component="div">
                    Frozen by <bdi>{freeze.frozenBy}</bdi>, <Time at={freeze.frozenAt} />:{' '}
                    <Foreign>{freeze.reason}</Foreign>
                  </Text>
                ))}
                <Group mt="md">
                  <Button size="xs" variant="default" onClick={() => setActing(one)}>
                    {one.freezes.length > 0 ? 'Release…' : 'Freeze…'}
                  </Button>
                </Group>
              </Panel>
            ))}
          </Stack>
        )}
      </Loaded>
      <Dialog
        title={acting === null ? '' : `${acting.freezes.length > 0 ? 'Release' : 'Freeze'} ${sayChain(acting.chain)}?`}
        opened={acting !== null}
        onClose={() => setActing(null)}
      >
        {acting === null ? null : <Act chain={acting} onDone={() => setActing(null)} />}
      </Dialog>
    </>
  );
}

/** Says what a freeze or a release does, and what is due, before it is done. */
function Act({ chain, onDone }: { readonly chain: Chain; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const isFrozen = chain.freezes.length > 0;
  const act = useMutation({
    mutationFn: async (): Promise<unknown> => {
      const params = { chain: chain.chain };
      return isFrozen
        ? call('post', '/admin/chains/{chain}/release', { params, body: {}, org: null })
        : call('post', '/admin/chains/{chain}/freeze', { params, body: { reason: reason.trim() }, org: null });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['desk'] });
      onDone();
    },
  });
  const { dues } = chain;
  return (
    <Stack gap="md">
      <Text size="sm">
        {isFrozen
          ? 'Credits and reversals go on at once, beginning with what is due.'
          : 'Transfers are still seen, but nothing is credited and nothing is taken back until the chain is released.'}
      </Text>
      {isFrozen && dues !== null ? (
        <Text size="sm" component="div">
          Due: {dues.credits.count} credits of <Usd usd={dues.credits.amountUsd} />, {dues.reversals.count} reversals of{' '}
          <Usd usd={dues.reversals.amountUsd} />
        </Text>
      ) : null}
      {isFrozen ? null : (
        <Textarea
          label="Reason, for the audit log"
          autosize
          minRows={2}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
      )}
      {act.error ? <Refusal error={act.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Leave it as it is
        </Button>
        <Button
          color={isFrozen ? 'indigo' : 'red'}
          disabled={!isFrozen && reason.trim() === ''}
          loading={act.isPending}
          onClick={() => act.mutate()}
        >
          {isFrozen ? 'Release the chain' : 'Freeze the chain'}
        </Button>
      </Group>
    </Stack>
  );
}
