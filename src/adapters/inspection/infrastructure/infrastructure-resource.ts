/**
 * A resource as its file declares it, whatever the language: Terraform's type names, and property names in snake case,
 * so that one rule reads Terraform, CloudFormation and task definitions alike.
 */
export interface InfrastructureResource {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** From 1; null where it is not known. */
  readonly line: number | null;
  /** `aws_security_group.web`, `Resources.Bucket`. */
  readonly address: string;
  /** `aws_security_group`; a type of CloudFormation that has no name here stays as it is, `AWS::Cloud9::EnvironmentEC2`. */
  readonly type: string;
  readonly properties: Properties;
}

export type Properties = Readonly<Record<string, unknown>>;

/** A value that is only known when the infrastructure is created. Unknown is not safe, and it is not a finding either. */
export class Unresolved {
  /** What stands there instead of a value, for matching references: `aws_s3_bucket.web.id`. Never shown to anyone. */
  constructor(readonly reference: string) {}
}

export type Known<T> = T | Unresolved;

export function isUnresolved(value: unknown): value is Unresolved {
  return value instanceof Unresolved;
}
