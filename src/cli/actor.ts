import { userInfo } from 'node:os';

/** Who asks, as they call themselves: `--as`, else the CI system's actor, else the user of this machine. Never proof. */
export function actorName(given: string | undefined, env: NodeJS.ProcessEnv): string {
  const names = [given, env['BELAY_ACTOR'], env['GITHUB_ACTOR'], env['GITLAB_USER_LOGIN']];
  const name = names.map((one) => one?.trim() ?? '').find((one) => one !== '') ?? osUser();
  return name.slice(0, LONGEST_NAME);
}

/** What the line and the workflows read as a name. */
const LONGEST_NAME = 200;

/** One CI run is one request: run again, it attaches to the deployment that the first try started. */
export function ciRequestKey(env: NodeJS.ProcessEnv): string | null {
  const runs = {
    github: env['GITHUB_RUN_ID'],
    gitlab: env['CI_PIPELINE_ID'],
    buildkite: env['BUILDKITE_BUILD_ID'],
    circle: env['CIRCLE_WORKFLOW_ID'],
    jenkins: env['BUILD_TAG'],
  };
  for (const [system, id] of Object.entries(runs)) {
    if (id !== undefined && id !== '') return `${system}:${id}`;
  }
  return null;
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no entry in the password file.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
