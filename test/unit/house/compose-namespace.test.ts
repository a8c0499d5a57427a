import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { LEAST_RETENTION_DAYS } from '../../../src/client/namespace';
import { SEARCH_ATTRIBUTES } from '../../../src/domain/search-attributes';
import { searchAttributes } from '../../../tools/temporal/dev-server.mjs';

/** Keeps namespace and search attributes in `$STATE`, and refuses to make what is there. */
const TEMPORAL = `#!/bin/sh
flag() { while [ $# -gt 1 ]; do [ "$1" = "$FLAG" ] && echo "$2"; shift; done; }
case "$2 $3" in
  'namespace describe') [ -e "$STATE/retention" ] ;;
  'namespace create') [ ! -e "$STATE/retention" ] && FLAG=--retention flag "$@" > "$STATE/retention" ;;
  'search-attribute list') [ -e "$STATE/retention" ] && cat "$STATE/attributes" ;;
  'search-attribute create')
    name=$(FLAG=--name flag "$@")
    if grep -q "^$name " "$STATE/attributes"; then exit 1; fi
    if [ "$name" = "\${BREAK_AT:-}" ]; then exit 1; fi
    echo "$name $(FLAG=--type flag "$@")" >> "$STATE/attributes" ;;
  *) exit 2 ;;
esac
`;

let state = '';

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'belay-namespace-'));
  mkdirSync(join(state, 'bin'));
  writeFileSync(join(state, 'bin/temporal'), TEMPORAL);
  chmodSync(join(state, 'bin/temporal'), 0o755);
  writeFileSync(join(state, 'attributes'), 'WorkflowType Keyword\n');
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** Runs the script of the service `temporal-namespace`; answers its exit code. */
function prepare(env: Readonly<Record<string, string>> = {}): number | null {
  const file = join(__dirname, '../../../docker-compose.yml');
  const compose = parse(readFileSync(file, 'utf8'), { merge: true }) as {
    services: Record<string, { command: [string, string, string] }>;
  };
  const [shell, option, script] = compose.services['temporal-namespace']!.command;
  // Compose reads `$$` as one `$`.
  const { status } = spawnSync(shell, [option, script.replaceAll('$$', '$')], {
    env: { PATH: `${join(state, 'bin')}${delimiter}${process.env['PATH']}`, STATE: state, ...env },
    timeout: 10_000,
  });
  return status;
}

function made(): Record<string, string> {
  const lines = readFileSync(join(state, 'attributes'), 'utf8').trim().split('\n').slice(1);
  return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]));
}

const wanted = Object.fromEntries(
  Object.entries(searchAttributes).map(([name, type]) => [name, type as string]),
);

describe('the namespace that docker-compose.yml makes', () => {
  it('has the search attributes of the client, as the development server does', () => {
    expect(prepare()).toBe(0);
    expect(made()).toEqual(wanted);
    const types = Object.entries(wanted).map(([name, type]) => [name, type.toUpperCase()]);
    expect(Object.fromEntries(types)).toEqual(SEARCH_ATTRIBUTES);
  });

  it('keeps histories at least as long as Belay asks for', () => {
    prepare();
    const [, days] = /^(\d+)d$/m.exec(readFileSync(join(state, 'retention'), 'utf8')) ?? [];
    expect(Number(days)).toBeGreaterThanOrEqual(LEAST_RETENTION_DAYS);
  });

  it('is left alone when it is complete', () => {
    prepare();
    expect(prepare()).toBe(0);
    expect(made()).toEqual(wanted);
  });

  it.each(Object.keys(SEARCH_ATTRIBUTES))('is completed after an end before %s', (name) => {
    expect(prepare({ BREAK_AT: name })).not.toBe(0);
    expect(existsSync(join(state, 'retention'))).toBe(true);
    expect(made()).not.toHaveProperty(name);
    expect(prepare()).toBe(0);
    expect(made()).toEqual(wanted);
  });
});
