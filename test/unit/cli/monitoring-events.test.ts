import { monitoringEvents } from '../../../src/cli/output/monitoring-events';
import { midBake, verifyWithPerformance, warmWithOpenAlert } from './live-samples';

const running = midBake().status;
const alerting = { ...warmWithOpenAlert().status, alerts: [] };

describe('what a log is told of monitoring', () => {
  test('each criterion with value, stable, limit and samples, where it stands otherwise', () => {
    const [first, ...others] = monitoringEvents({ ...running, verdict: null }, running);
    expect(first).toBe(
      'criterion=automatic/error_rate state=clear value="0.06 %" stable="0.05 %" limit="0.55 %" n=1204',
    );
    expect(others).toHaveLength(3);
    const verdict = running.verdict!;
    const evidence = verdict.evidence.map((one, index) =>
      index === 1 ? { ...one, state: 'breached' as const } : one,
    );
    const now = { ...running, verdict: { ...verdict, evidence } };
    expect(monitoringEvents(running, now)).toEqual([
      'criterion=automatic/response_time_p95 state=breached value="188 ms" stable="181 ms" limit="217 ms" n=1203',
    ]);
  });

  test('nothing where nothing changed', () => {
    expect(monitoringEvents(alerting, alerting)).toEqual([]);
  });

  test('an alert as it is raised and as it is over', () => {
    const calm = { ...alerting, openAlerts: [] };
    expect(monitoringEvents(calm, alerting)).toEqual([
      expect.stringMatching(/^alert monitor=errors severity=high "19 of 4 810/),
    ]);
    expect(monitoringEvents(alerting, calm)).toEqual(['resolved monitor=errors']);
  });

  test('what was told in the same words is not told twice', () => {
    const told = warmWithOpenAlert().status;
    expect(monitoringEvents({ ...told, openAlerts: [] }, told)).toEqual([]);
  });

  test('the validation, once', () => {
    const { status } = verifyWithPerformance();
    expect(monitoringEvents({ ...status, performance: null }, status)).toEqual([
      'performance=failed "p95 was 612 ms over 1 204 requests in 60 s, at most 500 ms"',
    ]);
    expect(monitoringEvents(status, status)).toEqual([]);
  });
});
