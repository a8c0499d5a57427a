import { testRandomRuns } from '../support/simulator/random-runs';

testRandomRuns('second');
