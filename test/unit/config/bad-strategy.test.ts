import { expectRefusal, parse } from './support';
import type { Wrong } from './support';

const wrong: readonly Wrong[] = [
  {
    what: 'a mistyped bound',
    text: 'rolling:\n  maxSurg: 1\n',
    line: 2,
    column: 3,
    path: 'rolling.maxSurg',
    rule: /not a key/,
    suggestion: 'Did you mean `maxSurge`?',
  },
  {
    what: 'a bound outside of its block',
    text: 'maxUnavailable: 1\n',
    line: 1,
    rule: /not a key/,
    suggestion: /`maxUnavailable` belongs under `rolling`/,
  },
  {
    what: 'a share as a fraction',
    text: 'rolling: { maxSurge: 0.25 }\n',
    line: 1,
    column: 22,
    path: 'rolling.maxSurge',
    rule: /a count of instances or a share such as `25%`, and 0\.25 is neither/,
    suggestion: 'Did you mean `25%`?',
  },
  {
    what: 'one and a half instances',
    text: 'rolling: { maxSurge: 1.5 }\n',
    line: 1,
    rule: /1\.5 is neither/,
  },
  {
    what: 'fewer instances than none',
    text: 'rolling: { maxUnavailable: -1 }\n',
    line: 1,
    rule: /-1 is neither/,
  },
  {
    what: 'a share above the whole',
    text: 'rolling: { maxSurge: 101% }\n',
    line: 1,
    rule: /from 0% to 100%/,
  },
  {
    what: 'a share that is no whole percent',
    text: 'rolling: { maxSurge: 12.5% }\n',
    line: 1,
    rule: /"12\.5%" is neither/,
  },
  {
    what: 'a count in quotes',
    text: 'rolling: { maxSurge: "25" }\n',
    line: 1,
    rule: /"25" is neither/,
    suggestion: 'Write `25` without quotes, or `25%`.',
  },
  {
    what: 'a bound that is a list',
    text: 'rolling: { maxSurge: [1] }\n',
    line: 1,
    rule: /must be a number or text, not a list/,
  },
  {
    what: 'bounds between which nothing can be replaced',
    text: 'rolling:\n  maxSurge: 0\n  maxUnavailable: 0%\n',
    line: 3,
    path: 'rolling.maxUnavailable',
    rule: /is 0, and so is `maxSurge`/,
    suggestion: /`maxSurge: 1`/,
  },
  {
    what: 'a pause whose longest is below its least',
    text: 'rolling:\n  pause: { least: 30, longest: 20 }\n',
    line: 2,
    rule: /shorter than `least`/,
  },
  {
    what: 'a pause of no time',
    text: 'rolling: { pause: 0 }\n',
    line: 1,
    rule: /must be above 0/,
  },
  {
    what: 'a gap in which nobody may wait',
    text: 'recreate: { queue: 0 }\n',
    line: 1,
    rule: /must be above 0/,
  },
  {
    what: 'a wait with a unit',
    text: 'recreate: { queue: 30s }\n',
    line: 1,
    rule: /must be a number/,
    suggestion: 'Durations are numbers of seconds: write `30`.',
  },
  {
    what: 'a mistyped overlap',
    text: 'recreate: { overlap: answer }\n',
    line: 1,
    rule: /must be `none` or `answers`, not "answer"/,
    suggestion: 'Did you mean `answers`?',
  },
  {
    what: 'a mistyped conflict policy',
    text: 'conflict: supercede\n',
    line: 1,
    rule: /must be `reject` or `queue` or `supersede`/,
    suggestion: 'Did you mean `supersede`?',
  },
  {
    what: 'two strategies of which none is said',
    text: 'canary: { preset: seed }\nrolling: { maxSurge: 1 }\n',
    line: 2,
    path: 'rolling',
    rule: /stands beside `canary`, and nothing says which of the two is meant/,
    suggestion: /`deploymentPipeline\.deployment\.strategy: rolling`/,
  },
  {
    what: 'two strategies of which an environment says none',
    text: [
      'deploymentPipeline:',
      '  deployment:',
      '    environments:',
      '      - name: live',
      '        rolling: {}',
      '        recreate: {}',
      '',
    ].join('\n'),
    line: 6,
    rule: /stands beside `rolling`/,
    suggestion: 'Write `strategy: recreate` or `strategy: rolling`.',
  },
];

describe('a wrong belay.yaml', () => {
  test.each(wrong)('with $what is refused at its line', (input) => {
    expectRefusal(input);
  });

  test('is none with the blocks of several strategies where each environment says which it means', () => {
    const text = [
      'rolling: {}',
      'recreate: {}',
      'deploymentPipeline:',
      '  deployment:',
      '    environments:',
      '      - { name: staging, strategy: recreate }',
      '      - { name: live, strategy: rolling }',
      '',
    ].join('\n');
    expect(parse(text).environments.map(({ strategy }) => strategy)).toEqual([
      'recreate',
      'rolling',
    ]);
  });
});
