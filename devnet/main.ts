import { parseArgs } from 'node:util';
import { runCommand } from './command.ts';
import { serveControl } from './control-server.ts';
import { startIssuer } from './issuer.ts';
import { startRpcProxy } from './rpc-proxy.ts';
import { startWorld } from './world.ts';
import { CONFIG_FILE, removeWorldFiles, WORLD_FILE, writeWorldFiles } from './world-files.ts';

const USAGE = `usage: npm run devnet
It takes no options; it runs until it is stopped with Ctrl-C.`;

/** Blocks are final eight below the head, so that a reorg of a few blocks is not one of final blocks. */
const SLOTS_IN_AN_EPOCH = 4;

/** `npm run devnet`: runs both chains until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  parseArgs({ options: {} });
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  console.log('starting the development chains ...');
  const world = await startWorld({
    evm: { slotsInAnEpoch: SLOTS_IN_AN_EPOCH },
    starknet: { download: true },
    log: (line) => console.log(line),
  });
  const control = await serveControl(world.chains);
  const issuer = await startIssuer();
  const proxies = await Promise.all(
    world.chains.map(async ({ rpcUrl, wsUrl }) => startRpcProxy({ target: rpcUrl, wsTarget: wsUrl, control: true })),
  );
  try {
    await writeWorldFiles(world, { controlUrl: control.url, issuer, proxies });
    for (const [index, chain] of world.chains.entries()) {
      console.log(`${chain.caip2}\n  rpc ${chain.rpcUrl}  ws ${chain.wsUrl}`);
      console.log(`  Coffer sees it through the fault proxy ${proxies[index]?.rpcUrl}`);
      console.log(`  USDC ${chain.usdc}\n  credits address ${chain.creditsAddress}`);
      console.log(`  ${chain.accounts.length} senders, the first is ${chain.accounts[0]}`);
    }
    console.log(`endpoints in ${WORLD_FILE}; a configuration for Coffer in ${CONFIG_FILE} (COFFER_CONFIG)`);
    console.log('register a sender with: npm run devnet:register -- --chain evm --from 1 --key <API key>');
    console.log('send with: npm run devnet:send -- --chain evm --from 1 --amount 12.50');
    console.log(
      'replace blocks with: npm run devnet:reorg -- --chain starknet --depth 60; add RPC faults with: npm run devnet:faults',
    );
    console.log('sign in with: npm run devnet:token -- --user u --org <org id> --role admin');
    console.log('devnet is up; stop it with Ctrl-C');
    await stopped;
  } finally {
    await removeWorldFiles();
    await Promise.all(proxies.map(async (proxy) => proxy.stop()));
    await issuer.stop();
    await control.stop();
    await world.stop();
  }
  console.log('devnet stopped');
}

process.exitCode = await runCommand(USAGE, main);
