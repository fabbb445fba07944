/** What services have set aside, and what became of it. */
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useHolds } from '../api/queries';
import { useRoute } from '../lib/route';
import { sayHold, sayService, sayWord } from '../lib/words';
import { Empty, Foreign, Heading, Loaded, Panel, State, Time, Usd } from '../ui/parts';

export function Holds() {
  const { query, set } = useRoute();
  const state = query.get('state') ?? 'open';
  const holds = useHolds(state === 'all' ? {} : { state });
  const list = holds.data?.pages.flatMap(({ holds: page }) => page);
  return (
    <>
      <Heading
        title="Holds"
        about="A hold sets money aside while the cost is not known. What is not taken comes back."
      />
      <Panel
        title="Holds"
        aside={
          <SegmentedControl
            size="xs"
            aria-label="Which holds"
            value={state}
            onChange={(value) => set({ state: value })}
            data={['open', 'captured', 'released', 'expired', 'all'].map((one) => ({
              value: one,
              label: sayWord(one),
            }))}
          />
        }
      >
        <Loaded from={{ data: list, error: holds.error, refetch: holds.refetch }} lines={6}>
          {(all) =>
            all.length === 0 ? (
              <Empty title="No such holds">
                {state === 'open' ? 'Nothing is set aside: all of the balance can be spent.' : 'None so far.'}
              </Empty>
            ) : (
              <table className="rows">
                <thead>
                  <tr>
                    <th>Service</th>
                    <th>State</th>
                    <th className="wide">Ends</th>
                    <th className="end">Held</th>
                    <th className="end wide">Taken</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((hold) => (
                    <tr key={hold.holdId}>
                      <td>
                        {sayService(hold.serviceType)}
                        <Text size="xs" c="dimmed" component="div">
                          {hold.reference === null ? '' : <Foreign>{hold.reference}</Foreign>}
                        </Text>
                      </td>
                      <td>
                        <State tone={sayHold(hold).tone}>{sayHold(hold).word}</State>
                      </td>
                      <td className="wide">{hold.expiresAt === null ? '' : <Time at={hold.expiresAt} />}</td>
                      <td className="end">
                        <Usd usd={hold.amountUsd} />
                      </td>
                      <td className="end wide">
                        <Usd usd={hold.capturedUsd} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
        {holds.hasNextPage ? (
          <Group justify="center" mt="md">
            <Button variant="default" loading={holds.isFetchingNextPage} onClick={() => void holds.fetchNextPage()}>
              Older holds
            </Button>
          </Group>
        ) : null}
      </Panel>
    </>
  );
}
