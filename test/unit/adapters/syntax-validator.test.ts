import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endRestingChildren } from '../../../src/adapters/inspection/child/children';
import { CHILD_LIMITS } from '../../../src/adapters/inspection/child/look-into-files';
import {
  createSyntaxValidator,
  type SyntaxValidatorOptions,
} from '../../../src/adapters/validators/syntax/syntax-validator';
import { POLICY } from '../../support/check-tools';
import { linesOf, put, quietContext, reportOn, subjectOf } from './validator-subject';
import type { Files } from './validator-subject';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-syntax-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const GOOD: Files = {
  'esm.js': 'import a from "a";\nexport default await a();\n',
  'common.js': '#!/usr/bin/env node\nconst await = require("x");\nmodule.exports = await;\n',
  'early.js': 'if (require.main !== module) return;\n',
  'sloppy.js': 'with (a) { b = 010; }\n',
  'react.js': 'export const A = () => <b>{1}</b>;\n',
  'a.mjs': 'export {};',
  'a.cjs': 'return module.exports;',
  'a.ts': 'enum A { B }\nabstract class C<T> { declare x: T; @d() y!: number }\n',
  'a.tsx': 'export const A = <T,>(p: T) => <b {...p} />;\n',
  'a.d.ts': 'export declare const a: number;\ndeclare module "x" { export = a; }\n',
  'a.cts': 'import a = require("a");\nexport = a;\n',
  'b.cts': 'import b from "b";\nexport { b };\n',
  'a.json': '\ufeff{"a": [1, 2.5e3, null]}',
  'tsconfig.build.json': '// why\n{ "a": [1, /* b */ 2,], "c": "// no comment, }", }\n',
  '.vscode/settings.json': '{ "a": 1, }',
  'a.jsonc': '{}// end',
  'log.jsonl': '{"a":1}\n\n[2]\n',
  'multi.yaml': 'a: 1\n---\nb: 2\n',
  'empty.yaml': '',
  'stack.yaml': 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Name: !Sub "${B}-c"\n',
  'anchors.yaml': 'a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n',
  'main.tf': 'resource "a" "b" {\n  name = "${var.x}"\n  list = [for a in var.b : a.c]\n}\n',
  'vars.tfvars': 'a = "b"\n',
  'pyproject.toml': '[project]\nname = "a"\n',
  'main.tf.json': '{"resource": {}}',
  Dockerfile: 'ARG V=1\nFROM node:$V\nRUN <<EOF\necho hi\nEOF\nCMD ["node"]\n',
  'run.py': 'def broken(:\n',
};

