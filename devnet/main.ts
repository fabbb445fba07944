import { serveSends } from './send-server.ts';
import { startWorld } from './world.ts';
import { CONFIG_FILE, removeWorldFiles, WORLD_FILE, writeWorldFiles } from './world-files.ts';

/** `npm run devnet`: both chains up until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  console.log('starting the development chains ...');
  const world = await startWorld({ starknet: { download: true }, log: (line) => console.log(line) });
  const sends = await serveSends(world.chains);
  try {
    await writeWorldFiles(world, sends.url);
    for (const chain of world.chains) {
      console.log(`${chain.caip2}\n  rpc ${chain.rpcUrl}  ws ${chain.wsUrl}`);
      console.log(`  USDC ${chain.usdc}\n  credits address ${chain.creditsAddress}`);
      console.log(`  ${chain.accounts.length} senders, the first is ${chain.accounts[0]}`);
    }
    console.log(`endpoints in ${WORLD_FILE}; a configuration for Coffer in ${CONFIG_FILE} (COFFER_CONFIG)`);
    console.log('send with: npm run devnet:send -- --chain evm --from 0 --amount 12.50');
    console.log('devnet is up; stop it with Ctrl-C');
    await stopped;
  } finally {
    await removeWorldFiles();
    await sends.stop();
    await world.stop();
  }
  console.log('devnet stopped');
}

await main();
