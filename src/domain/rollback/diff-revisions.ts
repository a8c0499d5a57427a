import { canonicalJson } from '../canonical-json';
import type { Revision } from '../revision';
import type { RevisionDifference } from './rollback-analysis';

/** A revision with what lies in its artifact; an entry holds everything that its content depends on. */
export interface RevisionContent {
  readonly revision: Revision;
  readonly manifest: { readonly entries: readonly { readonly path: string }[] };
}

/** What `to` changed, seen from `from`: files by content and mode, and how it runs. Never a value. */
export function diffRevisions(from: RevisionContent, to: RevisionContent): RevisionDifference {
  return {
    from: from.revision.digest,
    to: to.revision.digest,
    files: diffFiles(contentsOf(from), contentsOf(to)),
    run: diffRun(from.revision, to.revision),
  };
}

const MOST_NAMED = 20;

type Contents = ReadonlyMap<string, string>;

function contentsOf({ manifest }: RevisionContent): Contents {
  return new Map(manifest.entries.map((entry) => [entry.path, canonicalJson(entry)]));
}

function diffFiles(from: Contents, to: Contents): RevisionDifference['files'] {
  const added = [...to.keys()].filter((path) => !from.has(path)).sort();
  const removed = [...from.keys()].filter((path) => !to.has(path)).sort();
  const changed = [...to]
    .filter(([path, content]) => from.has(path) && from.get(path) !== content)
    .map(([path]) => path)
    .sort();
  return {
    added: added.length,
    removed: removed.length,
    changed: changed.length,
    named: [...changed, ...added, ...removed].slice(0, MOST_NAMED),
  };
}

function diffRun(from: Revision, to: Revision): readonly string[] {
  const differs = (pick: (revision: Revision) => unknown): boolean =>
    canonicalJson(pick(from)) !== canonicalJson(pick(to));
  return [
    ...(differs(({ command }) => command) ? ['command'] : []),
    ...diffKeys(from.env, to.env),
    ...(differs(({ secrets }) => [...secrets].sort()) ? ['secret names'] : []),
    ...(differs(({ health }) => health) ? ['health check'] : []),
    ...(differs(({ stopGraceMs }) => stopGraceMs) ? ['stop grace'] : []),
  ];
}

function diffKeys(from: Revision['env'], to: Revision['env']): readonly string[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  const different = keys.filter((key) => from[key] !== to[key]).map((key) => `env ${key}`);
  const rest = different.length - MOST_NAMED;
  return rest <= 0 ? different : [...different.slice(0, MOST_NAMED), `${rest} more of env`];
}
