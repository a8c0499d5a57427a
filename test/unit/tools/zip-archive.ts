import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly stored?: boolean;
}

/** A plain zip archive, for tests of what reads one. */
export function zipArchive(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = entry.stored === true ? entry.content : deflateRawSync(entry.content);
    const fields = commonFields(entry, { compressed: data.length, nameLength: name.length });
    const local = Buffer.concat([u32(0x04034b50), fields, name, data]);
    locals.push(local);
    directory.push(
      u32(0x02014b50),
      u16(20),
      fields,
      u16(0),
      u16(0),
      u16(0),
      u32(0),
      u32(offset),
      name,
    );
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    count,
    count,
    u32(central.length),
    u32(offset),
    u16(0),
  ];
  return Buffer.concat([...locals, central, ...end]);
}

function commonFields(
  entry: ZipEntry,
  { compressed, nameLength }: { readonly compressed: number; readonly nameLength: number },
): Buffer {
  const method = u16(entry.stored === true ? 0 : 8);
  const lengths = [u32(compressed), u32(entry.content.length), u16(nameLength), u16(0)];
  return Buffer.concat([u16(20), u16(0), method, u32(0), u32(crc32(entry.content)), ...lengths]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
