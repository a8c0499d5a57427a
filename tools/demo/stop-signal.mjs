const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * One signal for every reason to stop early: Ctrl-C, a closed terminal, an error that nobody caught. From then on none
 * of these ends the process any more, so that it can tidy up.
 *
 * @param {AbortSignal} given aborts it too
 */
export function openStopSignal(given) {
  const stop = new AbortController();
  const abort = (error) => stop.abort(error);
  const onSignal = (name) => abort(new Error(`stopped by ${name}`));
  for (const name of names) process.on(name, onSignal);
  process.on('uncaughtException', abort);
  const onGiven = () => abort(given.reason);
  given.addEventListener('abort', onGiven, { once: true });
  if (given.aborted) onGiven();
  // Whoever reads our output may leave before us.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return { signal: stop.signal, abort };
}
