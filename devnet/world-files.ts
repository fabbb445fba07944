import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { signInSettings, type Issuer } from './issuer.ts';
import type { RpcProxy } from './rpc-proxy.ts';
import type { DevChain, World } from './world.ts';

const worldFileSchema = z.object({
  controlUrl: z.url(),
  /** Signs people's tokens. */
  issuerUrl: z.url(),
  starknetNode: z.enum(['starknet-devnet', 'simulator']).optional(),
  chains: z.array(
    z.object({
      caip2: z.string(),
      /** The node itself. */
      rpcUrl: z.string(),
      wsUrl: z.string(),
      /** The fault proxy between Coffer and the node. */
      proxyUrl: z.string(),
      usdc: z.string(),
      creditsAddress: z.string(),
      accounts: z.array(z.string()),
    }),
  ),
});

/** Content of `.data/devnet.json`: the running devnet. */
export type WorldFile = z.infer<typeof worldFileSchema>;

const DATA_FOLDER = '.data';

export const WORLD_FILE = join(DATA_FOLDER, 'devnet.json');
export const CONFIG_FILE = join(DATA_FOLDER, 'coffer.devnet.json');

/**
 * The content of a COFFER_CONFIG file for these chains and for the tokens of this issuer. It deliberately sets no
 * finality, so that the production defaults apply here too.
 */
export function makeCofferConfig(
  chains: readonly Pick<DevChain, 'caip2' | 'rpcUrl' | 'wsUrl' | 'usdc' | 'creditsAddress'>[],
  issuer?: Pick<Issuer, 'url' | 'jwksUrl'>,
): Record<string, unknown> {
  return {
    ...(issuer === undefined ? {} : { sso: signInSettings(issuer) }),
    senderPolicy: 'first_come',
    // Webhook receivers may run on this machine.
    webhooks: { allowPrivate: true },
    chains: chains.map((chain) => ({
      caip2: chain.caip2,
      rpcUrls: [chain.rpcUrl],
      wsUrl: chain.wsUrl,
      tokens: [{ symbol: 'USDC', address: chain.usdc, decimals: 6 }],
      creditsAddress: chain.creditsAddress,
      startBlock: 0,
      quorum: 1,
      devnet: true,
    })),
  };
}

/** Writes `.data/devnet.json` and `.data/coffer.devnet.json`. @param proxies in the order of the world's chains. */
export async function writeWorldFiles(
  world: World,
  {
    controlUrl,
    issuer,
    proxies,
  }: { controlUrl: string; issuer: Issuer; proxies: readonly Pick<RpcProxy, 'rpcUrl' | 'wsUrl'>[] },
): Promise<void> {
  await mkdir(DATA_FOLDER, { recursive: true });
  const chains = world.chains.map(({ caip2, rpcUrl, wsUrl, usdc, creditsAddress, accounts }, index) => {
    const proxyUrl = proxies[index]?.rpcUrl ?? rpcUrl;
    return { caip2, rpcUrl, wsUrl, proxyUrl, usdc, creditsAddress, accounts: [...accounts] };
  });
  const node = world.starknet === undefined ? {} : { starknetNode: world.starknet.node };
  await writeWhole(WORLD_FILE, { controlUrl, issuerUrl: issuer.url, ...node, chains } satisfies WorldFile);
  const seen = chains.map((chain, index) => {
    const { rpcUrl, wsUrl } = proxies[index] ?? chain;
    return { ...chain, rpcUrl, wsUrl };
  });
  await writeWhole(CONFIG_FILE, makeCofferConfig(seen, issuer));
}

async function writeWhole(path: string, content: unknown): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(content, undefined, 2)}\n`);
  await rename(`${path}.new`, path);
}

/** Removes the files of `writeWorldFiles`, so that they do not list endpoints that are gone. */
export async function removeWorldFiles(): Promise<void> {
  await rm(WORLD_FILE, { force: true });
  await rm(CONFIG_FILE, { force: true });
}

/** Reads `.data/devnet.json`. Throws an error that says what to do when there is no devnet. */
export async function readWorldFile(): Promise<WorldFile> {
  let text: string;
  try {
    text = await readFile(WORLD_FILE, 'utf8');
  } catch (error) {
    throw new Error(`no devnet is running here (${WORLD_FILE} is missing): start one with npm run devnet`, {
      cause: error,
    });
  }
  return worldFileSchema.parse(JSON.parse(text));
}
