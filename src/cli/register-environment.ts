import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  parseRegistration,
  registrationFile,
  serializeRegistration,
} from '../config/environment-registration';
import { homeLayout } from '../domain/home-layout';

/** Tells the workers of this home to serve the environment; a registration that says so already is left alone. */
export async function registerEnvironment(home: string, environment: string): Promise<void> {
  const folder = homeLayout(home).environments;
  const file = join(folder, registrationFile(environment));
  if (await isRegistered(file, home)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const text = serializeRegistration({
    schemaVersion: 1,
    environment,
    target: { kind: 'local', home },
    registeredAt: new Date().toISOString(),
  });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await rename(draft, file);
}

async function isRegistered(file: string, home: string): Promise<boolean> {
  try {
    return parseRegistration(await readFile(file, 'utf8'), file).target.home === home;
  } catch {
    // Missing or unreadable: it is written anew.
    return false;
  }
}
