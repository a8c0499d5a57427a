/**
 * The part of SARIF 2.1.0 (OASIS Standard, March 2020) that Belay writes. Property names are the format's own; times
 * are ISO 8601 in UTC, paths are URI references relative to `%SRCROOT%`.
 */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
  readonly properties: SarifProperties;
}

export type SarifProperties = Readonly<Record<string, unknown>>;

export interface SarifRun {
  readonly tool: {
    readonly driver: SarifDriver;
    readonly extensions?: readonly SarifComponent[];
  };
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly SarifInvocation[];
  readonly originalUriBaseIds: {
    readonly '%SRCROOT%': { readonly description: SarifText };
  };
  readonly artifacts: readonly { readonly location: SarifArtifactLocation }[];
  readonly results: readonly SarifResult[];
  readonly columnKind: 'utf16CodeUnits';
  readonly properties: SarifProperties;
}

export interface SarifComponent {
  readonly name: string;
  readonly version?: string;
  readonly properties?: SarifProperties;
}

export interface SarifDriver extends SarifComponent {
  readonly rules: readonly SarifRule[];
}

export interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: SarifProperties;
}

export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly startTimeUtc: string;
  readonly endTimeUtc: string;
  readonly toolExecutionNotifications: readonly SarifNotification[];
}

export interface SarifNotification {
  readonly descriptor: { readonly id: string };
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations?: readonly SarifLocation[];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail';
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly [SarifLocation];
  readonly partialFingerprints?: Readonly<Record<string, string>>;
  readonly suppressions?: readonly SarifSuppression[];
  readonly properties: SarifProperties;
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: SarifArtifactLocation;
    readonly region?: { readonly startLine: number };
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
}

export interface SarifArtifactLocation {
  readonly uri: string;
  readonly uriBaseId: '%SRCROOT%';
  readonly index?: number;
}

export interface SarifSuppression {
  readonly kind: 'external';
  readonly status: 'accepted';
  readonly justification: string;
  readonly properties: SarifProperties;
}

export interface SarifText {
  readonly text: string;
}

export type SarifLevel = 'error' | 'warning' | 'note';
