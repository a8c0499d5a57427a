import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { METRICS } from '../../../src/domain/analysis/criterion';
import { LAST_BUCKET, upperBoundMs } from '../../../src/domain/analysis/histogram';
import { fileAnswer } from '../../../src/cli/output/judge/file-answer';
import {
  aConfig,
  aFile,
  aGuard,
  anArm,
  failing,
  judged,
  problemsOf,
  windows,
} from '../domain/analysis-file/recordings';

const docs = join(__dirname, '..', '..', '..', 'docs');
const read = (name: string): string => readFileSync(join(docs, name), 'utf8');
const text = read('judge.md');
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const isRecording = ajv.compile(JSON.parse(read('schemas/judge-recording.json')) as object);
const isVerdict = ajv.compile(JSON.parse(read('schemas/judge-verdict.json')) as object);
const samples = [...text.matchAll(/```json\n([^]*?)```/g)].map(
  ([, json]) => JSON.parse(json!) as object,
);
const answer = (file: unknown): object => {
  const style = { color: false, unicode: true, columns: 100 };
  return fileAnswer({ verdict: judged(file), windowCount: 1 }, style).json;
};

describe('docs/judge.md', () => {
  test('its recording is one for the schema and for the judge', () => {
    expect([isRecording(samples[0]), isRecording.errors]).toEqual([true, null]);
    expect(problemsOf(samples[0])).toEqual([]);
  });

  test('its answer is what the judge says, and fits its schema', () => {
    expect([isVerdict(samples[1]), isVerdict.errors]).toEqual([true, null]);
    expect(answer(aFile(windows(12, (place) => (place >= 4 ? failing(20) : {}))))).toEqual(
      samples[1],
    );
  });

  test('names every metric, and the boundaries as they are', () => {
    for (const metric of Object.keys(METRICS)) {
      expect(text).toContain(
        metric.replace('response_time_p9', '_p9').replace('response_time_p5', '_p5'),
      );
    }
    expect(text).toContain(`bucket ${LAST_BUCKET}, the last`);
    expect(upperBoundMs(0)).toBe(0.5);
    expect(upperBoundMs(1) / upperBoundMs(0)).toBeCloseTo(1.1, 12);
  });
});

describe('the schemas of docs/', () => {
  const named = { counters: { business_metric_conversion: 3 } };
  test.each<[string, unknown]>([
    ['safe', aFile(windows(12))],
    ['not yet', aFile(windows(2))],
    ['no window', aFile([])],
    [
      'figures that cannot be true',
      aFile(windows(12, () => ({ from: null, expectedShare: 'NaN' }))),
    ],
    ['nobody watched', aFile(windows(3, () => ({ arms: null })))],
    [
      'a metric relative to baseline',
      aFile(
        windows(12, () => ({
          arms: { canary: anArm(100, 0, named), baseline: anArm(900, 0, named) },
        })),
        aConfig({
          guards: [
            aGuard({
              metric: 'business_metric_conversion',
              op: '<',
              threshold: -10,
              kind: 'relativeToBaseline',
            }),
          ],
        }),
      ),
    ],
  ])('%s: input and answer fit', (_, file) => {
    expect([isRecording(file), isRecording.errors]).toEqual([true, null]);
    const said = JSON.parse(JSON.stringify(answer(file))) as object;
    expect([isVerdict(said), isVerdict.errors]).toEqual([true, null]);
  });

  test.each<[string, unknown]>([
    ['another version', { ...aFile([]), schemaVersion: 2 }],
    ['a misspelt key', aFile([{ ...windows(1)[0], form: 1 }])],
    ['an unknown metric', aFile([], aConfig({ guards: [aGuard({ metric: 'latency' })] }))],
    [
      'requests that are an object',
      aFile(windows(1, () => ({ arms: { canary: anArm(1, 0, { requests: {} }) } }))),
    ],
  ])('%s is refused by schema and judge alike', (_, file) => {
    expect(isRecording(file)).toBe(false);
    expect(problemsOf(file)).not.toEqual([]);
  });
});
