import type { CheckContext } from '../../../ports/check-subject';
import type { Scanner } from '../../../ports/scanner';
import { mergeOutcomes } from './merge-outcomes';
import { runExternalTool, type ExternalToolDependencies } from './run-external-tool';
import type { ToolOutcome } from './tool-outcome';

const ALIVE_EVERY_MS = 1_000;

/**
 * The scanner together with the tools of the user's own that the configuration gives it: their findings are its findings,
 * and a required tool that did not look makes its report incomplete. A scanner that is switched off runs none.
 */
export function withExternalTools(scanner: Scanner, deps: ExternalToolDependencies): Scanner {
  const { name } = scanner;
  return {
    name,
    async identity(subject) {
      const { tools } = subject.policy;
      // What a foreign tool depends on is not known.
      return tools.some((tool) => tool.scanner === name) ? null : scanner.identity(subject);
    },
    async scan(subject, context) {
      const { tools, scanners } = subject.policy;
      const own = tools.filter((tool) => tool.scanner === name);
      const isOff = name !== 'dependencies' && !scanners[name];
      if (own.length === 0 || isOff) return scanner.scan(subject, context);
      const progress = remembered(context.progress);
      const report = await scanner.scan(subject, { ...context, progress: progress.say });
      const alive = setInterval(progress.again, ALIVE_EVERY_MS);
      try {
        const outcomes: ToolOutcome[] = [];
        for (const tool of own) outcomes.push(await runExternalTool(tool, subject, context, deps));
        return mergeOutcomes(report, outcomes);
      } finally {
        clearInterval(alive);
      }
    },
  };
}

/** A foreign tool does not say how far it is: what was said last is said again. */
function remembered(progress: CheckContext['progress']): {
  readonly say: CheckContext['progress'];
  readonly again: () => void;
} {
  let last: readonly [number, number] = [0, 1];
  return {
    say: (done, total) => {
      last = [done, total];
      progress(done, total);
    },
    again: () => progress(...last),
  };
}
