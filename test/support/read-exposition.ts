/** One line of Prometheus' text format. */
export interface ExposedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Exposed {
  readonly families: ReadonlyMap<string, 'counter' | 'gauge' | 'histogram'>;
  readonly samples: readonly ExposedSample[];
  /** The one sample with the name and (at least) these labels. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) (.+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`, 's');
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;

/**
 * Reads the text format strictly: HELP then TYPE then samples of each family, once and in one block, no sample twice, only
 * names and suffixes that fit the type, a newline at the end. Throws at the first thing that is not so.
 */
export function readExposition(text: string): Exposed {
  if (!text.endsWith('\n')) throw new Error('no newline at the end');
  const reader = new Reader();
  for (const line of text.slice(0, -1).split('\n')) reader.read(line);
  const { families, samples } = reader;
  const value: Exposed['value'] = (name, labels = {}) => {
    const found = samples.filter((sample) => sample.name === name && holds(sample, labels));
    if (found.length > 1) throw new Error(`several ${name} with ${JSON.stringify(labels)}`);
    return found[0]?.value;
  };
  return { families, samples, value };
}

class Reader {
  readonly families = new Map<string, 'counter' | 'gauge' | 'histogram'>();
  readonly samples: ExposedSample[] = [];
  private readonly seen = new Set<string>();
  private helped = '';
  private current = '';

  read(line: string): void {
    const help = HELP.exec(line)?.[1];
    const [, typed, type] = TYPE.exec(line) ?? [];
    if (help !== undefined) this.begin(help);
    else if (typed !== undefined) this.type(typed, type as 'counter' | 'gauge' | 'histogram');
    else this.sample(line);
  }

  private begin(name: string): void {
    if (this.families.has(name)) throw new Error(`a second family ${name}`);
    this.helped = name;
  }

  private type(name: string, type: 'counter' | 'gauge' | 'histogram'): void {
    if (name !== this.helped) throw new Error(`TYPE of ${name} without its HELP before`);
    this.current = name;
    this.families.set(name, type);
  }

  private sample(line: string): void {
    const sample = readSample(line);
    if (!namesOf(this.current, this.families.get(this.current)).includes(sample.name))
      throw new Error(`${sample.name} inside of ${this.current}`);
    const key = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
    if (this.seen.has(key)) throw new Error(`twice: ${line}`);
    this.seen.add(key);
    this.samples.push(sample);
  }
}

function namesOf(family: string, type: string | undefined): readonly string[] {
  if (type !== 'histogram') return [family];
  return [`${family}_bucket`, `${family}_sum`, `${family}_count`];
}

function readSample(line: string): ExposedSample {
  const [, name, labels = '', number] = SAMPLE.exec(line) ?? [];
  if (name === undefined || number === undefined) throw new Error(`no sample: ${line}`);
  const value = number === '+Inf' ? Infinity : Number(number);
  if (Number.isNaN(value)) throw new Error(`no number: ${line}`);
  return { name, labels: readLabels(labels), value };
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== '';) {
    const [whole, name, value] = LABEL.exec(rest) ?? [];
    if (whole === undefined || name === undefined || value === undefined)
      throw new Error(`no labels: ${text}`);
    if (Object.hasOwn(labels, name)) throw new Error(`label ${name} twice: ${text}`);
    labels[name] = value.replace(/\\([\\"n])/g, (_, character: string) =>
      character === 'n' ? '\n' : character,
    );
    rest = rest.slice(whole.length);
  }
  return labels;
}

function holds(sample: ExposedSample, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => sample.labels[name] === value);
}
