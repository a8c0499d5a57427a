import { VALIDATORS } from '../catalog';
import type { Problem, Validation, ValidatorReport } from '../validation';
import type { VerificationSubject } from '../verification-subject';
import { sarifLevel } from './level';
import { sarifLocation } from './location';
import type { SarifNotification, SarifResult, SarifRun } from './log';
import { sarifRules, type RuleSighting } from './rules';
import { artifactsOf, indexed, notification, RUN_FRAME, timesOf } from './run-parts';
import type { RunIndexes } from './finding-result';
import { sarifText } from './text';

/** The four validators as one run: their problems have a rule and a place like findings have. */
export function validationRun({ results }: Validation, subject: VerificationSubject): SarifRun {
  const reports = VALIDATORS.map((name) => results[name]);
  const problems = reports.flatMap((report) => report.problems);
  const rules = sarifRules(problems.map(sightingOf), ['validation']);
  const artifacts = artifactsOf(problems.map(({ location }) => location));
  const indexes = { rules: indexed(rules.map(({ id }) => id)), artifacts: artifacts.indexes };
  const longestMs = Math.max(...reports.map(({ durationMs }) => durationMs));
  return {
    ...RUN_FRAME,
    tool: { driver: { name: 'Belay', version: subject.version, rules } },
    automationDetails: { id: 'belay/validation/' },
    invocations: [
      {
        executionSuccessful: reports.every(({ error }) => error === null),
        ...timesOf(subject, longestMs),
        toolExecutionNotifications: reports.flatMap(brokenNotification),
      },
    ],
    artifacts: artifacts.list,
    results: problems.map((problem) => problemResult(problem, indexes)),
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
  return [notification('validator-broke', 'error', `${validator} broke: ${error}`)];
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
