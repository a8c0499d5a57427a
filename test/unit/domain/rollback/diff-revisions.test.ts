import fc from 'fast-check';
import {
  diffRevisions,
  type RevisionContent,
} from '../../../../src/domain/rollback/diff-revisions';
import type { Revision } from '../../../../src/domain/revision';
import { aRequest } from '../../../support/requests';

const { command, env, secrets, health, stopGraceMs } = aRequest().run;

function content(
  files: Readonly<Record<string, string>>,
  change: Partial<Revision> = {},
): RevisionContent {
  const digest = `sha256:${'1'.repeat(64)}`;
  return {
    revision: {
      ...{ digest, artifact: digest, command, env, secrets, health, stopGraceMs, commit: null },
      ...change,
    },
    manifest: { entries: Object.entries(files).map(([path, sha256]) => ({ path, sha256 })) },
  };
}

describe('what differs between two revisions', () => {
  it('counts files and names the changed ones first', () => {
    const from = content({ 'a.js': '1', 'b.js': '1', 'old.js': '1' });
    const to = content({ 'a.js': '1', 'b.js': '2', 'a-new.js': '1' });
    expect(diffRevisions(from, to).files).toEqual({
      added: 1,
      removed: 1,
      changed: 1,
      named: ['b.js', 'a-new.js', 'old.js'],
    });
  });

  it('names at most twenty paths and counts all of them', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.js`, '1']));
    const { added, named } = diffRevisions(content({}), content(many)).files;
    expect([added, named.length]).toEqual([30, 20]);
  });

  it('says one phrase for each thing that runs otherwise', () => {
    const from = content({}, { env: { LOG_LEVEL: 'info', KEPT: '1', GONE: '1' } });
    const to = content(
      {},
      {
        command: ['node', 'other.js'],
        env: { LOG_LEVEL: 'debug', KEPT: '1', NEW: '1' },
        secrets: ['TOKEN'],
        health: { ...health, path: '/ready' },
        stopGraceMs: stopGraceMs + 1,
      },
    );
    expect(diffRevisions(from, to).run).toEqual([
      'command',
      'env GONE',
      'env LOG_LEVEL',
      'env NEW',
      'secret names',
      'health check',
      'stop grace',
    ]);
  });

  it('does not mind in which order secrets are named', () => {
    const from = content({}, { secrets: ['A', 'B'] });
    expect(diffRevisions(from, content({}, { secrets: ['B', 'A'] })).run).toEqual([]);
  });

  it('never holds a value of the environment', () => {
    const values = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.uuid());
    fc.assert(
      fc.property(values, values, (before, after) => {
        const said = JSON.stringify(
          diffRevisions(content({}, { env: before }), content({}, { env: after })),
        );
        for (const value of [...Object.values(before), ...Object.values(after)]) {
          expect(said).not.toContain(value);
        }
      }),
    );
  });

  it('the other way round, what was added was removed', () => {
    const folder = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2'));
    fc.assert(
      fc.property(folder, folder, (before, after) => {
        const there = diffRevisions(content(before), content(after)).files;
        const back = diffRevisions(content(after), content(before)).files;
        expect(back).toMatchObject({
          added: there.removed,
          removed: there.added,
          changed: there.changed,
        });
      }),
    );
  });
});
