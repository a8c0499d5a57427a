/**
 * The demo's `belay.yaml`: short watches, so that five deployments fit into two minutes; real services watch longer.
 *
 * @param {{artifact: string, port: number, environment: string, approver?: string}} options
 *   with `approver` nothing goes out before that person said yes
 */
export function configFile({ artifact, port, environment, approver }) {
  return `service: shop
artifact: ${JSON.stringify(artifact)}
run: [node, server.js]
listen: ${port}
health: { path: /health }
instances: 2
rollbackWindow: 1800
drain: 10
stopGrace: 10

canary:
  steps:
    - { weight: 10, bake: { least: 8, longest: 60 } }
    - { weight: 50, bake: { least: 6, longest: 60 } }
    - { weight: 100, bake: { least: 5, longest: 60 } }

verify: { least: 5, longest: 60 }

rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 5, duration: 5 }
    - { metric: response_time_p99, threshold: 1000, duration: 5 }
    - { metric: availability, threshold: 80, duration: 5 }

qualityGates:
  security:
    - { name: Secret Detection, threshold: 0, blocking: true }
  performance:
    - { name: Artifact Size, threshold: 5, blocking: false }

deploymentPipeline:
  deployment:
    environments:
      - name: ${environment}
        ${approver === undefined ? 'approvalRequired: false' : `approvalRequired: true\n        approvers: [${approver}]`}
`;
}
