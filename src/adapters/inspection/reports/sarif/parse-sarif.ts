import { cleanText } from '../clean-text';
import { listOf, objectOf, textOf, type Json } from '../json-value';
import { parseJson } from '../parse-json';
import { missing, parsed, type Missing, type Parsed } from '../parsed';

export interface SarifReport {
  readonly runs: readonly SarifRun[];
  readonly toolName: string;
  readonly toolVersion: string;
}

export interface SarifRun {
  readonly run: Json;
  readonly results: readonly Json[];
}

const MOST_RESULTS = 25_000;

/** A report that proves that the tool looked: SARIF 2.1.0 with runs, each with a tool and results, none with an error. */
export function parseSarif(text: string): Parsed<SarifReport> {
  const log = objectOf(parseJson(text));
  if (log === null) return missing('it is no whole JSON: cut off or damaged');
  if (log['version'] !== '2.1.0') return missing('it is no SARIF 2.1.0');
  const runs = (listOf(log['runs']) ?? []).map((run) => readRun(objectOf(run)));
  if (runs.length === 0) return missing('it has no run: the tool did not look');
  const unusable = runs.find((run) => run.kind === 'missing');
  if (unusable !== undefined) return unusable;
  const read = runs.flatMap((run) => (run.kind === 'parsed' ? [run.content] : []));
  if (read.reduce((sum, { results }) => sum + results.length, 0) > MOST_RESULTS)
    return missing(`it has more than ${MOST_RESULTS} results`);
  return parsed({ runs: read, ...identityOf(read[0]?.run ?? {}) });
}

function identityOf(run: Json): Pick<SarifReport, 'toolName' | 'toolVersion'> {
  const { name, semanticVersion, version } = driverOf(run) ?? {};
  return {
    toolName: cleanText(textOf(name) ?? '', 100),
    toolVersion: cleanText(textOf(semanticVersion) ?? textOf(version) ?? '', 50),
  };
}

export function driverOf(run: Json): Json | null {
  return objectOf(objectOf(run['tool'])?.['driver']);
}

function readRun(run: Json | null): Parsed<SarifRun> {
  if (run === null || (textOf(driverOf(run)?.['name']) ?? '') === '')
    return missing('it does not say which tool looked');
  const results = listOf(run['results'])?.map(objectOf);
  // Absent or null means that the tool did not run; an empty list that it found nothing.
  if (results === undefined) return missing('it has no results: the tool did not look');
  const known = results.filter((result) => result !== null);
  if (known.length < results.length) return missing('it holds a result that is none');
  return errorIn(run) ?? parsed({ run, results: known });
}

function errorIn(run: Json): Missing | null {
  for (const invocation of (listOf(run['invocations']) ?? []).map(objectOf)) {
    if (invocation?.['executionSuccessful'] === false)
      return missing('it says that the tool did not succeed');
    const told = ['toolExecutionNotifications', 'toolConfigurationNotifications'].flatMap(
      (name) => listOf(invocation?.[name]) ?? [],
    );
    if (told.some((notification) => objectOf(notification)?.['level'] === 'error'))
      return missing('it says that the tool met an error');
  }
  return null;
}
