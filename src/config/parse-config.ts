import type { BelayConfig } from './belay-config';
import { readCheckPolicy } from './check-policy';
import { criteriaMetrics } from './criteria-metrics';
import { readEnvironments } from './environments';
import { explainIssue } from './explain-issue';
import type { Explanation } from './explain-issue';
import { gateEnvironments } from './gate-environments';
import { readGates } from './gates';
import { notesOf } from './notes';
import { invalidConfig, pathText } from './problem';
import type { ConfigProblem } from './problem';
import { belayFile } from './schema/belay-file';
import type { BelayFile } from './schema/belay-file';
import { sharedListens } from './shared-listen';
import { suppressionDays } from './suppression-days';
import { readYaml } from './yaml-source';
import type { YamlSource } from './yaml-source';

export interface ConfigOrigin {
  /** How messages name the file. */
  readonly file: string;
  /** Where relative paths start; default `.`. */
  readonly folder?: string;
  /** What the days of suppressions are held against; default: the clock. */
  readonly nowMs?: number;
}

/**
 * Reads and validates the text of a `belay.yaml`.
 * @throws BelayError `CONFIG_INVALID` with every problem: line, rule, suggestion
 */
export function parseConfig(text: string, origin: ConfigOrigin): BelayConfig {
  const { file, folder = '.', nowMs = Date.now() } = origin;
  const reading = readYaml(text, file);
  if (reading.kind === 'broken') throw invalidConfig(file, reading.problems);
  const data = validate(reading.source, { file, nowMs });
  return {
    file,
    folder,
    service: data.service ?? null,
    environments: readEnvironments(data),
    gates: readGates(data),
    checks: readCheckPolicy(data, folder),
    infrastructure: data.infrastructure ?? null,
    notes: notesOf(data),
  };
}

function validate(
  source: YamlSource,
  { file, nowMs }: { readonly file: string; readonly nowMs: number },
): BelayFile {
  const parsed = belayFile.safeParse(source.value);
  const issues = parsed.error?.issues ?? [];
  const explained = [
    ...issues.flatMap((issue) => explainIssue(issue, belayFile, source.value)),
    ...sharedListens(source.value),
    ...gateEnvironments(source.value),
    ...criteriaMetrics(source.value),
    ...suppressionDays(source.value, nowMs),
  ];
  if (parsed.success && explained.length === 0) return parsed.data;
  const problems = withoutEchoes(explained).map(
    ({ path, part, rule, suggestion }): ConfigProblem => ({
      file,
      ...source.locate(path, part),
      path: pathText(path),
      rule: path.length === 0 ? `the file ${rule}` : rule,
      suggestion,
    }),
  );
  throw invalidConfig(file, problems);
}

/** A mistyped key is one problem, not two: the key that was meant is not also missing. */
function withoutEchoes(explained: readonly Explanation[]): readonly Explanation[] {
  const meant = explained.flatMap(({ path, meant: key }) =>
    key === undefined ? [] : [pathText([...path.slice(0, -1), key])],
  );
  return explained.filter(
    ({ path, meant: key }) => key !== undefined || !meant.includes(pathText(path)),
  );
}
