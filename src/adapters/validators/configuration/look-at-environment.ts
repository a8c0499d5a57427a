import type { DeploymentFacts } from '../../../domain/checks/facts';
import type { Problem } from '../../../domain/checks/validation';
import { factProblem, shownName } from './fact-problem';

/** The variables that the service gets: names and the shape of plain values. No value is ever repeated. */
export function lookAtEnvironment(facts: DeploymentFacts): readonly Problem[] {
  return [
    ...Object.entries(facts.env).flatMap(([name, value]) => valueProblems(name, value)),
    ...facts.secrets.flatMap((name) => twice(name, facts)),
    ...differences(facts.envNames),
  ];
}

const PLACEHOLDERS = [
  /^(?:change[-_ ]?(?:me|this)|replace[-_ ]?(?:me|this)|to[-_ ]?do|tbd|fixme|placeholder|your[-_ ][\w -]{1,80}|x{3,80}|insert[-_ ][\w -]{1,80}|fill[-_ ]?(?:me|this)[-_ ]?in)$/i,
  /<(?:your|my|the|insert|change|replace|enter|add)[-_ ][^<>]{1,80}>/i,
  /^<[A-Za-z][\w -]{0,80}>$/,
  /\b(?:changeme|change_me|replaceme|replace_me)\b/i,
];

function valueProblems(name: string, value: string): readonly Problem[] {
  const shown = shownName(name);
  const problems: Problem[] = [];
  if (!/^[A-Za-z_]\w*$/.test(name))
    problems.push(factProblem('env-name', 'medium', `${shown} is no name that a shell could use`));
  if (name === 'PORT')
    problems.push(
      factProblem(
        'port-in-env',
        'medium',
        'PORT is set in env, where Belay gives each instance its own',
      ),
    );
  if (PLACEHOLDERS.some((placeholder) => placeholder.test(value.slice(0, 2_000))))
    problems.push(
      factProblem('placeholder', 'high', `${shown} still holds a placeholder; give it its value`),
    );
  else if (/\$\{\w{1,80}\}/.test(value.slice(0, 2_000)))
    problems.push(
      factProblem('unexpanded', 'medium', `${shown} holds a variable that nothing will replace`),
    );
  return problems;
}

function twice(name: string, { env, secrets }: DeploymentFacts): readonly Problem[] {
  if (Object.hasOwn(env, name)) {
    const title = `${shownName(name)} is both in env and in secrets; keep one of them`;
    return [factProblem('env-and-secret', 'high', title)];
  }
  if (secrets.indexOf(name) === secrets.lastIndexOf(name)) return [];
  return [factProblem('secret-twice', 'low', `${shownName(name)} is listed twice in secrets`)];
}

/** The same service needs the same names everywhere. */
function differences(envNames: DeploymentFacts['envNames']): readonly Problem[] {
  const all = new Set(Object.values(envNames).flat());
  return Object.entries(envNames).flatMap(([environment, names]) => {
    const own = new Set(names);
    return [...all]
      .filter((name) => !own.has(name))
      .map((name) =>
        factProblem(
          'env-differs',
          'medium',
          `${shownName(name)} is set elsewhere and missing in the environment ${shownName(environment)}`,
        ),
      );
  });
}
