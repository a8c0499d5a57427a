import { configFile } from '../../../tools/demo/config-file.mjs';
import { scenarios } from '../../../tools/demo/scenarios.mjs';
import { readOptions } from '../../../tools/demo/options.mjs';
import { requestFor } from '../../../src/config/assemble-request';
import { parseConfig } from '../../../src/config/parse-config';

const options = {
  artifact: '/tmp/with: colon/1',
  port: 8123,
  environment: 'production',
  scenario: 'first',
  strategy: 'canary',
  advisories: 'http://127.0.0.1:9/advisories.json',
};

function requestOf(text: string) {
  return requestFor(parseConfig(text, { file: 'belay.yaml' }), {});
}

test.each(['blue-green', 'canary', 'rolling', 'recreate'])(
  'the demo deploys by a belay.yaml that Belay reads without a remark (%s)',
  (strategy) => {
    const request = requestOf(configFile({ ...options, strategy }));
    expect(request).toMatchObject({
      service: 'shop',
      environment: 'production',
      artifact: { path: '/tmp/with: colon/1' },
      target: { listen: 8123 },
      strategy: { kind: strategy },
      approval: null,
      notes: [],
    });
  },
);

test('each scenario deploys a revision of its own, so that no hold is in its way', () => {
  const envs = scenarios.map(({ name, strategy }) =>
    JSON.stringify(requestOf(configFile({ ...options, scenario: name, strategy })).run.env),
  );
  expect(new Set(envs).size).toBe(scenarios.length);
});

test('every strategy is shown forward, and rolling and recreate are taken back too', () => {
  const shown = scenarios.map(({ strategy, expected }) => `${strategy} ${expected}`);
  expect(shown).toEqual(
    expect.arrayContaining([
      ...['blue-green', 'canary', 'rolling', 'recreate'].map((kind) => `${kind} succeeded`),
      ...['canary', 'rolling', 'recreate'].map((kind) => `${kind} rolled-back`),
    ]),
  );
});

test('with an approver nothing goes out without a yes', () => {
  const request = requestOf(configFile({ ...options, approver: 'team-lead' }));
  expect(request.approval).toMatchObject({ approvers: ['team-lead'], quorum: 1 });
});

test('options: text unless JSON is asked for, and everything ends unless it is to be kept', () => {
  expect(readOptions([])).toMatchObject({ json: false, keep: false, help: null });
  expect(readOptions(['--output', 'json', '--keep'])).toMatchObject({ json: true, keep: true });
});

test.each([[['--output', 'yaml']], [['--kep']], [['extra']]])(
  '%j is refused with exit 2',
  (args) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ exitCode: 2 }) as Error);
  },
);
