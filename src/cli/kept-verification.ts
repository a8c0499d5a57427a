import {
  readVerificationFile,
  verificationName,
  type VerificationFile,
} from '../domain/checks/verification-file';
import type { CliContext } from './context';

/** What the checks said of this deployment, as it was kept beside its artifact; null: nothing of its own. */
export async function keptVerification(
  deploymentId: string,
  { adapters }: CliContext,
): Promise<VerificationFile | null> {
  const { artifacts } = adapters();
  const name = verificationName(deploymentId);
  for (const artifact of await artifacts.artifactsWith(name)) {
    const file = readVerificationFile(await artifacts.attached(artifact, name));
    if (file !== null) return file;
  }
  return null;
}
