import fc from 'fast-check';
import { parseCoverage } from '../../../src/adapters/inspection/reports/line-coverage/coverage';

describe('a coverage report', () => {
  it.each([
    ['an istanbul summary', summary({ total: 200, covered: 171, skipped: 0, pct: 85.5 }), 85.5],
    ['an istanbul report', JSON.stringify({ 'a.ts': istanbulFile([3, 0, 0, 1]) }), 50],
    [
      'lcov',
      'TN:\nSF:a.ts\nDA:1,1\nLF:10\nLH:9\nend_of_record\nSF:b.ts\nLF:10\nLH:0\nend_of_record\n',
      45,
    ],
    ['lcov by its lines', 'SF:a.ts\r\nDA:1,1\r\nDA:2,0\r\nDA:1,0\r\nend_of_record\r\n', 50],
    ['Cobertura by its rate, a fraction', '<coverage line-rate="0.855"/>', 85.5],
    [
      'Cobertura by its counts',
      '<coverage line-rate="0.9" lines-valid="8" lines-covered="7"/>',
      87.5,
    ],
    [
      'Cobertura with its DTD',
      `<?xml version="1.0"?>
      <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
      <coverage line-rate="1"><packages></packages></coverage>`,
      100,
    ],
    ['nothing covered', summary({ total: 5, covered: 0, skipped: 0, pct: 0 }), 0],
  ])('%s', (_case, text, percent) => {
    const report = parseCoverage(text);
    expect(report.kind === 'parsed' && report.content.lineCoveragePercent).toBeCloseTo(percent, 9);
  });

  it.each([
    [
      'an empty summary of istanbul',
      summary({ total: 0, covered: 0, skipped: 0, pct: 'Unknown' }),
      'does not know',
    ],
    ['a summary of no line', summary({ total: 0, covered: 0, skipped: 0, pct: 100 }), 'no line'],
    ['a summary without lines', '{"total":{"branches":{}}}', 'does not know'],
    [
      'more covered than there is',
      summary({ total: 5, covered: 6, skipped: 0, pct: 80 }),
      'contradict',
    ],
    [
      'more lines than can be counted',
      summary({ total: 1e308, covered: 1e308, skipped: 0, pct: 100 }),
      'contradict',
    ],
    ['negative numbers', summary({ total: 5, covered: -1, skipped: 0, pct: 80 }), 'contradict'],
    ['JSON that is cut off', summary({ total: 5, covered: 5, pct: 100 }).slice(0, -2), 'cut off'],
    ['other JSON', '{"name":"shop"}', 'no coverage report'],
    ['an empty object', '{}', 'no coverage report'],
    ['an answer of a server', '{"error":{"code":404}}', 'no coverage report'],
    [
      'lcov that is cut off',
      'SF:a.ts\nLF:10\nLH:9\nend_of_record\nSF:b.ts\nLF:10\nLH',
      'no coverage report',
    ],
    ['lcov without an end', 'SF:a.ts\nLF:10\nLH:9\nend_of_record\nSF:b.ts\nLF:10\n', 'cut off'],
    ['lcov of no file', 'TN:\n', 'no file'],
    ['lcov of no line', 'SF:a.ts\nLF:0\nLH:0\nend_of_record\n', 'no line'],
    ['lcov with words for numbers', 'SF:a.ts\nLF:ten\nLH:9\nend_of_record\n', 'contradict'],
    ['a log', 'Coverage: 100%', 'no coverage report'],
    ['HTML', '<!doctype html><html></html>', 'HTML'],
    ['Cobertura that is cut off', '<coverage line-rate="1"><packages>', 'cut off'],
    ['Cobertura in percent', '<coverage line-rate="85"/>', 'fraction'],
    ['Cobertura without a rate', '<coverage/>', 'does not say'],
    [
      'Cobertura of no line',
      '<coverage line-rate="1" lines-valid="0" lines-covered="0"/>',
      'no line',
    ],
    ['Cobertura with a rate that is no number', '<coverage line-rate="NaN"/>', 'fraction'],
    [
      'entities of its own',
      '<!DOCTYPE coverage [<!ENTITY r "1">]><coverage line-rate="&r;"/>',
      'entities',
    ],
    ['JUnit', '<testsuite/>', 'no Cobertura'],
  ])('%s says nothing', (_case, text, reason) => {
    expect(parseCoverage(text)).toEqual({
      kind: 'missing',
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('is a percentage from 0 to 100, or nothing at all', () => {
    const text = fc.oneof(
      fc.string(),
      fc.record({ total: fc.double(), covered: fc.double(), pct: fc.double() }).map(summary),
      fc.string().map((rate) => `<coverage line-rate="${rate}"/>`),
      fc
        .array(fc.constantFrom('SF:a', 'LF:3', 'LH:2', 'DA:1,1', 'end_of_record', 'TN:'))
        .map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, (report) => {
        const read = parseCoverage(report);
        if (read.kind === 'missing') return;
        expect(read.content.lineCoveragePercent).toBeGreaterThanOrEqual(0);
        expect(read.content.lineCoveragePercent).toBeLessThanOrEqual(100);
      }),
    );
  });
});

function summary(lines: object): string {
  return JSON.stringify({ total: { lines, statements: lines }, 'src/a.ts': { lines } });
}

/** One statement a line, run so often. */
function istanbulFile(counts: readonly number[]): object {
  const ids = counts.map((_, index) => String(index));
  return {
    path: 'a.ts',
    statementMap: Object.fromEntries(
      ids.map((id, index) => [id, { start: { line: index + 1, column: 0 } }]),
    ),
    s: Object.fromEntries(ids.map((id, index) => [id, counts[index]])),
  };
}
