import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJUnit } from '../../../src/adapters/inspection/reports/junit/junit';
import { readJUnit } from '../../../src/adapters/inspection/reports/read-report';

const GITHUB_TOKEN = ['ghp', 'a1B2'.repeat(9)].join('_');

describe('a JUnit report', () => {
  it('is counted by its test cases, whatever its own sums say', () => {
    const text = suites(
      `<testsuite name="a" tests="1" failures="0" errors="0" skipped="0">
         <testcase classname="c" name="one"/>
         <testcase classname="c" name="two"><failure message="no"/></testcase>
         <testcase classname="c" name="three"><error/></testcase>
         <testcase classname="c" name="four"><skipped/></testcase>
         <testsuite name="inner"><testcase name="five"></testcase></testsuite>
       </testsuite>`,
    );
    expect(counts(text)).toEqual({ passed: 2, failed: 1, errored: 1, skipped: 1 });
    expect(failed(text)).toEqual(['c › two', 'c › three']);
  });

  it.each([
    ['more tests than it lists', '<testsuite tests="9"><testcase name="one"/></testsuite>'],
    [
      'a failure that it does not list',
      '<testsuite failures="1"><testcase name="one"/></testsuite>',
    ],
    ['an error that it does not list', '<testsuite errors="1"><testcase name="one"/></testsuite>'],
  ])('that speaks of %s is not whole', (_what, text) => {
    expect(parseJUnit(suites(text))).toMatchObject({ kind: 'missing' });
  });

  it('may be a single suite, with a mark of its encoding, a comment and a style sheet', () => {
    const text = `\ufeff<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?><!-- <html> -->
      <testsuite><testcase name="one"/></testsuite>\n`;
    expect(counts(text)).toMatchObject({ passed: 1 });
  });

  it('counts a skipped test as skipped, not as passed, also where only an attribute says so', () => {
    const text = suites(`<testsuite><testcase name="a"/><testcase name="b" status="notrun"/>
      <testcase name="c" result="skipped"/><testcase name="d" status="Failed"/></testsuite>`);
    expect(counts(text)).toEqual({ passed: 1, failed: 1, errored: 0, skipped: 2 });
  });

  describe('with repeated tests', () => {
    const test = (inner = '', file = ' file="a.test.ts"'): string =>
      `<testcase classname="c" name="flaky"${file}>${inner}</testcase>`;

    it.each([
      ['failed, then passed', test('<failure/>') + test(), { passed: 1, failed: 0 }],
      ['passed, then failed', test() + test('<failure/>'), { passed: 0, failed: 1 }],
      ['surefire, flaky', test('<flakyFailure/><flakyError/>'), { passed: 1, failed: 0 }],
      ['surefire, failed', test('<failure/><rerunFailure/>'), { passed: 0, failed: 1 }],
    ])('counts one once, as it ended: %s', (_case, cases, expected) => {
      expect(counts(suites(`<testsuite>${cases}</testsuite>`))).toMatchObject(expected);
    });

    it('counts one once that was repeated in another suite of the same file', () => {
      const text = suites(
        `<testsuite>${test('<failure/>')}</testsuite><testsuite>${test()}</testsuite>`,
      );
      expect(counts(text)).toEqual({ passed: 1, failed: 0, errored: 0, skipped: 0 });
    });

    it('does not let a test of the same name hide a failure in another suite', () => {
      const text = suites(
        `<testsuite>${test('<failure/>', '')}</testsuite><testsuite>${test('', '')}</testsuite>`,
      );
      expect(counts(text)).toMatchObject({ passed: 1, failed: 1 });
    });
  });

  it('counts a suite that broke before its first test as an error', () => {
    const text = suites(`<testsuite><testcase name="a"/></testsuite>
      <testsuite name="does not compile" errors="1" tests="0"/>`);
    expect(counts(text)).toEqual({ passed: 1, failed: 0, errored: 1, skipped: 0 });
    expect(failed(text)).toEqual(['does not compile']);
  });

  it('names at most 20 failed tests, in one line each, without secrets', () => {
    const cases = Array.from(
      { length: 30 },
      (_, index) =>
        `<testcase name="${index} &lt;b&gt;&#10;&amp; \u202e${GITHUB_TOKEN}"><failure/></testcase>`,
    );
    const names = failed(suites(`<testsuite>${cases.join('')}</testsuite>`));
    expect(names).toHaveLength(20);
    expect(names[0]).toBe('0 <b>&#10;& [redacted]');
  });

  it.each([
    ['cut off', suites('<testsuite><testcase name="a"/></testsuite>').slice(0, -14), 'cut off'],
    ['cut off in a test', '<testsuites><testsuite><testcase name="a', 'cut off'],
    ['two documents', '<testsuite><testcase name="a"/></testsuite><testsuite/>', 'more than one'],
    ['without a test', suites(''), 'names no test'],
    [
      'without a test that ran',
      suites('<testsuite><testcase><skipped/></testcase></testsuite>'),
      'none ran',
    ],
    ['of text', 'all 12 tests passed', 'no XML'],
    ['of HTML', '<!DOCTYPE html><html><body>Sign in</body></html>', 'HTML'],
    ['of HTML without a DOCTYPE', '<html><testcase/></html>', 'HTML'],
    ['of other XML', '<coverage line-rate="1"/>', 'no JUnit report'],
    [
      'with a DTD',
      '<!DOCTYPE testsuite SYSTEM "x.dtd"><testsuite><testcase/></testsuite>',
      'DOCTYPE',
    ],
    ['with entities', billionLaughs(), 'entities'],
    ['nested deeply', `${'<testsuite>'.repeat(5_000)}${'</testsuite>'.repeat(5_000)}`, 'nested'],
  ])('%s says nothing', (_case, text, reason) => {
    expect(parseJUnit(text)).toEqual(missing(reason));
  });

  it('may quote a page of HTML and declarations in what a test wrote', () => {
    const text = suites(`<testsuite><testcase name="a"><failure><![CDATA[
      <!DOCTYPE html><html></testcase> <!ENTITY a "b">]]></failure></testcase></testsuite>`);
    expect(counts(text)).toMatchObject({ failed: 1 });
  });
});

