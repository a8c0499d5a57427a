import { execFile } from 'node:child_process';

const ASK_MS = 2_000;

/** The commit that the folder's work tree stands on; null outside of git or where git does not answer in time. */
export async function gitCommit(directory: string): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { cwd: directory, timeout: ASK_MS };
    execFile('git', ['rev-parse', '--verify', 'HEAD'], options, (error, stdout) => {
      const commit = stdout.trim();
      resolve(error === null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null);
    });
  });
}
