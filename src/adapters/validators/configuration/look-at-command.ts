import { posix } from 'node:path';
import type { Inventory } from '../../../domain/checks/inventory';
import type { Problem } from '../../../domain/checks/validation';
import { factProblem, shownName } from './fact-problem';
import { startedFile } from './started-file';

/** The command starts something that ships, and asks for its port in the way that is answered. */
export function lookAtCommand(
  command: readonly string[],
  inventory: Inventory,
): readonly Problem[] {
  return [...startProblems(command, inventory), ...command.flatMap(placeholderProblems)];
}

function startProblems(command: readonly string[], inventory: Inventory): readonly Problem[] {
  const started = startedFile(command);
  if (started.kind === 'unknown') return [];
  const { path } = started;
  const place = posix.normalize(path);
  if (place === '..' || place.startsWith('../')) {
    const title = 'the command starts a file outside of the folder that ships';
    return [factProblem('command-outside', 'high', title)];
  }
  const extensions = started.kind === 'script' ? started.extensions : [''];
  const found = extensions.map((extension) => `${place}${extension}`).find(isShipped(inventory));
  if (found === undefined) {
    const title = `the command starts ${shownName(path)}, which is not in the folder`;
    return [factProblem('command-missing', 'high', title)];
  }
  const file = inventory.files.find((one) => one.path === found);
  if (started.kind === 'script' || file === undefined || file.executable) return [];
  const title = `the command starts ${shownName(path)}, which is not executable`;
  return [factProblem('command-not-executable', 'high', title)];
}

/** A path below a link of a folder counts as there: where links lead is for the assets. */
function isShipped({ files, links }: Inventory): (place: string) => boolean {
  const paths = new Set([...files, ...links].map(({ path }) => path));
  return (place) => paths.has(place) || links.some(({ path }) => place.startsWith(`${path}/`));
}

/** Without a shell only `${PORT}` is replaced. */
function placeholderProblems(word: string): readonly Problem[] {
  const bounded = word.slice(0, 2_000);
  const rest = bounded.replaceAll('${PORT}', '');
  const named = /\$\{?(\w{1,40})|%(\w{1,40})%|\{\{?(PORT)\}\}?/i.exec(rest);
  if (named === null) return [];
  const name = named.slice(1).find(Boolean) ?? '';
  const isPort = name.toUpperCase() === 'PORT';
  const title = isPort
    ? 'the command writes its port in a way that nothing replaces; write ${PORT}'
    : `the command holds the variable ${shownName(name)}, which nothing replaces without a shell`;
  return [factProblem('command-placeholder', isPort ? 'high' : 'medium', title)];
}
