/**
 * Which examples are planted: of each rule some, spread over the forms that it has. Fewer than what one report holds.
 *
 * @param {readonly {rule: string, path: string, text: string}[]} examples
 * @param {{ofEach: number, random: () => number}} options
 */
export function choosePlants(examples, { ofEach, random }) {
  const byRule = Map.groupBy ? Map.groupBy(examples, ({ rule }) => rule) : groupByRule(examples);
  return [...byRule.values()].flatMap((ofRule) => shuffled(ofRule, random).slice(0, ofEach));
}

function groupByRule(examples) {
  const groups = new Map();
  for (const example of examples)
    groups.set(example.rule, [...(groups.get(example.rule) ?? []), example]);
  return groups;
}

function shuffled(list, random) {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0]);
}

/** The text with the example on lines of its own, and which lines these are, from 1. */
export function plantedIn(text, example, random) {
  const lines = text.split('\n');
  const at = Math.floor(random() * lines.length);
  const own = example.split('\n');
  return {
    text: [...lines.slice(0, at), ...own, ...lines.slice(at)].join('\n'),
    from: at + 1,
    to: at + own.length,
  };
}

/**
 * How many of the plants a tool found: anything on one of their lines counts, whatever it is called, and a finding
 * without lines is about the whole file.
 *
 * @param {readonly {path: string, from: number, to: number}[]} plants
 * @param {readonly {path: string, from: number | null, to: number | null}[]} findings
 * @returns {boolean[]} for each plant
 */
export function foundPlants(plants, findings) {
  const byPath = new Map();
  for (const finding of findings)
    byPath.set(finding.path, [...(byPath.get(finding.path) ?? []), finding]);
  return plants.map(({ path, from, to }) =>
    (byPath.get(path) ?? []).some(
      (found) => found.from === null || (found.from <= to && found.to >= from),
    ),
  );
}
