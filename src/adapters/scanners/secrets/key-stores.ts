import type { Finding } from '../../../domain/checks/finding';
import type { InventoryFile } from '../../../domain/checks/inventory';
import { secretFinding, secretFingerprint } from '../../inspection/secret-rules/findings-of-hits';
import type { SecretRule } from '../../inspection/secret-rules/rule';

const KEY_STORE = /\.(?:p12|pfx|jks|keystore)$/i;

const RULE: SecretRule = { id: 'key-store', severity: 'high', title: 'A store of private keys' };

/** Files that hold private keys in a binary form: their names give them away. */
export function keyStoreFindings(
  files: readonly InventoryFile[],
  key: Uint8Array,
): readonly Finding[] {
  return files
    .filter(({ path }) => KEY_STORE.test(path))
    .map(({ path, sha256 }) =>
      secretFinding(
        { rule: RULE, sources: ['belay'] },
        { path, line: null, fingerprint: secretFingerprint(key, path, sha256) },
      ),
    );
}
