import { setUp } from './setup.mjs';
import { runTool } from './set-up/tool.mjs';

await runTool(async ({ log, signal }) => {
  const { seconds, temporal } = await setUp({ log, signal });
  const { main } = await import('./demo/main.mjs');
  return main({ args: process.argv.slice(2), setupSeconds: seconds, temporal, log, signal });
});
