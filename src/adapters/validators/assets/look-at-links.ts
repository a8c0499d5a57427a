import { realpath } from 'node:fs/promises';
import { isAbsolute, posix } from 'node:path';
import type { Inventory } from '../../../domain/checks/inventory';
import type { Problem } from '../../../domain/checks/validation';
import { errorCode } from '../../error-code';

/** Links that lead out of the root, or nowhere. Only names are resolved; nothing behind a link is read. */
export async function lookAtLinks(
  root: string,
  links: Inventory['links'],
): Promise<readonly Problem[]> {
  const realRoot = await realpath(root);
  const problems = await Promise.all(links.map((link) => problemOf(realRoot, link)));
  return problems.filter((problem) => problem !== null);
}

async function problemOf(
  root: string,
  { path, to }: Inventory['links'][number],
): Promise<Problem | null> {
  const location = { path, line: null };
  const leads = await whereTo(root, path, to);
  switch (leads) {
    case 'out':
      return {
        rule: 'assets/link-leaves',
        severity: 'high',
        title: 'is a link that leads out of the folder; put what it means into the folder',
        location,
      };
    case 'nowhere':
      return {
        rule: 'assets/dangling-link',
        severity: 'medium',
        title: 'is a link to something that is not there',
        location,
      };
    case 'absolute':
      return {
        rule: 'assets/absolute-link',
        severity: 'medium',
        title: 'is a link by an absolute path, which means nothing on another machine',
        location,
      };
    case 'inside':
      return null;
  }
}

async function whereTo(root: string, path: string, to: string) {
  try {
    const real = await realpath(`${root}/${path}`);
    if (real !== root && !real.startsWith(`${root}/`)) return 'out';
    return isAbsolute(to) ? 'absolute' : 'inside';
  } catch (error) {
    if (isAbsolute(to)) return 'out';
    const target = posix.normalize(posix.join(posix.dirname(path), to));
    if (target === '..' || target.startsWith('../')) return 'out';
    return errorCode(error) === 'ELOOP' || errorCode(error) === 'ENOENT' ? 'nowhere' : 'out';
  }
}
