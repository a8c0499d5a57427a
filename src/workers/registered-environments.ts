import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parseRegistration,
  type EnvironmentRegistration,
} from '../config/environment-registration';
import { homeLayout } from '../domain/home-layout';

/** The environments registered in this home; a file that cannot be read is told and passed over. */
export function registeredEnvironments(
  home: string,
  log: (message: string) => void,
): readonly EnvironmentRegistration[] {
  const folder = homeLayout(home).environments;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const file = join(folder, name);
    try {
      return [parseRegistration(readFileSync(file, 'utf8'), file)];
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
      return [];
    }
  });
}
