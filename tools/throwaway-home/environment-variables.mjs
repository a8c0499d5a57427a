/**
 * The environment of every process that works in a throw-away home: its own Temporal, or the one that was named.
 *
 * @param {string} home
 * @param {{kind: 'address', address: string} | {kind: 'binary', path: string}} temporal
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentVariables(home, temporal) {
  const env = { ...process.env, BELAY_HOME: home, NO_COLOR: '1' };
  if (temporal.kind === 'address') return { ...env, TEMPORAL_ADDRESS: temporal.address };
  delete env.TEMPORAL_ADDRESS;
  delete env.TEMPORAL_NAMESPACE;
  return { ...env, TEMPORAL_CLI: temporal.path };
}
