/** The pages of operators that list what is there: orgs, and what was done by hand. */
import { call } from '../api/client';
import { Listed, usePages } from '../ui/lists';
import { Copyable, Foreign, Heading, Link, Panel, State, Time } from '../ui/parts';

const ORGS = 100;
const ACTS = 50;

export function Orgs() {
  const orgs = usePages(['desk', 'orgs', 'pages'], (cursor) =>
    call('get', '/admin/orgs', { query: { limit: ORGS, cursor }, org: null }),
  );
  return (
    <>
      <Heading title="Orgs" about="The newest first. The search at the top finds one by its name or id." />
      <Panel>
        <Listed
          of={orgs}
          rows={(page) => page.orgs}
          empty={['No orgs', 'An org is made over the API, or by the command `coffer orgs create`.']}
        >
          {(list) => (
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
        </Listed>
      </Panel>
    </>
  );
}

export function Audit() {
  const audit = usePages(['desk', 'audit'], (cursor) =>
    call('get', '/admin/audit', { query: { limit: ACTS, cursor }, org: null }),
  );
  return (
    <>
      <Heading title="Audit log" about="What was done by hand, by whom. It cannot be changed." />
      <Panel>
        <Listed
          of={audit}
          rows={(page) => page.acts}
          lines={8}
          empty={['Nothing was done by hand', 'Each change that a person or a key makes is listed here.']}
        >
          {(acts) => (
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
        </Listed>
      </Panel>
    </>
  );
}
