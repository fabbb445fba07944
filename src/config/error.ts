/** Why the service cannot start as configured; the message names the variable or path and what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