describe('reading a JUnit report', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'belay-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('happens in a thread, and says which bytes were read', async () => {
    const text = suites('<testsuite><testcase name="a"/></testsuite>');
    await writeFile(join(folder, 'report.xml'), text);
    const read = await readJUnit(order('report.xml'));
    expect(read).toMatchObject({ kind: 'read', bytes: text.length, content: { failedTests: [] } });
  });

  it.each([
    ['none is there', async () => undefined, 'not there'],
    ['it is empty', () => writeFile(path(), ''), 'empty'],
    ['it is blank', () => writeFile(path(), ' \n'), 'empty'],
    ['it is a link', () => symlink('/etc/hostname', path()), 'link'],
    ['it is binary', () => writeFile(path(), Buffer.from([60, 0, 1, 2])), 'not a text'],
    ['it is too large', () => writeFile(path(), '').then(() => truncate(path(), 6e7)), '50 MB'],
  ])('says nothing where %s', async (_case, prepare, reason) => {
    await prepare();
    expect(await readJUnit(order('report.xml'))).toEqual(missing(reason));
  });

  it('says nothing where it is another one than was bound', async () => {
    await writeFile(path(), suites('<testsuite><testcase/></testsuite>'));
    const read = await readJUnit({ ...order('report.xml'), sha256: 'ab'.repeat(32) });
    expect(read).toEqual(missing('changed'));
  });

  function path(): string {
    return join(folder, 'report.xml');
  }

  function order(name: string) {
    return { path: join(folder, name), sha256: null, signal: new AbortController().signal };
  }
});

function missing(reason: string): object {
  return { kind: 'missing', reason: expect.stringContaining(reason) as string };
}

function suites(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>${inner}</testsuites>`;
}

function counts(text: string) {
  const report = parseJUnit(text);
  return report.kind === 'parsed' ? report.content.counts : report.reason;
}

function failed(text: string) {
  const report = parseJUnit(text);
  return report.kind === 'parsed' ? report.content.failedTests : [];
}

function billionLaughs(): string {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  );
  return `<?xml version="1.0"?><!DOCTYPE testsuite [<!ENTITY l0 "ha">${levels.join('')}]>
    <testsuite><testcase name="&l12;"/></testsuite>`;
}
