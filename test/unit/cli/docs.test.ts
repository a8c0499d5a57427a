import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../../src/cli/program';
import { EXIT_CODES } from '../../../src/cli/exit-codes';
import { statusJson } from '../../../src/cli/output/status-json';
import { ERROR_CODES, type ErrorCode } from '../../../src/domain/errors';
import { aView } from '../client/samples';

const doc = (name: string): string =>
  readFileSync(join(__dirname, '..', '..', '..', 'docs', name), 'utf8');

describe('docs/errors.md', () => {
  const sections = doc('errors.md').split(/^## /m).slice(1);

  test('has one anchor for each code and no other', () => {
    const anchors = sections.map((section) => section.split('\n')[0]);
    expect(anchors).toEqual(Object.keys(ERROR_CODES));
  });

  test.each(Object.keys(ERROR_CODES) as ErrorCode[])(
    '%s: what it says agrees with the table',
    (code) => {
      const section = sections.find((text) => text.startsWith(`${code}\n`)) ?? '';
      const { retryable, exitCode } = ERROR_CODES[code];
      expect(section).toContain(
        `**Again:** ${retryable ? 'yes' : 'no'} · **exit code:** ${exitCode}`,
      );
      expect(section).toMatch(/\*\*Traffic:\*\* \S/);
      expect(section).toMatch(/\*\*Next:\*\* \S/);
    },
  );
});

describe('docs/cli.md', () => {
  const text = doc('cli.md');
  const program = buildProgram({ version: '0', run: async () => 0, onExitCode: () => undefined });
  const commands = program.commands.flatMap((command) => [
    { name: command.name(), command },
    ...command.commands.map((inner) => ({
      name: `${command.name()} ${inner.name()}`,
      command: inner,
    })),
  ]);

  test('its table of exit codes is the one of the code', () => {
    const rows = [...text.matchAll(/^\| (\d+)\s+\| (.+?)\s+\|$/gm)].map(([, code, meaning]) => [
      code,
      meaning,
    ]);
    expect(rows).toEqual(Object.entries(EXIT_CODES));
  });

  test.each(commands.map(({ name, command }) => [name, command] as const))(
    'names the command "%s" and every option of it',
    (name, command) => {
      const section = text
        .split(/^### /m)
        .find((part) => part.startsWith(`belay ${name.split(' ')[0]!}`));
      expect(section ?? text).toContain(`belay ${name}`);
      for (const { long } of command.options) expect(section ?? text).toContain(long!);
    },
  );

  test('names no command that does not exist', () => {
    const names = new Set(commands.map(({ name }) => name.split(' ')[0]));
    const written = [...text.matchAll(/^### belay ([a-z]+)/gm)].map(([, name]) => name);
    expect(written.filter((name) => !names.has(name))).toEqual([]);
  });

  test('every JSON sample parses, and the status sample has the fields that status has', () => {
    const samples = [...text.matchAll(/```json\n([^]*?)```/g)].map(
      ([, json]) => JSON.parse(json!) as Record<string, unknown>,
    );
    expect(samples.length).toBeGreaterThan(5);
    const sample = samples.find((each) => 'waitingFor' in each)!;
    expect(Object.keys(sample)).toEqual(Object.keys(statusJson(aView())));
  });
});
