import { thread } from '../thread';
import { parseCoverage } from './line-coverage/coverage';
import { parseJUnit } from './junit/junit';
import { parseBill } from './parse-bill';
import { missing, parsed, type Parsed } from './parsed';
import { readReportFile } from './report-file';
import { parseSarif } from './sarif/parse-sarif';
import type { ReportContent, ReportRead, ReportThreadOrder } from './read-report';

thread<ReportThreadOrder, ReportRead<ReportContent>>(async ({ kind, path, sha256 }) => {
  const file = await readReportFile(path);
  if (file.kind === 'missing') return file;
  if (sha256 !== null && sha256 !== file.sha256)
    return missing('it was changed since it was bound');
  const content = parse(kind, file.text);
  if (content.kind === 'missing') return content;
  return { kind: 'read', content: content.content, bytes: file.bytes, sha256: file.sha256 };
});

function parse(kind: ReportThreadOrder['kind'], text: string): Parsed<ReportContent> {
  switch (kind) {
    case 'junit':
      return parseJUnit(text);
    case 'coverage':
      return parseCoverage(text);
    case 'sarif':
      return whole(parseSarif(text));
    case 'sbom':
      return whole(parseBill(text));
  }
}

function whole(report: Parsed<unknown>): Parsed<ReportContent> {
  return report.kind === 'missing' ? report : parsed({ isWhole: true });
}
