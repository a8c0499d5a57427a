/** The path seen from the folder, without `.` and `..`; an absolute path stays what it is. */
export function resolvePath(folder: string, path: string): string {
  const joined = path.startsWith('/') ? path : `${folder}/${path}`;
  const root = joined.startsWith('/') ? '/' : '';
  const segments = joined
    .split('/')
    .reduce<readonly string[]>((walked, segment) => walk(walked, segment, root), []);
  return `${root}${segments.join('/')}` || '.';
}

function walk(walked: readonly string[], segment: string, root: string): readonly string[] {
  if (segment === '' || segment === '.') return walked;
  if (segment !== '..') return [...walked, segment];
  const stuck = walked.length === 0 || walked.at(-1) === '..';
  if (!stuck) return walked.slice(0, -1);
  return root === '' ? [...walked, segment] : walked;
}
