/**
 * Writes the page of a deployment by the ordinary CLI, beside the demo's folder: that goes at the end, the page stays.
 *
 * @param {{name: string, status: {deployment: string}}} one as `play` gives it
 * @param {{stage: Pick<import('./stage.mjs').Stage, 'folder' | 'belay'>, signal: AbortSignal}} options
 * @returns {Promise<string>} where it is
 * @throws {Error} with the CLI's own words
 */
export async function writeReportPage({ name, status }, { stage, signal }) {
  const file = `${stage.folder}-${name}.html`;
  const { html } = await stage.belay.run(['report', status.deployment, '--html', file], { signal });
  return html;
}