describe('the syntax validator', () => {
  it('passes what can be parsed in one of the ways in which it can be meant', async () => {
    await put(root, GOOD);
    const report = await validate();
    expect(linesOf(report)).toEqual([]);
    const total = Object.keys(GOOD).length - 1;
    expect(report).toMatchObject({ passed: true, severity: null, covered: total, total });
  });

  it('says which files have a language that it does not know, and does not count them', async () => {
    await put(root, { 'a.py': 'x', 'b.py': 'y' });
    const { passed, covered, total, skipped } = await validate();
    expect({ passed, covered, total }).toEqual({ passed: true, covered: 0, total: 0 });
    expect(skipped).toHaveLength(1);
    expect(skipped[0]?.target).toBe('*.py');
    expect(skipped[0]?.reason).toMatch(/^2 files/);
  });

  it('finds the mistake in each file, with its line', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['a.js', 'const a = 1;\nconst b = ;\n', 'a.js:2 syntax/javascript high'],
      ['a.mjs', 'return 1;\n', 'a.mjs:1 syntax/javascript high'],
      ['a.ts', 'let a: number = ;\n', 'a.ts:1 syntax/typescript high'],
      ['a.json', '{\n  "a": 1,\n}\n', 'a.json:3 syntax/json high'],
      ['cut.json', '{"a": [1,\n2', 'cut.json:2 syntax/json high'],
      ['empty.json', '', 'empty.json syntax/json high'],
      ['a.json', '{"a": 1} // why', 'a.json:1 syntax/json high'],
      ['tsconfig.json', '{"a": 1,, }', 'tsconfig.json:1 syntax/json high'],
      ['a.jsonl', '{}\n{]\n', 'a.jsonl:2 syntax/json high'],
      ['a.json', 'MZ\u0000\u0001', 'a.json syntax/binary high'],
      ['a.yaml', 'a: 1\nb: 2\na: 3\n', 'a.yaml:3 syntax/yaml-duplicate-key high'],
      ['a.yml', 'a: [1, 2\nb: }\n', 'a.yml:2 syntax/yaml high'],
      ['two.yml', 'a: 1\n---\nb: "\n', 'two.yml:4 syntax/yaml high'],
      ['a.tf', 'resource "a" "b" {\n  x =\n}\n', 'a.tf:2 syntax/terraform high'],
      ['a.toml', '[a]\nb = \n', 'a.toml:2 syntax/toml high'],
      ['a.tf.json', '{', 'a.tf.json:1 syntax/json high'],
      ['Dockerfile', 'FROM a\nRUM ls\n', 'Dockerfile:2 syntax/dockerfile high'],
      ['Dockerfile', 'RUN ls\nFROM a\n', 'Dockerfile:1 syntax/dockerfile high'],
      ['Dockerfile', '', 'Dockerfile syntax/dockerfile high'],
    ];
    await put(root, { 'good.json': '1' });
    for (const [index, [path, text]] of cases.entries())
      await put(join(root, `${index}`), { [path]: text });
    const report = await validate();
    expect([...linesOf(report)].sort()).toEqual(
      cases.map(([, , line], index) => `${index}/${line}`).sort(),
    );
    const total = cases.length + 1;
    expect(report).toMatchObject({ passed: false, severity: 'high', covered: total, total });
  });

  it('only warns of what packages ship broken', async () => {
    await put(root, { 'node_modules/a/test/bad.js': 'var = ;', 'node_modules/a/b.json': '' });
    const report = await validate();
    expect(report).toMatchObject({ passed: true, severity: null, problemCount: 2 });
    expect(report.problems.map(({ severity }) => severity)).toEqual(['medium', 'medium']);
  });

  it('survives what is nested without end, names what breaks a parser, and goes on', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['deep.json', '['.repeat(200_000)],
      ['deep.toml', `a = ${'['.repeat(200_000)}`],
      ['deep.yaml', '['.repeat(200_000)],
      ['flow.yaml', '- '.repeat(100_000)],
      ['deep.js', '['.repeat(200_000)],
      ['not.js', `${'!'.repeat(200_000)}1`],
      ['sum.ts', `a${'+1'.repeat(200_000)}`],
      ['arrows.mjs', `${'a=>'.repeat(200_000)}1`],
      ['deep.tf', `a = ${'['.repeat(100_000)}${']'.repeat(100_000)}`],
      ['Dockerfile', `FROM a\nRUN ${'$('.repeat(100_000)}`],
    ];
    await put(root, Object.fromEntries(cases));
    await put(root, { 'a.json': '{}', 'zz.json': '{' });
    const report = await validate();
    expect(linesOf(report)).toContain('zz.json:1 syntax/json high');
    expect(report).toMatchObject({ passed: false, total: cases.length + 2 });
    const named = new Set(report.problems.map(({ location }) => location?.path));
    for (const name of ['deep.json', 'deep.yaml', 'deep.js', 'not.js', 'sum.ts', 'deep.tf'])
      expect(named).toContain(name);
  }, 60_000);

  it('names a file that unfolds its aliases without measure', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level += 1)
      lines.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`);
    await put(root, { 'bomb.yaml': lines.join('\n') });
    expect(linesOf(await validate())).toEqual(['bomb.yaml syntax/yaml-aliases high']);
  });

  it('does not read a large sparse file whole, and says so', async () => {
    const file = await open(join(root, 'a.json'), 'w');
    await file.truncate(200_000_000);
    await file.close();
    await put(root, { 'b.json': '{}' });
    expect(linesOf(await validate())).toEqual(['a.json syntax/binary high']);
  });

  it('names a file over the limit of its kind and counts it as not covered', async () => {
    await put(root, { 'a.yaml': `a: ${'b'.repeat(9_000_000)}`, 'b.json': '{}' });
    const report = await validate();
    expect(report).toMatchObject({ covered: 1, total: 2, passed: true });
    expect(report.skipped).toMatchObject([{ target: 'a.yaml' }]);
    expect(linesOf(report)).toEqual(['a.yaml syntax/too-large medium']);
  });

  it('names a file that takes too long, ends its process and goes on behind it', async () => {
    await put(root, { 'a.json': '{}', 'slow.yaml': 'a: [1,2]\n'.repeat(200_000), 'z.json': '{' });
    const report = await validate({ limits: { ...CHILD_LIMITS, fileMs: 2_000 } });
    expect(linesOf(report)).toContain('z.json:1 syntax/json high');
    expect(linesOf(report)).toContain('slow.yaml syntax/not-parsed high');
    expect(report).toMatchObject({ covered: 2, total: 3 });
  });

  it('gives up after so many files that break their parser, and names the others too', async () => {
    const files = Array.from({ length: 5 }, (_, index) => [`${index}.js`, '!'.repeat(200_000)]);
    await put(root, Object.fromEntries(files) as Files);
    const report = await validate({ limits: { ...CHILD_LIMITS, deaths: 2 } });
    expect(report).toMatchObject({ covered: 0, total: 5, problemCount: 5, passed: false });
    expect(report.skipped).toHaveLength(5);
  });

  it('keeps the worst problems and counts all of them', async () => {
    const files = Array.from({ length: 450 }, (_, index) => [`m${index}.json`, '{']);
    await put(root, Object.fromEntries(files) as Files);
    const report = await validate();
    expect(report.problems).toHaveLength(200);
    expect(report.problemCount).toBe(450);
  });

  it('quotes nothing of what it read', async () => {
    const secret = ['hidden', 'word'].join('-');
    await put(root, {
      'a.json': `{"a": ${secret}`,
      'a.yaml': `a: "${secret}\n b: [`,
      'a.js': `const ${secret} = '`,
      'a.tf': `a = "${secret}" "${secret}`,
      Dockerfile: `FROM a\n${secret} b`,
    });
    expect(JSON.stringify(await validate())).not.toContain(secret);
  });

  it('ends when nobody waits any more', async () => {
    await put(root, GOOD);
    const leaving = new AbortController();
    const context = { signal: leaving.signal, progress: () => leaving.abort() };
    const attempt = createSyntaxValidator().validate(await subjectOf(root), context);
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('breaks when its process cannot start, rather than pass', async () => {
    await put(root, { 'a.json': '{}' });
    endRestingChildren();
    const limits = { ...CHILD_LIMITS, startMs: 1 };
    const validator = createSyntaxValidator({ limits });
    const attempt = validator.validate(await subjectOf(root), quietContext());
    await expect(attempt).rejects.toThrow(/did not start in time/);
  });
});

