/**
 * The `belay.yaml` of one candidate: 5 % of the traffic, then all of it.
 *
 * @param {{service: string, environment: string, artifact: string, port: number, label: string, fault: string, seed: number, criteria: import('./criteria.mjs').Criteria, strategy: 'canary' | 'blue-green'}} options
 *   `label` makes each a revision that nobody has seen
 */
export function serviceFile(options) {
  const { service, environment, artifact, port, label, fault, seed, criteria, strategy } = options;
  const { leastSeconds, longestSeconds, block } = criteria;
  return `service: ${service}
artifact: ${JSON.stringify(artifact)}
run: [node, faulty-shop.cjs]
env: { DETECT_FAULT: ${fault}, DETECT_SEED: '${seed}', DETECT_RUN: ${label} }
listen: ${port}
health: { path: /health }
instances: 2
rollbackWindow: 0
drain: 5
stopGrace: 2
canary:
  steps:
    - { weight: 5, bake: { least: ${leastSeconds}, longest: ${longestSeconds} } }
verify: { least: 2, longest: 30, requests: 0 }
${block}
deploymentPipeline:
  deployment:
    environments:
      - { name: ${environment}, strategy: ${strategy}, approvalRequired: false }
`;
}
