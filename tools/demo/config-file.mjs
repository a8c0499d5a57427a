import { join } from 'node:path';
import { root } from '../set-up/tool.mjs';

const tests = JSON.stringify(join(root, 'examples', 'shop', 'test', 'run.mjs'));

/**
 * The demo's `belay.yaml`: short watches, so that ten deployments fit into a few minutes; real services watch longer.
 *
 * @param {{artifact: string, port: number, environment: string, scenario: string, strategy: string, advisories: string, approver?: string}} options
 *   `scenario` makes its revision another one than those before it, so that no hold of theirs is in its way; with
 *   `approver` nothing goes out before that person said yes
 */
export function configFile(options) {
  const { artifact, port, environment, scenario, strategy, advisories, approver } = options;
  return `service: shop
artifact: ${JSON.stringify(artifact)}
run: [node, server.js]
env: { DEMO_SCENARIO: ${scenario} }
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

rolling:
  pause: { least: 5, longest: 60 }

recreate:
  queue: 8

verify: { least: 5, longest: 60 }

rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 5, duration: 5 }
    - { metric: response_time_p99, threshold: 1000, duration: 5 }
    - { metric: availability, threshold: 80, duration: 5 }

qualityGates:
  build:
    - { name: Build Success, threshold: 100, blocking: true }
    - { name: Unit Test Coverage, threshold: 80, blocking: true }
    - { name: Integration Test Pass Rate, threshold: 95, blocking: true }
  security:
    - { name: Critical Vulnerabilities, threshold: 0, blocking: true }
    - { name: High Vulnerabilities, threshold: 5, blocking: true }
    - { name: Secret Detection, threshold: 0, blocking: true }
  performance:
    - { name: Artifact Size, threshold: 5, blocking: false }

deploymentPipeline:
  testing:
    unitTests:
      command: [node, ${tests}, unit, reports]
      report: reports/unit.xml
      coverageReport: reports/coverage.lcov
    integrationTests:
      command: [node, ${tests}, integration, reports]
      report: reports/integration.xml
      environments: [test]
  security:
    advisories: ${advisories}
  deployment:
    environments:
      - name: ${environment}
        strategy: ${strategy}
        ${approver === undefined ? 'approvalRequired: false' : `approvalRequired: true\n        approvers: [${approver}]`}
`;
}
