import { SCANNERS } from '../../../../domain/checks/catalog';
import { FINDING_SEVERITIES } from '../../../../domain/checks/severity';
import { BASE_STYLESHEET } from '../../page/base-stylesheet';

/** The same for every page: it is named by its digest in the page's policy, and no other style is let in. */
export const STYLESHEET = `${BASE_STYLESHEET}.reasons{margin:6px 0 0}.reasons li{overflow-wrap:anywhere}
.gauge{width:150px;flex:none}.gauge path{fill:none;stroke-width:11;stroke-linecap:round}.gauge .track{stroke:var(--track)}.gauge .unknown{stroke-dasharray:2 14}
.gauge .good{stroke:var(--good)}.gauge .warn{stroke:var(--warn)}.gauge .bad{stroke:var(--bad)}
.gauge .figure{font-size:26px;font-weight:700}.gauge .unit{font-size:9px;fill:var(--soft)}
.bars{list-style:none;padding:0;display:grid;gap:8px;max-width:640px}.bars li{display:grid;grid-template-columns:5.2em 1fr 9em;gap:12px;align-items:center}
.bars .count{font-variant-numeric:tabular-nums;font-weight:600}.bars .track,.bullet .track{fill:var(--track)}.bars .value{fill:var(--tone)}.bars .aside{fill:var(--tone);opacity:.35}
.cards{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:12px}
.card{display:flex;gap:14px;border:1px solid var(--line);border-radius:8px;padding:14px;min-width:0}.card>div{min-width:0;flex:1;font-size:.92rem;overflow-wrap:anywhere}
.ring{width:74px;height:74px;flex:none}.ring circle{fill:none;stroke-width:5}.ring .track{stroke:var(--track)}.ring .fill{stroke:var(--tone)}.ring text{font-size:9px;font-weight:700}
.why{color:var(--bad)}.not-applicable .why{color:var(--soft)}
.gates .chart{width:30%;min-width:150px;padding-left:10px}.gates td:nth-child(n+3){white-space:nowrap}.bullet{display:block;margin-top:3px}.bullet .band{fill:var(--band)}.bullet .value{fill:var(--tone)}.bullet .limit{fill:var(--text)}
.findings td:nth-child(2){width:28%;min-width:140px}.findings td:nth-child(4){white-space:nowrap}.findings p{margin-top:3px}
.fix::before{content:"Fix: ";font-weight:600}.suppressed{margin-top:26px}
.filters{display:flex;flex-wrap:wrap;gap:10px 18px;margin-bottom:14px}fieldset{border:1px solid var(--line);border-radius:8px;padding:4px 12px 8px;margin:0;display:flex;flex-wrap:wrap;gap:2px 16px}legend{color:var(--soft);font-size:.82rem;padding:0 4px}label{white-space:nowrap}
.advice li{margin-top:4px}.advice+details{margin-top:10px}
${switches('severity', FINDING_SEVERITIES)}
${switches('scanner', SCANNERS)}
@media (max-width:640px){.bars li{grid-template-columns:4.6em 1fr 5em}}
@media print{.filters{display:none}.card,.bars li{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}
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
