import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import type { Component } from '../../../src/domain/checks/component';
import { toCycloneDx } from '../../../src/domain/checks/cyclonedx';
import type { Finding } from '../../../src/domain/checks/finding';

const SCHEMAS = join(__dirname, '../../../node_modules/@cyclonedx/cyclonedx-library/res/schema');

function readSchema(name: string): object {
  return JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')) as object;
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('iri-reference', true);
ajv.addFormat('idn-email', true);
for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
  // Referred to by the name of the file, which is not the name that the schema gives itself.
  ajv.addSchema({ ...readSchema(name), $id: `http://cyclonedx.org/schema/${name}` });
}
const isValid = ajv.compile(readSchema('bom-1.6.SNAPSHOT.schema.json'));

function expectValid(document: object): void {
  isValid(document);
  expect(isValid.errors ?? []).toEqual([]);
}

function component(parts: Partial<Component> = {}): Component {
  return {
    ecosystem: 'npm',
    name: 'left-pad',
    version: '1.3.0',
    purl: 'pkg:npm/left-pad@1.3.0',
    lockfile: 'package-lock.json',
    line: 4,
    source: { kind: 'registry', host: null, secure: true },
    hashes: [{ algorithm: 'sha512', hex: '0'.repeat(128) }],
    licence: 'MIT',
    licenceIsSpdx: true,
    dev: false,
    hasInstallScript: false,
    direct: true,
    deprecated: false,
    ...parts,
  };
}

const ABOUT = {
  name: 'shop',
  version: '1.0.0',
  atMs: Date.UTC(2026, 10, 23),
  digest: `sha256:${'ab'.repeat(32)}`,
};

const LODASH = { name: 'lodash', version: '4.17.0', purl: 'pkg:npm/lodash@4.17.0' };

const FINDING: Finding = {
  scanner: 'vulnerabilities',
  ruleId: 'BELAY-FIXTURE-1',
  severity: 'critical',
  severityFrom: 'cvss',
  title: 'lodash 4.17.0 has a known vulnerability',
  location: null,
  fingerprint: `v1:${'0'.repeat(32)}`,
  state: 'active',
  suppression: null,
  aliases: ['BELAY-FIXTURE-1-ALIAS'],
  component: LODASH,
  fix: { key: 'upgrade:pkg:npm/lodash@4.17.21', sentence: 'Upgrade lodash to 4.17.21.' },
  cvss: 9.8,
  sources: ['belay'],
};

describe('the CycloneDX bill of materials', () => {
  it('is valid by the schema of CycloneDX 1.6', () => {
    const components = [
      component(),
      component({ name: '@scope/thing', purl: 'pkg:npm/%40scope/thing@1.3.0', dev: true }),
      component({ ...LODASH, licence: 'SEE LICENSE IN x', licenceIsSpdx: false, hashes: [] }),
    ];
    const document = toCycloneDx({ components, vulnerabilities: [FINDING] }, ABOUT);
    expectValid(document);
    expect(document).toMatchObject({
      specVersion: '1.6',
      serialNumber: 'urn:uuid:abababab-abab-8bab-8bab-abababababab',
      metadata: { timestamp: '2026-11-23T00:00:00.000Z', component: { name: 'shop' } },
      vulnerabilities: [{ id: 'BELAY-FIXTURE-1', affects: [{ ref: LODASH.purl }] }],
    });
  });

  it('is valid without components, without a digest and without a word on vulnerabilities', () => {
    const { digest: _, ...about } = ABOUT;
    const document = toCycloneDx({ components: [] }, about);
    expectValid(document);
    expect(document).not.toHaveProperty('serialNumber');
    expect(document).not.toHaveProperty('vulnerabilities');
  });

  it('names each package once, with every lockfile that pins it, needed where any of them needs it', () => {
    const components = [
      component({ dev: true }),
      component({ lockfile: 'web/package-lock.json' }),
      component({ dev: true, line: 9 }),
    ];
    const document = toCycloneDx({ components }, ABOUT) as { components: unknown[] };
    expect(document.components).toMatchObject([
      {
        'bom-ref': 'pkg:npm/left-pad@1.3.0',
        scope: 'required',
        properties: [{ value: 'package-lock.json' }, { value: 'web/package-lock.json' }],
      },
    ]);
  });

  it('says the same whatever order the components come in, and is always valid', () => {
    const arbitrary = fc.record({
      name: fc.constantFrom('a', 'b', '@s/c'),
      version: fc.constantFrom('1.0.0', '2.0.0-rc.1'),
      dev: fc.boolean(),
      lockfile: fc.constantFrom('package-lock.json', 'web/package-lock.json'),
      licence: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
    });
    const named = arbitrary.map((parts) =>
      component({
        ...parts,
        licenceIsSpdx: false,
        purl: `pkg:npm/${encodeURIComponent(parts.name)}@${parts.version}`,
      }),
    );
    const shuffled = fc
      .uniqueArray(named, { maxLength: 8, selector: ({ purl, lockfile }) => `${purl} ${lockfile}` })
      .chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const document = toCycloneDx({ components: one }, ABOUT);
        expect(toCycloneDx({ components: other }, ABOUT)).toEqual(document);
        expectValid(document);
      }),
      { numRuns: 50 },
    );
  });
});
