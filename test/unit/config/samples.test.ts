import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { requestFor } from '../../../src/config/assemble-request';
import { schemaKeys } from '../../../src/config/schema-keys';
import { belayFile } from '../../../src/config/schema/belay-file';
import { GATE_METRICS } from '../../../src/domain/checks/gate';
import { assemblePlan } from '../../../src/domain/rollout/assemble-plan';
import type { RolloutPlan } from '../../../src/domain/rollout/plan';
import { planInput, REVISION } from '../domain/support/plan-inputs';
import { parse, ROOT, SEED } from './support';

const FOLDER = join(ROOT, 'docs/configuration');
const samples = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
const reference = read('README.md');

describe('the commented samples', () => {
  test.each(samples)('%s can be deployed into each of its environments', (sample) => {
    const config = parse(read(sample));
    for (const { name } of config.environments) {
      expect(requestFor(config, { environment: name }).environment).toBe(name);
    }
  });

  test('are all named in the reference', () => {
    const unnamed = samples.filter((sample) => !reference.includes(`(${sample})`));
    expect(unnamed).toEqual([]);
  });

  test("hold the specification's blocks unchanged", () => {
    const sample = parseYaml(read('specification.yaml')) as Record<string, unknown>;
    expect(sample).toMatchObject(parseYaml(SEED) as Record<string, unknown>);
  });

  test('of rolling and recreate can be planned, within the bounds that their comments name', () => {
    const rolling = planOf('rolling.yaml');
    expect(rolling.wayBack).toMatchObject({ mostInstances: 10, leastAvailable: 8 });
    const recreate = planOf('recreate.yaml');
    expect(recreate.wayBack).toMatchObject({ mostWaitMs: 60_000, overlap: 'none' });
    expect(recreate.notes.join()).not.toContain('The gap may take');
  });

  test('of monitoring can be planned, and the plan says who sees what and what must hold', () => {
    const { criteria, notes } = planOf('monitoring.yaml');
    expect(criteria.map(({ criterion: { metric, source } }) => [metric, source])).toEqual([
      ['error_rate', null],
      ['error_rate', null],
      ['custom_queue_length', 'shop-metrics'],
      ['business_metric_conversion', 'shop-metrics'],
      ['custom_refunds', 'http'],
    ]);
    expect(notes.join('\n')).toContain('The probe sends each revision 2 requests a second');
    expect(notes.join('\n')).toContain('Before it is live, over at least 120 s and 500 requests');
  });

  test("show the specification's canary as what its preset stands for", () => {
    const spelt = requestFor(parse(read('canary-specification.yaml')), {});
    const preset = requestFor(parse(read('minimal.yaml') + '\ncanary: { preset: seed }\n'), {});
    expect(spelt.strategy).toEqual(preset.strategy);
    expect(spelt.criteria).toEqual(preset.criteria);
  });
});

describe('the reference', () => {
  test('names every key of the schema, and no other', () => {
    const rows = [...reference.matchAll(/^\| `([A-Za-z0-9_.]+)` /gm)].map(([, key]) => key ?? '');
    const keys = keysOfSchema();
    const documented = rows.filter(
      (key) => keys.includes(key) || !Object.hasOwn(GATE_METRICS, key),
    );
    expect([...new Set(documented)].sort()).toEqual(keys);
  });

  test('names every metric of a gate', () => {
    const missing = Object.keys(GATE_METRICS).filter(
      (metric) => !reference.includes(`| \`${metric}\``),
    );
    expect(missing).toEqual([]);
  });
});

function planOf(sample: string): RolloutPlan {
  const request = requestFor(parse(read(sample)), {});
  const { strategy, instances, run, verify, criteria, monitoring } = request;
  const { startWithinMs, drainMs, stopGraceMs } = run;
  return assemblePlan(
    planInput({
      strategy,
      instances,
      verify,
      criteria,
      monitoring,
      startWithinMs,
      drainMs,
      candidate: { ...REVISION, stopGraceMs },
    }),
  );
}

/** Equal lists are documented once, and the blocks of an environment where they stand at the top. */
function keysOfSchema(): string[] {
  const keys = schemaKeys(belayFile)
    .filter(({ parent }) => !/\.environments\.\w/.test(parent))
    .map(({ parent, key }) => (parent === '' ? key : `${parent}.${key}`))
    .map((key) => key.replace(/^(qualityGates)\.\w+\./, '$1.GROUP.'))
    .map((key) => key.replace(/^(rollbackCriteria)\.\w+\./, '$1.LIST.'))
    .map((key) => key.replaceAll('.*.', '.NAME.'));
  return [...new Set(keys)].sort();
}

function read(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}
