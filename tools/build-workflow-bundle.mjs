import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './set-up/tool.mjs';

const workflows = join(root, 'dist', 'workflows', 'index.js');
const payloadConverter = join(root, 'dist', 'workflows', 'payload-converter.js');
const target = join(root, 'dist', 'workflow-bundle.js');

await runTool(async ({ log }) => {
  if (!existsSync(workflows)) {
    log('build: no dist/workflows/index.js, so there is no workflow bundle');
    return 0;
  }
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: workflows,
    logger: quietLogger(log),
    ...(existsSync(payloadConverter) ? { payloadConverterPath: payloadConverter } : {}),
  });
  // A worker may be reading the old one.
  const fresh = `${target}.${process.pid}`;
  writeFileSync(fresh, code);
  renameSync(fresh, target);
  return 0;
});

/** Webpack's progress says nothing to a reader; its warnings and errors do. */
function quietLogger(log) {
  const loud = (message) => log(`build: ${message}`);
  const silent = () => {};
  const byLevel = (level, message) => (/WARN|ERROR/.test(level) ? loud : silent)(message);
  return { log: byLevel, trace: silent, debug: silent, info: silent, warn: loud, error: loud };
}
