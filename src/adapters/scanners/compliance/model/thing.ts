import type {
  InfrastructureResource,
  Known,
} from '../../../inspection/infrastructure/infrastructure-resource';

/** Where a thing is declared. `address` is what a person finds it by. */
export type Place = Pick<InfrastructureResource, 'path' | 'line' | 'address'>;

/** Traffic that a firewall lets in. */
export interface Opening extends Place {
  readonly kind: 'opening';
  readonly fromPort: Known<number>;
  readonly toPort: Known<number>;
  readonly everyProtocol: Known<boolean>;
  /** From any address of the internet. */
  readonly world: Known<boolean>;
}

export interface Bucket extends Place {
  readonly kind: 'bucket';
  /** `private`, `public-read`, … */
  readonly acl: Known<string>;
  readonly blocksPublicAccess: Known<boolean>;
  readonly encrypted: Known<boolean>;
  readonly versioned: Known<boolean>;
  readonly logged: Known<boolean>;
}

/** One statement of a policy that allows something. */
export interface Grant extends Place {
  readonly kind: 'grant';
  /** `identity`: what its holder may do; `trust`: who may take a role; `resource`: who may use a resource. */
  readonly of: 'identity' | 'trust' | 'resource';
  readonly everyAction: Known<boolean>;
  /** `s3:*` */
  readonly everyActionOfService: Known<boolean>;
  readonly everyResource: Known<boolean>;
  readonly anyone: Known<boolean>;
  readonly allBut: boolean;
  readonly conditional: boolean;
}

/** A disk, a file system, a queue, a topic: something that holds data. */
export interface Store extends Place {
  readonly kind: 'store';
  readonly what: 'volume' | 'file system' | 'queue' | 'topic';
  readonly encrypted: Known<boolean>;
}

export interface Database extends Place {
  readonly kind: 'database';
  readonly isPublic: Known<boolean>;
  readonly encrypted: Known<boolean>;
  readonly backupDays: Known<number>;
  readonly multiZone: Known<boolean>;
  readonly deletionProtected: Known<boolean>;
}

export interface Cache extends Place {
  readonly kind: 'cache';
  readonly encryptedAtRest: Known<boolean>;
  readonly encryptedInTransit: Known<boolean>;
}

export interface Listener extends Place {
  readonly kind: 'listener';
  readonly protocol: Known<string>;
  readonly redirects: Known<boolean>;
  /** Empty: the default of the provider. */
  readonly tlsPolicy: Known<string>;
}

export interface LoadBalancer extends Place {
  readonly kind: 'load-balancer';
  readonly isPublic: Known<boolean>;
  readonly logged: Known<boolean>;
  readonly deletionProtected: Known<boolean>;
}

export interface Machine extends Place {
  readonly kind: 'machine';
  readonly sessionMetadataOnly: Known<boolean>;
  readonly publicAddress: Known<boolean>;
}

export interface Task extends Place {
  readonly kind: 'task';
  readonly hostNetwork: Known<boolean>;
  readonly hostProcesses: Known<boolean>;
  /** Folders of the host that it sees. */
  readonly hostPaths: readonly Known<string>[];
}

export interface Container extends Place {
  readonly kind: 'container';
  readonly privileged: Known<boolean>;
  /** Empty: what the image says. */
  readonly user: Known<string>;
  readonly addedCapabilities: readonly Known<string>[];
  readonly logged: Known<boolean>;
  readonly readonlyRoot: Known<boolean>;
  /** Names of plain variables whose names speak of secrets and whose values are written down. */
  readonly plainSecrets: readonly string[];
}

export interface EncryptionKey extends Place {
  readonly kind: 'encryption-key';
  readonly rotates: Known<boolean>;
}

export interface Trail extends Place {
  readonly kind: 'trail';
  readonly on: Known<boolean>;
  readonly validated: Known<boolean>;
}

export interface Registry extends Place {
  readonly kind: 'registry';
  readonly fixedTags: Known<boolean>;
  readonly scansOnPush: Known<boolean>;
}

export interface KubernetesCluster extends Place {
  readonly kind: 'kubernetes-cluster';
  readonly openToWorld: Known<boolean>;
}

/** A secret written where it is declared. */
export interface WrittenSecret extends Place {
  readonly kind: 'written-secret';
  /** The name of the property. Never its value. */
  readonly property: string;
}

/** A variable whose name speaks of a secret. */
export interface SecretVariable extends Place {
  readonly kind: 'secret-variable';
  readonly hidden: Known<boolean>;
}

/** How many of something run for us. */
export interface Fleet extends Place {
  readonly kind: 'fleet';
  readonly least: number;
}

/** The deployment as its configuration describes it. */
export interface Service extends Place {
  readonly kind: 'service';
  readonly approvalRequired: boolean;
  readonly healthChecked: boolean;
  readonly plainSecrets: readonly string[];
  /** Null: it listens on no port. */
  readonly port: number | null;
}

/** A network of our own block. */
export interface Network extends Place {
  readonly kind: 'network';
  readonly holdsData: boolean;
  /** Null: it names no subnets. */
  readonly privateSubnets: number | null;
  readonly publicBalancer: boolean;
  readonly balancerHealthChecked: boolean;
  /** Bits of the widest network it names; null: none. */
  readonly widestPrefixBits: number | null;
}

export type Thing =
  | Opening
  | Bucket
  | Grant
  | Store
  | Database
  | Cache
  | Listener
  | LoadBalancer
  | Machine
  | Task
  | Container
  | EncryptionKey
  | Trail
  | Registry
  | KubernetesCluster
  | WrittenSecret
  | SecretVariable
  | Fleet
  | Service
  | Network;

export type ThingKind = Thing['kind'];
