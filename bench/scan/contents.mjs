const words =
  'account address amount answer basket branch browser budget cache catalogue channel city client colour column cost country currency customer date delivery discount document driver entry event factor field filter folder format group handler header height history image index invoice item journal language layer letter level limit line list market member message method model module month name network node note number object offer option order owner package page parcel parent partner payment person phone place plan point policy price process product profile project query rate reader reason record region report request result return review role route rule sale sample schedule season section seller service session shelf shop size source stage state station status step stock store street string style subject supplier table target task tax team term text theme ticket time title total track trade type unit update user value version view visit voucher warehouse week weight width window word year zone'.split(
    ' ',
  );

/** What the files of one kind hold; `bytes` is about how much. */
export const kinds = {
  javascript: {
    extension: 'js',
    content: (bytes, random) => repeated(bytes, () => jsBlock(random)),
  },
  typescript: {
    extension: 'ts',
    content: (bytes, random) => repeated(bytes, () => tsBlock(random)),
  },
  json: { extension: 'json', content: json },
  yaml: { extension: 'yaml', content: (bytes, random) => repeated(bytes, () => yamlBlock(random)) },
  markdown: { extension: 'md', content: (bytes, random) => repeated(bytes, () => mdBlock(random)) },
  environment: {
    extension: 'env',
    content: (bytes, random) =>
      repeated(
        bytes,
        () => `${word(random).toUpperCase()}_${word(random).toUpperCase()}=${word(random)}\n`,
      ),
  },
  minified: {
    extension: 'min.js',
    content: (bytes, random) => `!function(){${repeated(bytes, () => minified(random))}}();`,
  },
  binary: { extension: 'png', content: binary },
};

function repeated(bytes, block) {
  const blocks = [];
  for (let length = 0; length < bytes;) {
    const text = block();
    blocks.push(text);
    length += text.length;
  }
  return blocks.join('');
}

function jsBlock(random) {
  const [one, other, third] = names(random, 3);
  return `/** Answers the ${one} of a ${other}. */\nexport function ${camel(one, other, random)}(${other}, options = {}) {\n  const ${one} = ${other}.${third} ?? options.${third};\n  if (${one} === undefined) throw new Error('no ${third} for ${other}');\n  return { ...${other}, id: '${uuid(random)}', ${third}: ${one}, rate: ${number(random)} };\n}\n\n`;
}

function tsBlock(random) {
  const [one, other, third] = names(random, 3);
  return `export interface ${capital(one)}${capital(other)}${number(random)} {\n  readonly ${third}: string;\n  readonly ${one}Key: number;\n  readonly ${other}?: readonly ${capital(third)}[];\n}\n\nconst ${camel(one, third, random)}: Record<string, number> = { ${other}: ${number(random)} };\n\n`;
}

function json(bytes, random) {
  const entries = [];
  for (let length = 0; length < bytes;) {
    const [one, other] = names(random, 2);
    const entry = `  "${one}-${other}-${entries.length}": { "version": "${number(random)}.${number(random)}.0", "integrity": "sha512-${base64(86, random)}==", "${one}": "${other}" }`;
    entries.push(entry);
    length += entry.length;
  }
  return `{\n${entries.join(',\n')}\n}\n`;
}

function yamlBlock(random) {
  const [one, other, third] = names(random, 3);
  return `- ${one}:\n    ${other}: ${third}\n    digest: sha256:${hex(64, random)}\n    ${third}: ${number(random)}\n`;
}

function mdBlock(random) {
  const sentence = names(random, 14).join(' ');
  return `## ${capital(word(random))} ${word(random)}\n\n${capital(sentence)}. See [${word(random)}](https://docs.internal/${word(random)}/${hex(7, random)}).\n\n\`\`\`js\nconst ${word(random)} = process.env.${word(random).toUpperCase()}_TOKEN;\n\`\`\`\n\n`;
}

function minified(random) {
  const letter = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)];
  return `function ${letter}(t,e){return t.${word(random)}?e("${word(random)}-${word(random)}",${number(random)}):t[${number(random)}]}var ${letter}${number(random)}={${word(random)}:"${hex(8, random)}"};`;
}

function binary(bytes, random) {
  const content = Buffer.alloc(bytes);
  content.write('\x89PNG\r\n\x1a\n\0', 'latin1');
  for (let at = 16; at < bytes; at += 1) content[at] = Math.floor(random() * 256);
  return content;
}

const camel = (one, other, random) => `${one}${capital(other)}${number(random)}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const number = (random) => Math.floor(random() * 10_000);
const word = (random) => words[Math.floor(random() * words.length)];
const names = (random, count) => Array.from({ length: count }, () => word(random));
const uuid = (random) => [8, 4, 4, 4, 12].map((length) => hex(length, random)).join('-');
const hex = (length, random) => of('0123456789abcdef', length, random);
const base64 = (length, random) =>
  of('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', length, random);

function of(alphabet, length, random) {
  let text = '';
  for (let at = 0; at < length; at += 1) text += alphabet[Math.floor(random() * alphabet.length)];
  return text;
}
