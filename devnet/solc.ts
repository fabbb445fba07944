import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';

const outputSchema = z.object({
  errors: z.array(z.object({ severity: z.string(), formattedMessage: z.string() })).default([]),
  contracts: z
    .record(
      z.string(),
      z.record(z.string(), z.object({ evm: z.object({ bytecode: z.object({ object: z.string() }) }) })),
    )
    .default({}),
});

const compilerSchema = z.object({
  compile: z.custom<(input: string) => string>((value) => typeof value === 'function'),
});

/**
 * Compiles one contract of devnet/contracts and gives its creation code. The compiler is loaded only here, since it
 * takes half a second and 30 MB. Throws with the compiler's errors.
 * @param change edits the source before it is compiled.
 */
export async function compileContract(
  name: string,
  change = (source: string): string => source,
): Promise<`0x${string}`> {
  const fileName = `${name}.sol`;
  const content = change(await readFile(new URL(`./contracts/${fileName}`, import.meta.url), 'utf8'));
  const compiler = compilerSchema.parse(createRequire(import.meta.url)('solc'));
  const input = {
    language: 'Solidity',
    sources: { [fileName]: { content } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: 'cancun',
      outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
    },
  };
  const output = outputSchema.parse(JSON.parse(compiler.compile(JSON.stringify(input))));
  const code = output.contracts[fileName]?.[name]?.evm.bytecode.object;
  const errors = output.errors.filter((error) => error.severity === 'error');
  if (code === undefined || errors.length > 0) {
    throw new Error(`${fileName} does not compile: ${errors.map((error) => error.formattedMessage).join('\n')}`);
  }
  return `0x${code}`;
}
