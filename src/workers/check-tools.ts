import { createAdvisorySources } from '../adapters/advisories/advisory-sources';
import { createFileArtifactStore } from '../adapters/artifacts/file-artifact-store';
import { createFileCheckCache } from '../adapters/check-cache/file-check-cache';
import { fingerprintKey } from '../adapters/fingerprint-key';
import { readComponents } from '../adapters/inspection/components/read-components';
import { takeInventory } from '../adapters/inspection/inventory/take-inventory';
import { createComplianceScanner } from '../adapters/scanners/compliance/compliance-scanner';
import { createContainerScanner } from '../adapters/scanners/container/container-scanner';
import { createDependencyScanner } from '../adapters/scanners/dependencies/dependency-scanner';
import { withExternalTools } from '../adapters/scanners/external/with-external-tools';
import { createSecretScanner } from '../adapters/scanners/secrets/secret-scanner';
import { createVulnerabilityScanner } from '../adapters/scanners/vulnerabilities/vulnerability-scanner';
import { createTestRunner } from '../adapters/test-runner/test-runner';
import { createAssetValidator } from '../adapters/validators/assets/asset-validator';
import { createConfigurationValidator } from '../adapters/validators/configuration/configuration-validator';
import { createDependencyValidator } from '../adapters/validators/dependencies/dependency-validator';
import { createSyntaxValidator } from '../adapters/validators/syntax/syntax-validator';
import { toCycloneDx } from '../domain/checks/cyclonedx';
import { BelayError } from '../domain/errors';
import type { CheckTools } from '../ports/check-tools';

export interface CheckSurroundings {
  /** Where the key of the fingerprints, kept results and stored artifacts lie. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws BelayError `INTERNAL` where the lockfiles could not be read: an empty bill would say that nothing ships */
const billOfMaterials: CheckTools['bill'] = async (subject, context) => {
  const { components, broken } = await readComponents(subject, context);
  if (broken === null) {
    return toCycloneDx({ components }, { ...context, digest: subject.inventory.digest });
  }
  throw new BelayError(
    'INTERNAL',
    `The bill of materials could not be made: ${broken.reason}. No traffic was touched.`,
    { next: 'Try again; `belay verify DIR --sbom FILE` shows it on its own.' },
  );
};

/** Everything that looks at an artifact, on this host. Free of Temporal: `belay verify` uses the same. */
export async function createCheckTools({ home, env }: CheckSurroundings): Promise<CheckTools> {
  const key = await fingerprintKey({ home, env });
  const store = createFileArtifactStore({ home });
  const external = { fingerprintKey: key };
  return {
    inventory: takeInventory,
    validators: [
      createSyntaxValidator(),
      createDependencyValidator(),
      createConfigurationValidator(),
      createAssetValidator({ manifest: (artifact) => store.manifest(artifact) }),
    ],
    scanners: [
      createVulnerabilityScanner({ openSources: createAdvisorySources({ env }), clock: Date.now }),
      createSecretScanner({ fingerprintKey: key }),
      createDependencyScanner(),
      createComplianceScanner(),
      createContainerScanner({ fingerprintKey: key }),
    ].map((scanner) => withExternalTools(scanner, external)),
    tests: createTestRunner(),
    cache: createFileCheckCache({ home }),
    bill: billOfMaterials,
  };
}
