import { configFile } from '../../../tools/demo/config-file.mjs';
import { readOptions } from '../../../tools/demo/options.mjs';
import { requestFor } from '../../../src/config/assemble-request';
import { parseConfig } from '../../../src/config/parse-config';

const options = { artifact: '/tmp/with: colon/1', port: 8123, environment: 'production' };

function requestOf(text: string) {
  return requestFor(parseConfig(text, { file: 'belay.yaml' }), { strategy: 'canary' });
}

test('the demo deploys by a belay.yaml that Belay reads without a remark', () => {
  const request = requestOf(configFile(options));
  expect(request).toMatchObject({
    service: 'shop',
    environment: 'production',
    artifact: { path: '/tmp/with: colon/1' },
    target: { listen: 8123 },
    approval: null,
    notes: [],
  });
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
