import type { DeploymentFacts } from '../../../domain/checks/facts';
import type { Problem } from '../../../domain/checks/validation';
import { factProblem } from './fact-problem';

/** The path that proves an instance healthy is one that a request can ask for. */
export function lookAtHealth({ health }: DeploymentFacts): readonly Problem[] {
  if (health === null) return [];
  const problems: Problem[] = [];
  if (!health.path.startsWith('/'))
    problems.push(factProblem('health-path', 'high', 'the health path does not begin with /'));
  if (/[\u0000-\u0020\u007f#<>{}]|\$|^\/\//.test(health.path))
    problems.push(
      factProblem('health-path', 'high', 'the health path holds what no request can ask for'),
    );
  if (health.timeoutMs > health.intervalMs)
    problems.push(
      factProblem(
        'health-timeout',
        'low',
        'a health check may take longer than until the next one',
      ),
    );
  return problems;
}
