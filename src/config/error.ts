/** The configuration is invalid; the message names the variable or path and how to fix it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
