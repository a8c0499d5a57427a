import type { BelayConfig } from './belay-config';
import { readEnvironments } from './environments';
import { explainIssue } from './explain-issue';
import { readGates } from './gates';
import { notesOf } from './notes';
import { invalidConfig, pathText } from './problem';
import type { ConfigProblem } from './problem';
import { belayFile } from './schema/belay-file';
import { readYaml } from './yaml-source';

export interface ConfigOrigin {
  /** How messages name the file. */
  readonly file: string;
  /** Where relative paths start; default `.`. */
  readonly folder?: string;
}

/**
 * Reads and validates the text of a `belay.yaml`.
 * @throws BelayError `CONFIG_INVALID` with every problem: line, rule, suggestion
 */
export function parseConfig(text: string, { file, folder = '.' }: ConfigOrigin): BelayConfig {
  const reading = readYaml(text, file);
  if (reading.kind === 'broken') throw invalidConfig(file, reading.problems);
  const { source } = reading;
  const parsed = belayFile.safeParse(source.value);
  if (!parsed.success) {
    const explained = parsed.error.issues.flatMap((issue) =>
      explainIssue(issue, belayFile, source.value),
    );
    const problems = explained.map(({ path, part, rule, suggestion }): ConfigProblem => ({
      file,
      ...source.locate(path, part),
      path: pathText(path),
      rule: path.length === 0 ? `the file ${rule}` : rule,
      suggestion,
    }));
    throw invalidConfig(file, problems);
  }
  return {
    file,
    folder,
    service: parsed.data.service ?? null,
    environments: readEnvironments(parsed.data),
    gates: readGates(parsed.data.qualityGates),
    notes: notesOf(parsed.data),
  };
}
