/**
 * What the candidates are judged by, as `rollbackCriteria` of a `belay.yaml`, and how long they stay at 5 %: long enough
 * for every duration to be seen whole.
 *
 * @typedef {{name: string, leastSeconds: number, longestSeconds: number, endsWithinMs: number, block: string}} Criteria
 */

/**
 * The demo's criteria over 10 s, and its limit for p99 on p95 too: 5 requests a second are 50 in 10 s, and p99 says
 * nothing below 100.
 *
 * @type {Criteria}
 */
export const DEMO = {
  name: 'demo',
  leastSeconds: 20,
  longestSeconds: 60,
  endsWithinMs: 180_000,
  block: `rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 5, duration: 10 }
    - { metric: response_time_p95, threshold: 1000, duration: 10 }
    - { metric: response_time_p99, threshold: 1000, duration: 10 }
    - { metric: availability, threshold: 80, duration: 10 }
`,
};

/**
 * The specification's own, without the one about a business metric: the shop has none.
 *
 * @type {Criteria}
 */
export const SPECIFICATION = {
  name: 'specification',
  leastSeconds: 310,
  longestSeconds: 400,
  endsWithinMs: 600_000,
  block: `rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 5.0, duration: 60, severity: critical }
    - { metric: response_time_p99, threshold: 5000, duration: 120, severity: critical }
    - { metric: availability, threshold: 95.0, duration: 30, severity: critical }
  manual:
    - { metric: error_rate, threshold: 2.0, duration: 300, severity: high }
    - { metric: response_time_p95, threshold: 2000, duration: 300, severity: medium }
`,
};

/** Whoever serves before the first candidate comes is judged by something that its short watch can see. */
export const FIRST = {
  name: 'first',
  leastSeconds: 1,
  longestSeconds: 30,
  endsWithinMs: 120_000,
  block: `rollbackCriteria:
  automatic:
    - { metric: error_rate, threshold: 5, duration: 2 }
`,
};
