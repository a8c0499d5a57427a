import { testRandomRuns } from '../support/simulator/random-runs';

// The other half is in `random-second.test.ts`: two files, so that two cores share them.
testRandomRuns('first');
