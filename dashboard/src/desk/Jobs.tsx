/** What runs without a call: how each job of each process is. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call, type Answer } from '../api/client';
import { sayChain, sayWord } from '../lib/words';
import { Empty, Foreign, Heading, Loaded, Panel, State, Time, type Tone } from '../ui/parts';

type Job = Answer<'/admin/jobs'>['jobs'][number];

const POLL_MS = 10_000;
const TONES: Readonly<Record<Job['state'], Tone>> = { ok: 'good', standby: 'quiet', failing: 'bad', silent: 'bad' };
const WORDS: Readonly<Record<Job['state'], string>> = {
  ok: 'Fine',
  standby: 'Standing by',
  failing: 'Failing',
  silent: 'Not heard of',
};
/** What the names of jobs mean. */
const JOBS: Readonly<Record<Job['job'], string>> = {
  chain: 'Reads a chain and credits deposits',
  expiry: 'Ends holds and credit whose time is over',
  expiry_notices: 'Announces credit that will end',
  books: 'Compares the books with the deposits',
  sums: 'Keeps sums for reports',
  approvals: 'Writes approved bookings',
  chain_orders: 'Ends orders that nobody paid',
  free_tiers: 'Gives new orgs their free tier',
  grants: 'Gives users what they were granted',
  budgets: 'Announces budgets that begin anew',
  payments: 'Settles what providers reported',
  payment_sweep: "Reads providers' lists of events",
  auto_refill: 'Buys credit by itself',
  rails: 'Compares card rails with providers',
  disputes: 'Gives small disputes up',
  refusals: 'Deletes old refusals',
  events: 'Fills event logs, sends webhooks',
  feed: 'Follows event logs and frozen credit',
  loss_watch: 'Watches for a restored database',
  job_notes: 'Notes how jobs are',
};

/** What is wrong comes first. */
function byTrouble(jobs: readonly Job[]): Job[] {
  const rank = ({ state }: Job): number => (TONES[state] === 'bad' ? 0 : 1);
  return jobs.toSorted((a, b) => rank(a) - rank(b));
}

export function Jobs() {
  const jobs = useQuery({
    queryKey: ['desk', 'jobs'],
    queryFn: () => call('get', '/admin/jobs', { org: null }),
    refetchInterval: POLL_MS,
  });
  return (
    <>
      <Heading title="Jobs" about="What each process does by itself, and what waits for it. What fails is on top." />
      <Panel>
        <Loaded from={jobs} lines={10}>
          {({ jobs: list }) =>
            list.length === 0 ? (
              <Empty title="No process has reported">Each reports its jobs every ten seconds.</Empty>
            ) : (
              <table className="rows">
                <thead>
                  <tr>
                    <th>Job</th>
                    <th>State</th>
                    <th className="wide">Last round</th>
                    <th className="wide">Next</th>
                    <th className="end">Waiting</th>
                  </tr>
                </thead>
                <tbody>
                  {byTrouble(list).map((one) => (
                    <JobRow key={`${one.process} ${one.job} ${one.about ?? ''}`} job={one} />
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const { about, state, problem, failedAt, endedAt, durationMs, nextAt, waiting } = job;
  return (
    <tr>
      <td>
        {JOBS[job.job]}
        {about === null ? null : ` · ${sayChain(about)}`}
        <Text size="xs" c="dimmed" component="div">
          {sayWord(job.job)} in <span className="mono">{job.process}</span>
        </Text>
        {problem === null ? null : (
          <Text size="xs" component="div">
            {failedAt === null ? null : (
              <>
                <Time at={failedAt} />:{' '}
              </>
            )}
            <Foreign>{problem}</Foreign>
          </Text>
        )}
      </td>
      <td>
        <State tone={TONES[state]}>{WORDS[state]}</State>
      </td>
      <td className="wide">
        {endedAt === null ? 'None yet' : <Time at={endedAt} />}
        {durationMs === null ? null : (
          <Text size="xs" c="dimmed">
            took {durationMs} ms
          </Text>
        )}
      </td>
      <td className="wide">
        {nextAt === null ? job.job === 'chain' ? 'With each block' : 'Now' : <Time at={nextAt} />}
      </td>
      <td className="end">{waiting ?? '–'}</td>
    </tr>
  );
}
