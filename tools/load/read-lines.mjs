import { open } from 'node:fs/promises';

const chunkBytes = 1 << 20;

/** Calls `take` with every whole line from byte `at` on; answers where the next one begins. */
export async function readLines({ file, at }, take) {
  const handle = await open(file, 'r');
  try {
    const chunk = Buffer.alloc(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, at);
      const end = chunk.subarray(0, bytesRead).lastIndexOf('\n') + 1;
      if (end === 0) return at;
      for (const line of chunk.toString('utf8', 0, end - 1).split('\n')) take(line);
      at += end;
    }
  } finally {
    await handle.close();
  }
}
