/** What each service is watched by: windows of 1 s, durations of 30 s, two revisions that serve at the same time. */
const CRITERIA = `rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 5, duration: 30 }
    - { metric: response_time_p95, threshold: 2000, duration: 30 }
    - { metric: response_time_p99, threshold: 5000, duration: 30 }
    - { metric: availability, threshold: 50, duration: 30 }
`;

/**
 * The `belay.yaml` of one service: the first revision goes live at once, the next stays in its bake at 50 %. Two hundred
 * deployments lead there: nothing is scanned, and few probes are sent.
 *
 * @param {{service: string, environment: string, artifact: string, port: number, label: string, strategy: 'canary' | 'blue-green'}} options
 */
export function serviceFile({ service, environment, artifact, port, label, strategy }) {
  return `service: ${service}
artifact: ${JSON.stringify(artifact)}
run: [node, tiny-service.cjs]
env: { WATCH_REVISION: ${label} }
listen: ${port}
health: { path: /, interval: 5 }
instances: 1
rollbackWindow: 0
drain: 1
stopGrace: 2
canary:
  steps:
    - { weight: 50, bake: { least: 7200, longest: 14400, requests: 0 } }
verify: { least: ${strategy === 'canary' ? 30 : 1}, longest: 120, requests: 0 }
${strategy === 'canary' ? CRITERIA : FIRST_CRITERIA}
deploymentPipeline:
  security:
    vulnerabilityScanning: false
    secretDetection: false
    complianceChecks: false
    containerScanning: false
  deployment:
    environments:
      - { name: ${environment}, strategy: ${strategy}, approvalRequired: false }
`;
}

/** Something that its short watch can see. */
const FIRST_CRITERIA = `rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 50, duration: 2 }
`;
