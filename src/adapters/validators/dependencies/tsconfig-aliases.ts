import { withoutComments } from '../../inspection/validation/without-comments';
import { recordOf } from './read-manifest';

/** What `paths` of a tsconfig gives a meaning of its own: `@app/*` answers `@app/`. */
export function tsconfigAliases(text: string): readonly string[] {
  try {
    const config = recordOf(JSON.parse(withoutComments(text)));
    const paths = recordOf(recordOf(config['compilerOptions'])['paths']);
    return Object.keys(paths)
      .map((path) => path.replace(/\*.{0,200}$/, ''))
      .filter((prefix) => prefix !== '');
  } catch {
    return [];
  }
}
