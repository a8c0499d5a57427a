import { z } from 'zod';
import { GATE_METRICS } from '../../domain/checks/gate';
import type { GateMetric } from '../../domain/checks/gate';
import { nearestWord } from '../../domain/format/nearest-word';
import { gateIssues } from './gate-issues';
import { threshold, thresholdIssue } from './threshold';
import { text } from './words';
import type { Mistake } from './words';

const METRIC_NAMES = Object.keys(GATE_METRICS) as [GateMetric, ...GateMetric[]];

/** What people call a metric in a gate's name, in small letters. */
const GATE_ALIASES: Readonly<Record<string, GateMetric>> = {
  'build success': 'build_success',
  'unit test coverage': 'unit_test_coverage',
  'code coverage': 'unit_test_coverage',
  'unit test pass rate': 'unit_test_pass_rate',
  'integration test pass rate': 'integration_test_pass_rate',
  'critical vulnerabilities': 'critical_vulnerabilities',
  'high vulnerabilities': 'high_vulnerabilities',
  'medium vulnerabilities': 'medium_vulnerabilities',
  'secret detection': 'secrets',
  'compliance violations': 'compliance_violations',
  'scan coverage': 'scan_coverage',
  'security score': 'security_score',
  'build time': 'build_time',
  'artifact size': 'artifact_size',
};

const ALIASES: ReadonlyMap<string, GateMetric> = new Map([
  ...Object.entries(GATE_ALIASES),
  ...METRIC_NAMES.map((metric): [string, GateMetric] => [metric.replaceAll('_', ' '), metric]),
]);

/** The metric that a gate measures: said, or read from its name; null where the name says nothing to us. */
export function metricOfGate(gate: {
  readonly name: string;
  readonly metric?: GateMetric | undefined;
}): GateMetric | null {
  return gate.metric ?? ALIASES.get(normal(gate.name)) ?? null;
}

function normal(gateName: string): string {
  return gateName
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
}

const gate = z
  .strictObject({
    name: text,
    metric: z.enum(METRIC_NAMES).optional(),
    threshold,
    blocking: z.boolean().optional(),
    onMissing: z.enum(['fail', 'warn', 'skip']).optional(),
    warnAt: z.number().optional(),
    scope: z.enum(['all', 'new']).optional(),
    environments: z.array(text).min(1).optional(),
  })
  .superRefine((block, context) => {
    const metric = metricOfGate(block);
    if (metric === null) {
      context.addIssue({ code: 'custom', path: ['name'], ...unknownGate(block.name) });
      return;
    }
    const issue = thresholdIssue(metric, block.threshold);
    if (issue) context.addIssue({ code: 'custom', path: ['threshold'], ...issue });
    for (const { path, ...rule } of gateIssues({ ...block, metric })) {
      context.addIssue({ code: 'custom', path, ...rule });
    }
  });

const gates = z.array(gate);

/** The specification's three groups. */
export const gatesBlock = z
  .strictObject({
    build: gates.optional(),
    security: gates.optional(),
    performance: gates.optional(),
  })
  .superRefine((block, context) => {
    const seen = new Set<string>();
    for (const [group, list] of Object.entries(block)) {
      list?.forEach(({ name }, index) => {
        if (seen.has(normal(name))) {
          context.addIssue({
            code: 'custom',
            path: [group, index, 'name'],
            message: `is used by two gates: "${name}"`,
            params: { suggestion: 'Give one of them another name and name its `metric`.' },
          });
        }
        seen.add(normal(name));
      });
    }
  });

export type GateBlock = z.infer<typeof gate>;

function unknownGate(gateName: string): Mistake {
  const near = nearestWord(gateName, [...ALIASES.keys()]);
  return {
    message: `does not say what the gate measures: "${gateName}"`,
    params: {
      suggestion:
        near === null
          ? `Name its \`metric\`: ${METRIC_NAMES.map((metric) => `\`${metric}\``).join(', ')}.`
          : `Did you mean "${titled(near)}"? A name of your own needs \`metric: ${ALIASES.get(near)}\`.`,
    },
  };
}

function titled(alias: string): string {
  return alias.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
