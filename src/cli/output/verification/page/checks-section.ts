import { VALIDATORS } from '../../../../domain/checks/catalog';
import type { BuildEvidence, TestEvidence } from '../../../../domain/checks/test-evidence';
import type { Problem, Validation, ValidatorReport } from '../../../../domain/checks/validation';
import { formatCount, formatCounted } from '../../../../domain/format/count';
import { formatDuration } from '../../../../domain/format/duration';
import { placeOf } from '../places';
import { suiteWords } from '../suite-words';
import { markup, type Markup } from '../../page/markup';

const MOST_PROBLEMS = 50;

/** Validators, build and tests in one table: what each of them said. */
export function checksSection(
  validation: Validation,
  build: BuildEvidence | null,
  tests: readonly TestEvidence[],
): Markup {
  const { passed, total } = validation.summary;
  return markup`<section id="checks" aria-labelledby="checks-title"><h2 id="checks-title">Validators, build and tests</h2>
<div class="scroll"><table><caption>${passed} of ${total} validators passed.</caption>
<thead><tr><th scope="col">Check</th><th scope="col">Outcome</th><th scope="col">What it says</th></tr></thead>
<tbody>${VALIDATORS.map((name) => validatorRow(validation.results[name]))}${build === null ? null : buildRow(build)}${tests.map(suiteRow)}</tbody></table></div></section>`;
}

function validatorRow(report: ValidatorReport): Markup {
  const { validator, passed, error, problems, problemCount, covered, total } = report;
  const rest = problemCount - Math.min(problems.length, MOST_PROBLEMS);
  return row(
    validator,
    passed ? 'passed' : 'failed',
    markup`${formatCount(covered)} of ${formatCount(total)} looked at${problemCount === 0 ? null : `, ${formatCounted(problemCount, 'problem')}`}
${error === null ? null : markup`<p class="why">broke: ${error}</p>`}
${problems.length === 0 ? null : markup`<ul>${problems.slice(0, MOST_PROBLEMS).map(problemItem)}</ul>`}${rest > 0 ? markup`<p>and ${formatCount(rest)} more</p>` : null}`,
  );
}

function problemItem({ severity, title, rule, location }: Problem): Markup {
  return markup`<li><span class="chip ${severity}">${severity}</span> <code><bdi>${placeOf(location)}</bdi></code> ${title} <small>${rule}</small></li>`;
}

function buildRow({ succeeded, reason, durationMs }: BuildEvidence): Markup {
  const outcome = succeeded ? 'passed' : 'failed';
  return row(
    'build',
    outcome,
    markup`in ${formatDuration(durationMs)}${reason === null ? null : markup`<p class="why">${reason}</p>`}`,
  );
}

function suiteRow(evidence: TestEvidence): Markup {
  const { suite, outcome, reason, failedTests } = evidence;
  return row(
    `${suite} tests`,
    outcome,
    markup`${suiteWords(evidence).join(', ')}${reason === null ? null : markup`<p class="why">${reason}</p>`}
${failedTests.length === 0 ? null : markup`<ul>${failedTests.map((name) => markup`<li>failed: ${name}</li>`)}</ul>`}`,
  );
}

function row(name: string, outcome: TestEvidence['outcome'], words: Markup): Markup {
  return markup`<tr><th scope="row">${name}</th><td><span class="chip ${outcome}">${outcome}</span></td><td>${words}</td></tr>`;
}
