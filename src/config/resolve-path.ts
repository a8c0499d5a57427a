/** The path seen from the folder, without `.` and `..`; an absolute path stays what it is. */
export function resolvePath(folder: string, path: string): string {
  const joined = path.startsWith('/') ? path : `${folder}/${path}`;
  const root = joined.startsWith('/') ? '/' : '';
  const segments: string[] = [];
  for (const segment of joined.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && (root !== '' || (segments.at(-1) ?? '..') !== '..')) segments.pop();
    else segments.push(segment);
  }
  return `${root}${segments.join('/')}` || '.';
}
