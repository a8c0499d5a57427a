import { ApplicationFailure } from '@temporalio/common';
import { errorOfFailure } from '../../../src/client/failures';
import { outcomeOf } from '../../../src/client/run-outcome';
import { DEPLOYMENT, NEW, OLD } from './samples';

const OUTCOME = {
  deploymentId: DEPLOYMENT,
  outcome: 'rollback-incomplete',
  cause: 'weights were not observed',
  revision: NEW,
  serving: OLD,
  leftBehind: ['fleet bbbbbbbbbbbb'],
} as const;

describe('how a closed run ended', () => {
  test('its result is the outcome', () => {
    expect(outcomeOf({ value: OUTCOME })).toEqual({ kind: 'outcome', outcome: OUTCOME });
  });

  test('a failure carries the outcome in its details', () => {
    const cause = ApplicationFailure.create({ message: 'left behind', details: [OUTCOME] });
    const error = new Error('Workflow execution failed', { cause });
    expect(outcomeOf({ error })).toEqual({ kind: 'outcome', outcome: OUTCOME });
  });

  test('a failure without one says its innermost reason', () => {
    const error = new Error('Workflow execution failed', { cause: new Error('disk full') });
    expect(outcomeOf({ error })).toEqual({ kind: 'failure', message: 'disk full', leftBehind: [] });
  });

  test.each([
    [null],
    ['text'],
    [{ outcome: 'splendid', deploymentId: 'x' }],
    [{ outcome: 'succeeded' }],
  ])('a result that cannot be read is no crash: %j', (value) => {
    expect(outcomeOf({ value })).toMatchObject({ kind: 'failure' });
  });

  test('a cause that points at itself ends', () => {
    const error = new Error('round');
    error.cause = error;
    expect(outcomeOf({ error })).toMatchObject({ kind: 'failure', message: 'round' });
  });
});

describe('the error that a failed plan means', () => {
  test('keeps the code, the message and the next step of the activity', () => {
    const cause = ApplicationFailure.create({
      type: 'ARTIFACT_EMPTY',
      message: 'the folder is empty',
      details: [{ next: 'build first' }],
    });
    const error = new Error('Workflow execution failed', { cause });
    expect(errorOfFailure(error)).toMatchObject({
      code: 'ARTIFACT_EMPTY',
      message: 'the folder is empty',
      next: 'build first',
    });
  });

  test('without a code it is internal', () => {
    expect(errorOfFailure(new Error('odd'))).toMatchObject({ code: 'INTERNAL', message: 'odd' });
  });
});
