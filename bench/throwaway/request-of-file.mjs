import { built } from '../../tools/demo/built.mjs';

/**
 * The request that the command line would make of a `belay.yaml`, for the first environment that it declares.
 *
 * @param {string} text
 * @param {{folder: string, label: string}} options `label`: the reason that is given
 */
export function requestOfFile(text, { folder, label }) {
  const { identifyRequest, requestFor } = built('config/assemble-request.js');
  const { parseConfig } = built('config/parse-config.js');
  const { newDeploymentId } = built('client/index.js');
  const parts = requestFor(parseConfig(text, { file: 'belay.yaml', folder }), {});
  const requestedAtMs = Date.now();
  return identifyRequest(parts, {
    deploymentId: newDeploymentId(parts, requestedAtMs),
    requestKey: null,
    initiator: 'bench',
    reason: label,
    requestedAtMs,
    commit: null,
  });
}
