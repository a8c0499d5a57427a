import { SCANNERS } from '../../../../domain/checks/catalog';
import { FINDING_SEVERITIES } from '../../../../domain/checks/severity';

/** The same for every page: it is named by its digest in the page's policy, and no other style is let in. */
export const STYLESHEET = `
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1b2430;--soft:#566173;--line:#d9dee6;--track:#e6eaf0;
--good:#157347;--warn:#8a5a00;--bad:#b3132b;--critical:#a30f3c;--high:#b23c0a;--medium:#7c5c00;--low:#1f5fae;--info:#566173;--band:#cfe8da}
@media screen and (prefers-color-scheme:dark){:root{--page:#11151b;--card:#1a2029;--text:#e7ebf1;--soft:#a3aebd;--line:#323b48;--track:#2b333f;
--good:#4cc38a;--warn:#e2ae4a;--bad:#ff7b86;--critical:#ff6f97;--high:#ff9563;--medium:#e5bf4f;--low:#78b2ff;--info:#a3aebd;--band:#1f4a36}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
.page{max-width:1120px;margin:0 auto;padding:24px 20px 48px}
h1,h2,h3,p,ul,ol,dl,dd{margin:0}h2{font-size:1.15rem;margin-bottom:12px}h3{font-size:1rem}
ul,ol{padding-left:1.2em}small{color:var(--soft);font-size:.84em}
code{font:.88em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
a{color:inherit}:focus-visible{outline:3px solid var(--low);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:12px;top:12px;background:var(--card);padding:8px 12px}
.verdict{display:flex;gap:24px;justify-content:space-between;align-items:flex-start;background:var(--card);border:1px solid var(--line);border-left:8px solid var(--tone);border-radius:10px;padding:22px 24px}
.verdict.good{--tone:var(--good)}.verdict.bad{--tone:var(--bad)}.verdict>div{min-width:0;flex:1}
.verdict h1{font-size:1.7rem;line-height:1.25;overflow-wrap:anywhere}.verdict .what{font-weight:400;color:var(--soft);margin-left:.35em}
.tool{color:var(--soft);font-size:.85rem;letter-spacing:.04em;text-transform:uppercase}
.reasons{margin:6px 0 0}.reasons li{overflow-wrap:anywhere}
.sign{width:1.15em;height:1.15em;vertical-align:-.2em}.sign circle{fill:var(--tone)}.sign path{fill:none;stroke:var(--card);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
dl{display:flex;flex-wrap:wrap;gap:4px 22px;margin-top:14px;font-size:.85rem}dl div{display:flex;gap:6px;min-width:0}dt{color:var(--soft)}dd{overflow-wrap:anywhere}
.gauge{width:150px;flex:none}.gauge path{fill:none;stroke-width:11;stroke-linecap:round}.gauge .track{stroke:var(--track)}.gauge .unknown{stroke-dasharray:2 14}
.gauge .good{stroke:var(--good)}.gauge .warn{stroke:var(--warn)}.gauge .bad{stroke:var(--bad)}
svg text{fill:var(--text);text-anchor:middle}.gauge .figure{font-size:26px;font-weight:700}.gauge .unit{font-size:9px;fill:var(--soft)}
nav{margin:14px 0 0;display:flex;flex-wrap:wrap;gap:6px 18px;font-size:.9rem}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 22px;margin-top:18px}
.bars{list-style:none;padding:0;display:grid;gap:8px;max-width:640px}.bars li{display:grid;grid-template-columns:5.2em 1fr 9em;gap:12px;align-items:center}
.bars .count{font-variant-numeric:tabular-nums;font-weight:600}.bars .track,.bullet .track{fill:var(--track)}.bars .value{fill:var(--tone)}.bars .aside{fill:var(--tone);opacity:.35}
.critical{--tone:var(--critical)}.high{--tone:var(--high)}.medium{--tone:var(--medium)}.low{--tone:var(--low)}.info{--tone:var(--info)}
.complete,.passed{--tone:var(--good)}.incomplete,.failed,.missing{--tone:var(--bad)}.warned{--tone:var(--warn)}.not-applicable,.skipped{--tone:var(--soft)}
.cards{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:12px}
.card{display:flex;gap:14px;border:1px solid var(--line);border-radius:8px;padding:14px;min-width:0}.card>div{min-width:0;flex:1;font-size:.92rem;overflow-wrap:anywhere}
.ring{width:74px;height:74px;flex:none}.ring circle{fill:none;stroke-width:5}.ring .track{stroke:var(--track)}.ring .fill{stroke:var(--tone)}.ring text{font-size:9px;font-weight:700}
.chip{display:inline-block;border:1px solid var(--tone,var(--line));color:var(--tone,var(--text));border-radius:99px;padding:0 9px;font-size:.82rem;font-weight:600;white-space:nowrap}
.chip.critical,.chip.failed,.chip.missing,.chip.incomplete{background:var(--tone);color:var(--card)}
.why{color:var(--bad)}.not-applicable .why{color:var(--soft)}
details ul{margin-top:4px}summary{cursor:pointer}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:8px}
th,td{text-align:left;vertical-align:top;padding:9px 12px 9px 0;border-top:1px solid var(--line);overflow-wrap:anywhere}thead th{border-top:0;white-space:nowrap;color:var(--soft);font-size:.82rem;font-weight:600}
tbody th{font-weight:600}.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.gates .chart{width:30%;min-width:150px;padding-left:10px}.gates td:nth-child(n+3){white-space:nowrap}.bullet{display:block;margin-top:3px}.bullet .band{fill:var(--band)}.bullet .value{fill:var(--tone)}.bullet .limit{fill:var(--text)}
.findings td:nth-child(2){width:28%;min-width:140px}.findings td:nth-child(4){white-space:nowrap}.findings p{margin-top:3px}
.fix::before{content:"Fix: ";font-weight:600}.suppressed{margin-top:26px}
.filters{display:flex;flex-wrap:wrap;gap:10px 18px;margin-bottom:14px}fieldset{border:1px solid var(--line);border-radius:8px;padding:4px 12px 8px;margin:0;display:flex;flex-wrap:wrap;gap:2px 16px}legend{color:var(--soft);font-size:.82rem;padding:0 4px}label{white-space:nowrap}
.advice li{margin-top:4px}.advice+details{margin-top:10px}footer{margin-top:22px;color:var(--soft);font-size:.85rem}
${switches('severity', FINDING_SEVERITIES)}
${switches('scanner', SCANNERS)}
@media (max-width:640px){.verdict{flex-direction:column}.bars li{grid-template-columns:4.6em 1fr 5em}}
@media print{:root{color-scheme:light;--page:#fff;--text:#000;--soft:#444}.page{max-width:none;padding:0}nav,.filters,.skip{display:none}
section,.verdict{border-color:#bbb;padding:10px 14px}.verdict{border-left-color:var(--tone)}tr,.card,.bars li{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}details::details-content{content-visibility:visible;block-size:auto}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;

/** A box that is not ticked hides its rows; a browser that does not know `:has` shows all of them. */
function switches(group: string, names: readonly string[]): string {
  return names
    .map(
      (name) =>
        `#findings:has(#show-${group}-${name}:not(:checked)) tr[data-${group}="${name}"]{display:none}`,
    )
    .join('\n');
}
