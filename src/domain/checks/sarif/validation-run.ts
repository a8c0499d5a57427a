import { VALIDATORS } from '../catalog';
import type { Problem, Validation, ValidatorReport } from '../validation';
import type { VerificationSubject } from '../verification-subject';
import { sarifLevel } from './level';
import { artifactLocation, sarifLocation } from './location';
import type { SarifNotification, SarifResult, SarifRun } from './log';
import { sarifRules, type RuleSighting } from './rules';
import { indexed, SOURCE_ROOT, timesOf } from './run-parts';
import type { RunIndexes } from './finding-result';
import { sarifText } from './text';

/** The four validators as one run: their problems have a rule and a place like findings have. */
export function validationRun({ results }: Validation, subject: VerificationSubject): SarifRun {
  const reports = VALIDATORS.map((name) => results[name]);
  const problems = reports.flatMap((report) => report.problems);
  const rules = sarifRules(problems.map(sightingOf), ['validation']);
  const paths = problems.flatMap(({ location }) => (location === null ? [] : [location.path]));
  const artifacts = indexed([...new Set(paths)]);
  const indexes = { rules: indexed(rules.map(({ id }) => id)), artifacts };
  const longestMs = Math.max(...reports.map(({ durationMs }) => durationMs));
  return {
    tool: { driver: { name: 'Belay', version: subject.version, rules } },
    automationDetails: { id: 'belay/validation/' },
    invocations: [
      {
        executionSuccessful: reports.every(({ error }) => error === null),
        ...timesOf(subject, longestMs),
        toolExecutionNotifications: reports.flatMap(brokenNotification),
      },
    ],
    originalUriBaseIds: SOURCE_ROOT,
    artifacts: [...artifacts.keys()].map((path) => ({
      location: artifactLocation(path, new Map()),
    })),
    results: problems.map((problem) => problemResult(problem, indexes)),
    columnKind: 'utf16CodeUnits',
    properties: {
      validators: Object.fromEntries(reports.map(({ validator, passed }) => [validator, passed])),
    },
  };
}

function sightingOf({ rule, severity, title }: Problem): RuleSighting {
  return { ruleId: rule, severity, title, help: null, cvss: null };
}

function brokenNotification({ validator, error }: ValidatorReport): readonly SarifNotification[] {
  if (error === null) return [];
  const message = sarifText(`${validator} broke: ${error}`);
  return [{ descriptor: { id: 'validator-broke' }, level: 'error', message }];
}

function problemResult(
  { rule, severity, title, location }: Problem,
  { rules, artifacts }: RunIndexes,
): SarifResult {
  return {
    ruleId: rule,
    ruleIndex: rules.get(rule) ?? -1,
    kind: 'fail',
    level: sarifLevel(severity),
    message: sarifText(title),
    locations: [sarifLocation(location, artifacts)],
    properties: { severity },
  };
}
