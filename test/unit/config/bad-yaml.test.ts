import { errorOf, expectRefusal, parse, problemsOf } from './support';
import type { Wrong } from './support';

const wrong: readonly Wrong[] = [
  {
    what: 'a broken flow sequence',
    text: 'service: shop\nrun: [node, server.js\nlisten: 8080\n',
    line: 3,
    rule: /not valid YAML/,
  },
  {
    what: 'a quote that never closes',
    text: 'service: "shop\n',
    line: 2,
    rule: /not valid YAML: Missing closing/,
  },
  {
    what: 'a duplicate key',
    text: 'service: shop\nlisten: 8080\nservice: other\n',
    line: 3,
    column: 1,
    rule: /same key stands twice/,
    suggestion: 'Keep one of them.',
  },
  {
    what: 'a tab as indentation',
    text: 'service: shop\nhealth:\n\tpath: /health\n',
    line: 3,
    rule: /tab/,
    suggestion: 'Replace it by spaces.',
  },
  {
    what: 'an empty file',
    text: '',
    line: 1,
    rule: /the file is empty/,
    suggestion: /minimal\.yaml/,
  },
  { what: 'a file of comments', text: '# later\n', line: 1, rule: /the file is empty/ },
  {
    what: 'a list instead of a mapping',
    text: '- service: shop\n',
    line: 1,
    rule: /the file must be a mapping, not a list/,
  },
  {
    what: 'a lone text instead of a mapping',
    text: 'shop\n',
    line: 1,
    rule: /the file must be a mapping, not "shop"/,
  },
  {
    what: 'a second document',
    text: 'service: shop\n---\nservice: b\n',
    line: 2,
    rule: /second YAML document/,
  },
  { what: 'an alias without an anchor', text: 'run: *command\n', line: 1, rule: /anchor/ },
  { what: 'an alias inside its own anchor', text: 'env: &a\n  X: *a\n', line: 2, rule: /anchor/ },
  { what: 'a tag', text: 'service: !!js/function shop\n', line: 1, rule: /tags/ },
  {
    what: 'a list as a key',
    text: 'service: shop\n? [a]\n: 2\n',
    line: 2,
    rule: /where a key must be/,
  },
];

describe('a text that is no configuration', () => {
  test.each(wrong)('with $what is refused at its line', (input) => {
    expectRefusal(input);
  });

  test('with aliases that grow without end is refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 0; level < 8; level += 1) {
      const previous = String.fromCharCode(97 + level);
      const next = String.fromCharCode(98 + level);
      bomb.push(`${next}: &${next} [${Array(10).fill(`*${previous}`).join(', ')}]`);
    }
    expect(problemsOf(bomb.join('\n'))[0]?.rule).toMatch(/alias/);
  });

  test('with bytes that steer a terminal is shown without them', () => {
    const { message } = errorOf(() => parse('service: "\u001b[2Jshop"\n"\u001b]0;x": 1\n'));
    expect(message.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('of nothing but brackets or dashes is refused where it becomes too deep', () => {
    for (const bracket of ['[', '{', '- ', '? ']) {
      const [problem, ...others] = problemsOf(`service: shop\n${bracket.repeat(50_000)}`);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ line: 2, rule: expect.stringMatching(/nest/) as string });
    }
  });

  test('with a query that is not quoted is one problem, not one for each of its tokens', () => {
    const text = 'service: shop\nm: { events: sum(x{revision="$revision"}[$window]), of: y }\n';
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 2 });
  });
});
