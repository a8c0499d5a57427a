import { built } from '../../tools/demo/built.mjs';

/**
 * `node scan-folder.mjs FOLDER HOME SCANNER…`: takes the inventory and runs these scanners side by side, as a deployment
 * does, and prints their reports and the processor time of it all.
 */
const [folder, home, ...names] = process.argv.slice(2);
const { createCheckTools } = built('workers/check-tools.js');
const { performScan } = built('activities/checks/perform-scan.js');
const { inLanes } = built('workflows/in-lanes.js');
const { policy, facts } = built('config/checks.js').defaultChecks();

const tools = await createCheckTools({ home, env: {} });
const context = { signal: new AbortController().signal, progress: () => undefined };
const inventory = await tools.inventory(folder, context);
const subject = { root: folder, inventory, artifact: null, policy, facts };
const reports = await inLanes(
  policy.parallelJobs,
  names.map((name) => () => performScan(tools, name, { subject, context })),
);
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const processorSeconds = (userCPUTime + systemCPUTime) / 1_000_000;
process.stdout.write(JSON.stringify({ reports, processorSeconds }));
