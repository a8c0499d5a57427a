import { statusFrame } from '../../../src/cli/output/status-frame';
import { widthOf, type Style } from '../../../src/cli/output/style';
import { FRAMES, NOW_MS } from './live-samples';

const STYLE: Style = { color: false, unicode: true, columns: 100 };
const names = Object.keys(FRAMES);

function frame(name: string, change: Partial<Style> = {}): readonly string[] {
  const view = FRAMES[name]!();
  return statusFrame(view, { ...STYLE, ...change }, NOW_MS);
}

describe.each(names)('%s', (name) => {
  test.each([60, 80, 120])('at %i columns', (columns) => {
    const lines = frame(name, { columns });
    expect(lines.join('\n')).toMatchSnapshot();
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  test('in ASCII', () => {
    const lines = frame(name, { columns: 80, unicode: false });
    expect(lines.join('\n')).toMatchSnapshot();
    expect(lines.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('colour adds no cell and takes no word away', () => {
    const coloured = frame(name, { color: true });
    const bare = coloured.map((line) => line.replace(/\u001b\[\d+m/g, ''));
    expect(bare).toEqual(frame(name));
  });
});
