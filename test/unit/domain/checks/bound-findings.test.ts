import { boundFindings } from '../../../../src/domain/checks/bound-findings';
import { evaluateGates } from '../../../../src/domain/checks/evaluate-gates';
import { measureChecks } from '../../../../src/domain/checks/measure';
import { finding, report } from '../support/checks';

const many = report('secrets', {
  findings: [
    ...Array.from({ length: 80 }, () => finding('medium')),
    finding('low'),
    finding('critical'),
  ],
});

test('the worst finding is listed, however many came before it', () => {
  const bounded = boundFindings(many, 50);
  expect(bounded.findings).toHaveLength(50);
  expect(bounded.findings[0]).toMatchObject({ severity: 'critical' });
  expect(evaluateGates([], {}, [bounded]).passed).toBe(false);
});

test('a gate counts what is listed and what is not', () => {
  const whole = measureChecks([many], { artifactBytes: 0 });
  expect(measureChecks([boundFindings(many, 50)], { artifactBytes: 0 })).toEqual(whole);
  expect(whole.secrets).toBe(81);
});

test('a short report only gets an order', () => {
  expect(boundFindings(report('secrets', { findings: [] }), 50)).toEqual(
    report('secrets', { findings: [] }),
  );
});
