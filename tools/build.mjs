import { build, canBuild } from './set-up/build.mjs';
import { root, runTool } from './set-up/tool.mjs';

// `--if-possible` is for npm's prepare, which also runs where development packages are left out.
await runTool(async ({ log, signal }) => {
  if (process.argv.includes('--if-possible') && !canBuild(root)) {
    log('build: TypeScript is not installed here; dist stays as it is');
    return 0;
  }
  await build({ root, log, signal });
  return 0;
});
