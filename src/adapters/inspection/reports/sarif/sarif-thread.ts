import { thread } from '../../thread';
import { readReportFile } from '../report-file';
import type { Imported, SarifThreadOrder } from './import-sarif';
import { parseSarif } from './parse-sarif';
import { sarifFindings } from './sarif-findings';

thread<SarifThreadOrder, Imported>(async (order) => {
  const file = await readReportFile(order.path);
  if (file.kind === 'missing') return { kind: 'failed', reason: `its report: ${file.reason}` };
  const report = parseSarif(file.text);
  if (report.kind === 'missing') return { kind: 'failed', reason: `its report: ${report.reason}` };
  const { runs, toolName, toolVersion } = report.content;
  const findings = await sarifFindings(runs, order);
  return { kind: 'completed', findings, toolName, toolVersion };
});
