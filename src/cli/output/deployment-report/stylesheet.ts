import { BASE_STYLESHEET } from '../page/base-stylesheet';

/** The same for every report: it is named by its digest in the page's policy, and no other style is let in. */
export const REPORT_STYLESHEET = `${BASE_STYLESHEET}
:root{--candidate:#c2410c;--stable:#1f5fae}
@media screen and (prefers-color-scheme:dark){:root{--candidate:#ff9563;--stable:#78b2ff}}
.summary{font-size:1.05rem;margin-top:8px;overflow-wrap:anywhere}.why{color:var(--bad)}
figure{margin:22px 0 0}figcaption p{color:var(--soft);font-size:.86rem}.key{font-size:.92rem}
.plot{display:block;width:100%;min-width:620px;height:auto;margin-top:6px}figure{overflow-x:auto}
.plot text{font:11.5px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
.patterns{position:absolute}.hatched{fill:var(--soft);opacity:.55}
.bands rect{fill:var(--track)}.bands .even{opacity:.75}.bands .odd{opacity:.3}.bands line{stroke:var(--soft);stroke-width:1}.bands text{font-weight:600}
.grid line{stroke:var(--line);stroke-width:1}.grid text{fill:var(--soft);text-anchor:end}
.axis line{stroke:var(--soft)}.axis text{fill:var(--soft)}
.line path{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.line.candidate path{stroke:var(--candidate)}.line.candidate circle{fill:var(--candidate)}
.line.stable path{stroke:var(--stable)}.line.stable circle{fill:var(--stable)}
.line.candidate-probes path{stroke:var(--candidate);stroke-dasharray:1 4}.line.candidate-probes circle{fill:none;stroke:var(--candidate)}
.line.stable-probes path{stroke:var(--stable);stroke-dasharray:1 4}.line.stable-probes circle{fill:none;stroke:var(--stable)}
.limit line,.limit path{fill:none;stroke:var(--bad);stroke-width:1.5;stroke-dasharray:7 4}.limit text{fill:var(--bad);text-anchor:start;paint-order:stroke;stroke:var(--card);stroke-width:3px}
.limit.ask line,.limit.ask path{stroke:var(--warn)}.limit.ask text{fill:var(--warn)}
.limit.validation line{stroke:var(--soft);stroke-dasharray:2 4}.limit.validation text{fill:var(--soft)}
.weight rect{fill:var(--candidate);opacity:.55}.weight path{fill:none;stroke:var(--candidate);stroke-width:2}
.marks path{fill:none;stroke:var(--text);stroke-width:1;stroke-dasharray:2 3;opacity:.6}.marks circle{fill:var(--card);stroke:var(--text)}.marks text{font-size:9.5px;font-weight:700}
.marks .alert circle,.marks .rollback circle{stroke:var(--bad)}.marks .alert text,.marks .rollback text{fill:var(--bad)}.marks .live circle,.marks .safe circle,.marks .resolved circle{stroke:var(--good)}
.marklist li{margin-top:3px;overflow-wrap:anywhere}.marklist time{font-variant-numeric:tabular-nums}h3#marks{margin-top:20px}
.swatch::before{content:"";display:inline-block;width:20px;height:0;border-top:3px solid var(--text);margin-right:6px;vertical-align:middle}.swatch{margin-right:10px;white-space:nowrap}
.swatch.candidate::before{border-color:var(--candidate)}.swatch.stable::before{border-color:var(--stable)}.swatch.probes::before{border-top-style:dotted}.swatch.limit::before{border-top:2px dashed var(--bad)}
.swatch.gap::before{height:11px;border:1px solid var(--soft);background:repeating-linear-gradient(45deg,var(--soft) 0 2px,transparent 2px 5px)}
.twin{margin-top:4px;font-size:.86rem}.twin td,.twin th{padding:3px 12px 3px 0}.twin td{text-align:right;font-variant-numeric:tabular-nums}.twin tbody th{font-weight:400}
.timeline .chart{width:30%;min-width:150px}.when .track{fill:var(--track)}.when .forward{fill:var(--stable)}.when .back{fill:var(--bad)}
section>details{margin-top:10px}dl+ul{margin-top:10px}ul+ol,details+ol{margin-top:10px}#monitors tbody th,#timeline tbody th,#performance tbody th{white-space:nowrap}section li{overflow-wrap:anywhere}
@media print{.twin{display:none}figure{break-inside:avoid}.plot{min-width:0}}
`;
