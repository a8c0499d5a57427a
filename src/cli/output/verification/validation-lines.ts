import { VALIDATORS } from '../../../domain/checks/catalog';
import type { Problem, Validation, ValidatorReport } from '../../../domain/checks/validation';
import { formatCount, formatCounted } from '../../../domain/format/count';
import { mark, paint, plain, type Style } from '../style';
import { placeOf } from './places';

const MOST_PROBLEMS = 5;

/** One line for each validator, its worst problems below it. */
export function validationLines(validation: Validation, style: Style): readonly string[] {
  const { total, passed } = validation.summary;
  return [
    `${paint('Validators', 'bold', style)}  ${passed} of ${total} passed`,
    ...VALIDATORS.flatMap((name) => validatorLines(validation.results[name], style)),
  ];
}

function validatorLines(report: ValidatorReport, style: Style): readonly string[] {
  const { validator, passed, error, problems, problemCount, covered, total, cached } = report;
  const shown = problems.slice(0, MOST_PROBLEMS);
  const rest = problemCount - shown.length;
  const words = [
    total === 0 ? '' : `${formatCount(covered)} of ${formatCount(total)}`,
    problemCount === 0 ? '' : formatCounted(problemCount, 'problem'),
    cached ? 'cached' : '',
    error === null ? '' : `broke: ${plain(error)}`,
  ].filter((word) => word !== '');
  return [
    `  ${mark(passed ? 'done' : 'failed', style)} ${validator.padEnd(15)}  ${words.join(', ')}`.trimEnd(),
    ...shown.map(problemLine),
    ...(rest > 0 ? [`      and ${formatCount(rest)} more: --output json`] : []),
  ];
}

function problemLine({ severity, title, rule, location }: Problem): string {
  return `      ${severity}  ${placeOf(location)}: ${plain(title)} (${plain(rule)})`;
}
