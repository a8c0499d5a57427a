/** What every page has in common: colours for the light, the dark and paper, words, tables, chips. Loads nothing. */
export const BASE_STYLESHEET = `
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
.verdict.good{--tone:var(--good)}.verdict.bad{--tone:var(--bad)}.verdict.warn{--tone:var(--warn)}.verdict.info{--tone:var(--info)}.verdict>div{min-width:0;flex:1}
.verdict h1{font-size:1.7rem;line-height:1.25;overflow-wrap:anywhere}.verdict .what{font-weight:400;color:var(--soft);margin-left:.35em}
.tool{color:var(--soft);font-size:.85rem;letter-spacing:.04em;text-transform:uppercase}
.sign{width:1.15em;height:1.15em;vertical-align:-.2em}.sign circle{fill:var(--tone)}.sign path{fill:none;stroke:var(--card);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
dl{display:flex;flex-wrap:wrap;gap:4px 22px;margin-top:14px;font-size:.85rem}dl div{display:flex;gap:6px;min-width:0}dt{color:var(--soft)}dd{overflow-wrap:anywhere}
svg text{fill:var(--text);text-anchor:middle}
nav{margin:14px 0 0;display:flex;flex-wrap:wrap;gap:6px 18px;font-size:.9rem}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 22px;margin-top:18px}
.critical{--tone:var(--critical)}.high{--tone:var(--high)}.medium{--tone:var(--medium)}.low{--tone:var(--low)}.info{--tone:var(--info)}
.complete,.passed{--tone:var(--good)}.incomplete,.failed,.missing{--tone:var(--bad)}.warned{--tone:var(--warn)}.not-applicable,.skipped{--tone:var(--soft)}
.chip{display:inline-block;border:1px solid var(--tone,var(--line));color:var(--tone,var(--text));border-radius:99px;padding:0 9px;font-size:.82rem;font-weight:600;white-space:nowrap}
.chip.critical,.chip.failed,.chip.missing,.chip.incomplete{background:var(--tone);color:var(--card)}
details ul{margin-top:4px}summary{cursor:pointer}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:8px}
th,td{text-align:left;vertical-align:top;padding:9px 12px 9px 0;border-top:1px solid var(--line);overflow-wrap:anywhere}thead th{border-top:0;white-space:nowrap;color:var(--soft);font-size:.82rem;font-weight:600}
tbody th{font-weight:600}.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
footer{margin-top:22px;color:var(--soft);font-size:.85rem}
@media (max-width:640px){.verdict{flex-direction:column}}
@media print{:root{color-scheme:light;--page:#fff;--text:#000;--soft:#444}.page{max-width:none;padding:0}nav,.skip{display:none}
section,.verdict{border-color:#bbb;padding:10px 14px}.verdict{border-left-color:var(--tone)}tr{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
