import type { Digest } from '../revision';

/** What a verification is about, for whoever reads it later. */
export interface VerificationSubject {
  /** A folder, as it was named, or a deployment's id. */
  readonly what: string;
  /** The stored artifact; null for a folder as it lies there. */
  readonly artifact: Digest | null;
  readonly commit: string | null;
  /** Epoch ms. */
  readonly verifiedAtMs: number;
  /** Over the list of everything that was there to be looked at; null where that list could not be made. */
  readonly inventoryDigest: string | null;
  /** Of Belay. */
  readonly version: string;
}
