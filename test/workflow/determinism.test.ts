import { createSandbox } from '../support/simulator/sandbox';
import { PLAIN } from '../support/simulator/scenario';
import { simulate } from '../support/simulator/simulate';
import { NondeterminismError, replayInto } from '../support/simulator/workflow-recording';
import type { RecordedActivation } from '../support/simulator/workflow-recording';

async function replayed(
  change: (recorded: RecordedActivation) => RecordedActivation,
): Promise<void> {
  const { run } = await simulate(PLAIN);
  const sandbox = await createSandbox(run.options.identity);
  try {
    await replayInto(sandbox, run.recorded.map(change), []);
  } finally {
    await sandbox.dispose();
  }
}

test('a rebuilt workflow commands what it commanded before', async () => {
  await expect(replayed((recorded) => recorded)).resolves.toBeUndefined();
});

test('another command, one too few and one too many are each told apart', async () => {
  const another = replayed(({ commands, ...rest }) => ({
    ...rest,
    commands: commands.map((command) =>
      command.scheduleActivity?.activityType === 'launchFleet'
        ? { scheduleActivity: { ...command.scheduleActivity, activityType: 'smokeTest' } }
        : command,
    ),
  }));
  await expect(another).rejects.toThrow(NondeterminismError);
  const tooMany = replayed(({ commands, ...rest }) => ({ ...rest, commands: commands.slice(1) }));
  await expect(tooMany).rejects.toThrow(NondeterminismError);
  const tooFew = replayed(({ commands, ...rest }) => ({
    ...rest,
    commands: [...commands, { cancelTimer: { seq: 99 } }],
  }));
  await expect(tooFew).rejects.toThrow('is now nothing');
});

test('the same seed gives the same run, event by event', async () => {
  const [first, second] = [await simulate(PLAIN), await simulate(PLAIN)];
  expect(second.events.map(({ eventTime, eventType }) => [eventTime, eventType])).toEqual(
    first.events.map(({ eventTime, eventType }) => [eventTime, eventType]),
  );
});
