import { parseArgs } from 'node:util';
import { findCount } from '../src/core/integers.ts';
import { findChain, runCommand, UsageError } from './command.ts';
import { callRpc } from './json-rpc.ts';
import { faultsOfAllKinds, type ProxyFault } from './rpc-proxy.ts';
import { readWorldFile, type WorldFile } from './world-files.ts';

const USAGE = `usage: npm run devnet:faults -- --chain <chain> (--add <fault> | --mix <percent> | --list | --clear)
  --chain  evm, starknet, or the CAIP-2 name of a running chain
  --add    a fault as JSON (kinds: devnet/rpc-proxy.ts):
           '{"method": "eth_getLogs", "probability": 0.5, "effect": {"kind": "drop"}}'
  --mix    faults of all kinds in this percentage of the calls; 0 removes all
  --list   prints the faults that are set
  --clear  removes all faults`;
const PERCENT = 100;

/** `npm run devnet:faults`: adds and removes faults in what Coffer sees of a running devnet. */
async function faults(args: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ args, options: { chain: text, add: text, mix: text, list: flag, clear: flag } });
  if (values.chain === undefined) throw new UsageError('--chain is missing');
  const chain = findChain(await readWorldFile(), values.chain);
  const ask = async (method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
    callRpc(chain.proxyUrl, method, params);
  const wanted = listWanted(chain, values);
  const clears = values.clear === true || values.mix === '0';
  if (wanted.length === 0 && values.list !== true && !clears) throw new UsageError('an action is missing');
  if (clears) await ask('proxy_clearFaults');
  for (const fault of wanted) await ask('proxy_addFault', { ...fault });
  const now = await ask('proxy_listFaults');
  if (values.list === true) console.log(JSON.stringify(now, undefined, 2));
  else console.log(`${Array.isArray(now) ? now.length : 0} faults are set on ${chain.caip2}; --list shows them`);
}

function listWanted(
  chain: WorldFile['chains'][number],
  { add, mix }: { add?: string | undefined; mix?: string | undefined },
): ProxyFault[] {
  if (add !== undefined) return [JSON.parse(add) as ProxyFault];
  if (mix === undefined) return [];
  const percent = findCount(mix);
  if (percent === 0) return [];
  if (percent === undefined || percent > PERCENT) throw new UsageError('--mix needs a percentage from 0 to 100');
  const { usdc: token, creditsAddress: to, accounts } = chain;
  return faultsOfAllKinds(percent / PERCENT, { token, to, from: accounts[0] ?? to, txHash: '0x1234' });
}

process.exitCode = await runCommand(USAGE, async () => faults(process.argv.slice(2)));
