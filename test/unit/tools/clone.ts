import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A small project of its own, with this one's packages. */
export class Clone {
  readonly root = mkdtempSync(join(tmpdir(), 'belay-clone-'));

  constructor() {
    symlinkSync(join(__dirname, '../../../node_modules'), join(this.root, 'node_modules'));
  }

  write(path: string, content: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
