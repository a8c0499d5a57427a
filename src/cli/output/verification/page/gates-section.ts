import type { GateResult } from '../../../../domain/checks/gate';
import { gateLimit, gateValue } from '../gate-figures';
import { bulletChart } from './bullet-chart';
import { markup, type Markup } from '../../page/markup';

export function gatesSection(gates: readonly GateResult[]): Markup | null {
  if (gates.length === 0) return null;
  return markup`<section id="gates" aria-labelledby="gates-title"><h2 id="gates-title">Quality gates</h2>
<div class="scroll"><table class="gates"><caption>Each value against its limit. The light band is where a gate passes.</caption>
<thead><tr><th scope="col">Gate</th><th scope="col" class="number">Value</th><th scope="col" class="chart">Against its limit</th><th scope="col">Limit</th><th scope="col">Outcome</th></tr></thead>
<tbody>${gates.map(gateRow)}</tbody></table></div></section>`;
}

function gateRow(gate: GateResult): Markup {
  const { name, outcome, blocks } = gate;
  return markup`<tr><th scope="row">${name}</th><td class="number">${gateValue(gate)}</td><td class="chart">${bulletChart(gate)}</td><td>${gateLimit(gate)}</td>
<td><span class="chip ${outcome}">${outcome}</span>${blocks ? markup` <strong>blocks</strong>` : null}</td></tr>`;
}
