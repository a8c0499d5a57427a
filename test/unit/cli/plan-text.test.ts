import { planText } from '../../../src/cli/output/plan-text';
import { aPlan } from './plan-samples';

test('a plan for people shows each step, its deadline and its undo', () => {
  const style = { color: false, unicode: true, columns: 100 };
  expect(planText(aPlan(), ['no secrets in 7 files'], style).join('\n')).toMatchSnapshot();
});
