/** The pages of operators that list what is there: orgs, and what was done by hand. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import { Copyable, Foreign, Heading, Link, Loaded, Panel, State, Time } from '../ui/parts';

export function useOrgs() {
  return useQuery({
    queryKey: ['desk', 'orgs'],
    queryFn: () => call('get', '/admin/orgs', { query: { limit: 100 }, org: null }),
  });
}

export function Orgs() {
  const orgs = useOrgs();
  return (
    <>
      <Heading title="Orgs" about="The newest hundred." />
      <Panel>
        <Loaded from={orgs} lines={6}>
          {({ orgs: list }) => (
            <table className="rows">
              <thead>
                <tr>
                  <th>Name</th>
                  <th className="wide">Id</th>
                  <th>State</th>
                </tr>
              </thead>
              <tbody>
                {list.map((org) => (
                  <tr key={org.id}>
                    <td>
                      <Link to={`/desk/orgs/${org.id}`}>
                        <Foreign>{org.name}</Foreign>
                      </Link>
                    </td>
                    <td className="wide">
                      <Copyable text={org.id} label="the org's id" />
                    </td>
                    <td>
                      {org.suspendedAt === null ? (
                        <State tone="good">Active</State>
                      ) : (
                        <State tone="bad">Suspended</State>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      </Panel>
    </>
  );
}

export function Audit() {
  const audit = useQuery({
    queryKey: ['desk', 'audit'],
    queryFn: () => call('get', '/admin/audit', { query: { limit: 50 }, org: null }),
  });
  return (
    <>
      <Heading title="Audit log" about="What was done by hand, by whom. It cannot be changed." />
      <Panel>
        <Loaded from={audit} lines={8}>
          {({ acts }) => (
            <table className="rows">
              <thead>
                <tr>
                  <th>When</th>
                  <th>Who</th>
                  <th>What</th>
                  <th className="wide">On</th>
                </tr>
              </thead>
              <tbody>
                {acts.map((act, index) => (
                  // One act may be about several things.
                  <tr key={`${act.actId}-${index}`}>
                    <td>
                      <Time at={act.at} />
                    </td>
                    <td>
                      <Foreign>{act.actor}</Foreign>
                    </td>
                    <td>{act.action}</td>
                    <td className="wide">
                      {act.subject} <span className="mono">{act.subjectId}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      </Panel>
    </>
  );
}
