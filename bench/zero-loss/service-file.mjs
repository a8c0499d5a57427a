const DRAIN_SECONDS = 40;
/** Long enough for a person to come back to it, short enough to see the old fleet go many times a run. */
const ROLLBACK_WINDOW_SECONDS = 8;

/** What makes it possible at all, for whoever reads the figures. */
export const TERMS = `every strategy drains for ${DRAIN_SECONDS} s, and recreate runs with overlap: answers, because a download of 30 s survives no process that must be gone first`;

/**
 * The `belay.yaml` of one strategy's shop. What is in flight gets more time to end than the longest answer of the load
 * lasts: a download of 30 s survives no shorter drain, whatever the strategy.
 *
 * @param {{service: string, environment: string, artifact: string, port: number, label: string, block: string}} options
 *   `label` makes each revision one that nobody has seen
 */
export function serviceFile({ service, environment, artifact, port, label, block }) {
  return `service: ${service}
artifact: ${JSON.stringify(artifact)}
run: [node, server.js]
env: { BENCH_REVISION: ${label} }
listen: ${port}
health: { path: /health }
instances: 2
rollbackWindow: ${ROLLBACK_WINDOW_SECONDS}
drain: ${DRAIN_SECONDS}
stopGrace: 15
verify: { least: 4, longest: 60 }
${block}
rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 5, duration: 4 }

deploymentPipeline:
  deployment:
    environments:
      - { name: ${environment}, approvalRequired: false }
`;
}
