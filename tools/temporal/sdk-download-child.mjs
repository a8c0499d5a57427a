// Started by sdk-download.mjs in a process of its own, because the SDK's download cannot be bounded
// from within. The SDK has no "download only": it starts the server it got, which is stopped at once.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const downloadDir = process.argv[2];

try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir } },
  });
  await environment.teardown();
} catch (error) {
  console.error(error.message.split('\n')[0]);
  process.exitCode = 1;
}
