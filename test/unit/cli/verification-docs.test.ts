import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../../src/config/parse-config';
import { verificationJson } from '../../../src/cli/output/verification-json';
import { SCANNERS, VALIDATORS } from '../../../src/domain/checks/catalog';
import { SUPPRESSION_REASONS } from '../../../src/domain/checks/finding';
import { GATE_OUTCOMES } from '../../../src/domain/checks/gate';
import { SCAN_STATUSES } from '../../../src/domain/checks/scan-report';
import { aRichVerification, SUBJECT } from './verification-samples';

const NOW_MS = Date.UTC(2026, 10, 23);
const doc = (name: string): string =>
  readFileSync(join(__dirname, '..', '..', '..', 'docs', name), 'utf8');

describe('docs/checks.md', () => {
  const text = doc('checks.md');
  const samples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml]) => yaml!);

  test('has a sample of suppressions and one of tools, and both are good configurations', () => {
    expect(samples).toHaveLength(2);
    const service = 'service: shop\nartifact: ./dist\nrun: [node, a.js]\nlisten: 8080\n';
    const [suppressing, bringing] = samples.map((yaml) =>
      parseConfig(`${service}health: { path: /health }\n${yaml}`, {
        file: 'belay.yaml',
        nowMs: NOW_MS,
      }),
    );
    expect(suppressing?.checks.suppressions.map(({ match }) => match.kind)).toEqual([
      'fingerprint',
      'rule',
      'advisory',
    ]);
    expect(bringing?.checks.tools.map(({ kind }) => kind)).toEqual(['run', 'import']);
  });

  test.each([...SCANNERS, ...VALIDATORS])('says what "%s" looks at', (name) => {
    expect(text).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
  });

  test.each([...SUPPRESSION_REASONS])('names the reason "%s"', (reason) => {
    expect(text).toContain(`\`${reason}\``);
  });
});

describe('docs/cli.md about verify', () => {
  const text = doc('cli.md');
  const sample = [...text.matchAll(/```json\n([^]*?)```/g)]
    .map(([, json]) => JSON.parse(json!) as Record<string, unknown>)
    .find((each) => 'coverage' in each)!;
  const printed = JSON.parse(
    JSON.stringify(verificationJson(aRichVerification(), SUBJECT)),
  ) as Record<string, unknown>;

  test('its sample has the fields that the command prints, in order', () => {
    expect(Object.keys(sample)).toEqual(Object.keys(printed));
    expect(Object.keys(sample['subject'] as object).sort()).toEqual(
      Object.keys(printed['subject'] as object).sort(),
    );
  });

  test.each(['findings', 'coverage', 'gates', 'blockers', 'recommendations'])(
    'the entries of its %s are like those that the command prints',
    (list) => {
      const fields = (from: Record<string, unknown>): readonly string[] =>
        Object.keys((from[list] as readonly object[])[0]!).sort();
      expect(fields(sample)).toEqual(fields(printed));
    },
  );

  test.each([...SCAN_STATUSES, ...GATE_OUTCOMES])('names the word "%s"', (word) => {
    expect(text).toContain(`\`${word}\``);
  });
});
