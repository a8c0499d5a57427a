import { markup, type Markup } from '../../page/markup';

/** A half circle that fills up with the score; empty and dashed where there is none. */
export function scoreGauge(score: number | null): Markup {
  const label = score === null ? 'No score: a scan is incomplete' : `Score ${score} of 100`;
  const arc = 'M 12 62 A 48 48 0 0 1 108 62';
  return markup`<svg class="gauge" viewBox="0 0 120 72" role="img" aria-label="${label}">
<path class="track${score === null ? ' unknown' : ''}" d="${arc}"/>
${score === null || score <= 0 ? null : markup`<path class="fill ${scoreTone(score)}" d="${arc}" pathLength="100" stroke-dasharray="${score} 200"/>`}
<text class="figure" x="60" y="54">${score === null ? '–' : score}</text>
<text class="unit" x="60" y="68">${score === null ? 'no score' : 'of 100'}</text>
</svg>`;
}

function scoreTone(score: number): string {
  if (score >= 80) return 'good';
  return score >= 50 ? 'warn' : 'bad';
}
