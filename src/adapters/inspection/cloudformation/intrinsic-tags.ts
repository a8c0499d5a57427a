import { YAMLMap, YAMLSeq, type CollectionTag, type ScalarTag } from 'yaml';

const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

const NAMES = [
  ...FUNCTIONS.map((name) => [`!${name}`, `Fn::${name}`] as const),
  ['!Ref', 'Ref'] as const,
  ['!Condition', 'Condition'] as const,
];

/** `!Sub x` is short for `{ Fn::Sub: x }`: read as what it stands for, for text, lists and maps. */
export const INTRINSIC_TAGS: readonly (ScalarTag | CollectionTag)[] = NAMES.flatMap(
  ([tag, name]) => [
    { tag, resolve: (value: string) => ({ [name]: value }) },
    { tag, collection: 'seq' as const, nodeClass: wrapping(YAMLSeq, name) },
    { tag, collection: 'map' as const, nodeClass: wrapping(YAMLMap, name) },
  ],
);

type Collection = typeof YAMLSeq | typeof YAMLMap;

function wrapping<C extends Collection>(base: C, name: string): C {
  class Wrapped extends (base as typeof YAMLSeq) {
    override toJSON(...given: Parameters<YAMLSeq['toJSON']>): unknown[] {
      return { [name]: super.toJSON(...given) } as unknown as unknown[];
    }
  }
  return Wrapped as unknown as C;
}
