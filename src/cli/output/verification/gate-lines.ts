import type { GateOutcome, GateResult } from '../../../domain/checks/gate';
import { mark, paint, plain, widthOf, type Mark, type Style, type Tone } from '../style';
import { gateLimit, gateValue } from './gate-figures';

const WIDEST_NAME = 34;

/** Each gate's value against its threshold. */
export function gateLines(gates: readonly GateResult[], style: Style): readonly string[] {
  if (gates.length === 0) return [];
  const names = gates.map(({ name }) => widthOf(plain(name)));
  const width = Math.min(WIDEST_NAME, Math.max(...names));
  return ['', paint('Gates', 'bold', style), ...gates.map((gate) => gateLine(gate, width, style))];
}

function gateLine(gate: GateResult, width: number, style: Style): string {
  const { name, outcome, blocks } = gate;
  const { kind, tone } = look(outcome);
  return [
    `  ${mark(kind, style)} ${plain(name).padEnd(width)}`,
    gateValue(gate).padStart(12),
    gateLimit(gate).padEnd(24),
    paint(blocks ? `${outcome}, blocks` : outcome, tone, style),
  ].join('  ');
}

function look(outcome: GateOutcome): { readonly kind: Mark; readonly tone: Tone } {
  switch (outcome) {
    case 'passed':
      return { kind: 'done', tone: 'good' };
    case 'failed':
    case 'missing':
      return { kind: 'failed', tone: 'bad' };
    case 'warned':
      return { kind: 'waiting', tone: 'bold' };
    case 'skipped':
      return { kind: 'to do', tone: 'dim' };
  }
}