describe('the syntax commands of the configuration', () => {
  const REFUSES_BROKEN =
    'const fs = require("fs"); process.exit(process.argv.slice(1).some((f) => fs.readFileSync(f, "utf8").includes("broken")) ? 1 : 0)';

  function commanded(command: readonly string[], timeoutMs = 10_000) {
    const syntaxCommands = [{ files: '**/*.py', command, timeoutMs }];
    return reportOn(createSyntaxValidator(), root, {
      policy: { ...POLICY, syntaxCommands },
    });
  }

  it('check the files of their glob and name each that they refuse', async () => {
    const files = Array.from({ length: 20 }, (_, index) => [`d/${index}.py`, 'fine']);
    await put(root, Object.fromEntries(files) as Files);
    await put(root, { 'd/7.py': 'broken', '-e.py': 'broken', 'node_modules/a/b.py': 'broken' });
    const report = await commanded([process.execPath, '-e', REFUSES_BROKEN, '{files}']);
    expect(linesOf(report)).toEqual(['-e.py syntax/command high', 'd/7.py syntax/command high']);
    expect(report).toMatchObject({ covered: 21, total: 21, skipped: [], passed: false });
  });

  it.each([
    ['there is no such program', ['belay-has-no-such-program', '{files}']],
    ['it took too long', [process.execPath, '-e', 'setTimeout(() => {}, 60_000)', '{files}']],
  ])('leave their files uncovered where %s', async (reason, command) => {
    await put(root, { 'a.py': '' });
    const report = await commanded(command, 1_000);
    expect(linesOf(report)).toEqual(['- syntax/command-failed high']);
    expect(report).toMatchObject({
      covered: 0,
      total: 1,
      skipped: [{ target: 'a.py', reason }],
    });
  });

  it('make the result one that is not kept', async () => {
    const syntaxCommands = [{ files: '*', command: ['x'], timeoutMs: 1 }];
    const validator = createSyntaxValidator();
    const subject = await subjectOf(root);
    expect(await validator.identity(subject)).not.toBeNull();
    const policy = { ...POLICY, syntaxCommands };
    expect(await validator.identity({ ...subject, policy })).toBeNull();
  });
});

function validate(options: SyntaxValidatorOptions = {}) {
  return reportOn(createSyntaxValidator(options), root);
}
