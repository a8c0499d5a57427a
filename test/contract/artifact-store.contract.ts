import type { ArtifactStore } from '../../src/ports/artifact-store';

/** `folder` makes a source with these texts and answers its path; `missing` is a path where there is none. */
export interface ArtifactStoreUnderTest {
  readonly store: ArtifactStore;
  readonly folder: (files: Readonly<Record<string, string>>) => Promise<string>;
  readonly missing: string;
}

const UNKNOWN = `sha256:${'0'.repeat(64)}`;
const { signal } = new AbortController();

export function describeArtifactStore(name: string, make: () => Promise<ArtifactStoreUnderTest>) {
  const put = ({ store }: ArtifactStoreUnderTest, path: string) =>
    store.put({ kind: 'files', path, commit: null }, signal);

  describe(`the artifact store ${name}`, () => {
    it('answers the digest, the files and the bytes of what it took in', async () => {
      const under = await make();
      const stored = await put(
        under,
        await under.folder({ 'server.js': 'hello', 'lib/a.js': 'abc' }),
      );
      expect(stored).toEqual({
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        files: 2,
        bytes: 8,
      });
    });

    it('knows the digest of a folder without taking it in', async () => {
      const under = await make();
      const path = await under.folder({ 'server.js': 'hello', 'lib/a.js': 'abc', 'a.js': '1' });
      const source = { kind: 'files', path, commit: null } as const;
      const digest = await under.store.digest(source, signal);
      await expect(under.store.manifest(digest)).rejects.toMatchObject({
        code: 'ARTIFACT_MISSING',
      });
      expect((await put(under, path)).digest).toBe(digest);
    });

    it('describes what it holds, sorted by path', async () => {
      const under = await make();
      const { digest } = await put(
        under,
        await under.folder({ 'server.js': 'hello', 'lib/a.js': 'abc' }),
      );
      expect(await under.store.manifest(digest)).toEqual({
        manifestVersion: 1,
        entries: [
          {
            type: 'file',
            path: 'lib/a.js',
            executable: false,
            bytes: 3,
            sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
          },
          {
            type: 'file',
            path: 'server.js',
            executable: false,
            bytes: 5,
            sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
          },
        ],
      });
    });

    it('gives the same bytes the same digest, wherever they came from', async () => {
      const under = await make();
      const first = await put(under, await under.folder({ 'server.js': 'hello' }));
      const second = await put(under, await under.folder({ 'server.js': 'hello' }));
      expect(second).toEqual(first);
    });

    it('gives other bytes and other names another digest', async () => {
      const under = await make();
      const digests = await Promise.all(
        [{ 'server.js': 'hello' }, { 'server.js': 'hallo' }, { 'index.js': 'hello' }].map(
          async (files) => (await put(under, await under.folder(files))).digest,
        ),
      );
      expect(new Set(digests).size).toBe(3);
    });

    it('refuses a source that is not there', async () => {
      const under = await make();
      await expect(put(under, under.missing)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    });

    it('refuses a source without a file', async () => {
      const under = await make();
      const empty = await under.folder({});
      await expect(put(under, empty)).rejects.toMatchObject({ code: 'ARTIFACT_EMPTY' });
    });

    it('has no manifest of what it never took in', async () => {
      const { store } = await make();
      await expect(store.manifest(UNKNOWN)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    });

    it('keeps a document beside an artifact that it has, as often as it comes', async () => {
      const under = await make();
      const { digest } = await put(under, await under.folder({ 'server.js': 'hello' }));
      await under.store.attach(digest, 'verification.json', { passed: false });
      await under.store.attach(digest, 'verification.json', { passed: true });
      await expect(under.store.attach(UNKNOWN, 'verification.json', {})).rejects.toMatchObject({
        code: 'ARTIFACT_MISSING',
      });
      expect((await under.store.manifest(digest)).entries).toHaveLength(1);
    });

    it('answers the document that was kept last, and null where none was', async () => {
      const under = await make();
      const { digest } = await put(under, await under.folder({ 'server.js': 'hello' }));
      await under.store.attach(digest, 'verification.json', { passed: false });
      await under.store.attach(digest, 'verification.json', { passed: true });
      expect(await under.store.attached(digest, 'verification.json')).toEqual({ passed: true });
      expect(await under.store.attached(digest, 'another.json')).toBeNull();
      expect(await under.store.attached(UNKNOWN, 'verification.json')).toBeNull();
    });

    it('names the artifacts beside which a document is kept', async () => {
      const under = await make();
      expect(await under.store.artifactsWith('verification.json')).toEqual([]);
      const { digest } = await put(under, await under.folder({ 'server.js': 'hello' }));
      await put(under, await under.folder({ 'server.js': 'hallo' }));
      await under.store.attach(digest, 'verification.json', {});
      expect(await under.store.artifactsWith('verification.json')).toEqual([digest]);
    });

    it('answers what it took in when every byte is as it was stored', async () => {
      const under = await make();
      const stored = await put(under, await under.folder({ 'server.js': 'hello' }));
      expect(await under.store.check(stored.digest, signal)).toEqual(stored);
    });

    it('cannot check what it never took in', async () => {
      const { store } = await make();
      const attempt = store.check(UNKNOWN, signal);
      await expect(attempt).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    });

    it('stops a check when it is told to', async () => {
      const under = await make();
      const { digest } = await put(under, await under.folder({ 'server.js': 'hello' }));
      const attempt = under.store.check(digest, AbortSignal.abort());
      await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    });

    it('stops when it is told to', async () => {
      const under = await make();
      const path = await under.folder({ 'server.js': 'hello' });
      const attempt = under.store.put({ kind: 'files', path, commit: null }, AbortSignal.abort());
      await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    });
  });
}
