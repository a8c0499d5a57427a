import {
  DECISION_TABLE,
  type DecisionRow,
  type DecisionRule,
} from '../../src/domain/approval/decision-table';
import { STANDINGS, STANDING_WORDS } from '../../src/domain/approval/standing';

/** The page of the documentation about decisions, in Markdown, from the table that the engine itself uses. */
export function decisionPage(): string {
  const rows = Object.keys(DECISION_TABLE) as DecisionRow[];
  return [INTRODUCTION, ...rows.map(section), ''].join('\n\n');
}

const INTRODUCTION = `# What each decision does, and when

Made from \`src/domain/approval/decision-table.ts\`: \`BELAY_RECORD=1 npx jest --selectProjects unit -- decision-page\` writes
it anew, and the same test compares both. Every decision is recorded with what became of it, also one that cannot apply.

- **applied**: it acts. **counted**: it is added to others, or is being done already. **refused**: nothing changes, and the
  record says why.
- \`rollback\`, \`abort\`, \`reject\` and \`pause\` overtake everything else.
- \`yield\` and \`supersede\` come from the line, on a newcomer's behalf: no command sends them.`;

const TITLES: Readonly<Record<DecisionRow, string>> = {
  approve: '`belay approve`',
  reject: '`belay reject`',
  rollback: '`belay rollback`',
  'rollback-to-inherited':
    '`belay rollback` of a newcomer, while the fleet before the one that serves stands by',
  abort: '`belay abort`',
  pause: '`belay pause`',
  resume: '`belay resume`',
  promote: '`belay promote`',
  'promote-to': '`belay promote --to PERCENT`, `belay promote --full`',
  yield: '`yield`: a newcomer waits for a live deployment',
  supersede: '`supersede`: a newcomer takes the place of one that no user has seen',
};

function section(row: DecisionRow): string {
  const lines = STANDINGS.map((standing) =>
    tableLine(STANDING_WORDS[standing], DECISION_TABLE[row][standing]),
  );
  return [
    `## ${TITLES[row]}`,
    '',
    '| when | effect | what happens |',
    '|---|---|---|',
    ...lines,
  ].join('\n');
}

function tableLine(when: string, { effect, sentence }: DecisionRule): string {
  return `| ${when} | ${effect} | ${sentence} |`;
}
