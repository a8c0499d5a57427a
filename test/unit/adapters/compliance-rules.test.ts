import { applyRules } from '../../../src/adapters/scanners/compliance/apply-rules';
import { thingsOf } from '../../../src/adapters/scanners/compliance/read/things';
import { ALL_RULES } from '../../../src/adapters/scanners/compliance/rules/all-rules';
import {
  readInfrastructure,
  type InfrastructureText,
} from '../../../src/adapters/inspection/infrastructure/read-infrastructure';

interface Found {
  readonly rules: readonly string[];
  readonly undecided: readonly string[];
}

async function found(file: InfrastructureText): Promise<Found> {
  const { groups, unread } = await readInfrastructure([file]);
  expect(unread).toEqual([]);
  const { findings, undecided } = applyRules(groups.flatMap(thingsOf), { production: true });
  return { rules: findings.map(({ ruleId }) => ruleId), undecided: [...undecided.values()].flat() };
}

function terraform(type: string, body: string): Promise<Found> {
  const text = `resource "${type}" "x" {\n${body}\n}\n`;
  return found({ path: 'main.tf', kind: 'terraform', text });
}

function template(type: string, properties: string): Promise<Found> {
  const text = `Resources:\n  X:\n    Type: ${type}\n    Properties: ${properties}\n`;
  return found({ path: 'stack.yaml', kind: 'cloudformation', text });
}

/** The same mistake in both languages, and the same thing done well. */
const PAIRS: readonly {
  readonly rule: string;
  readonly terraform: readonly [type: string, bad: string, good: string];
  readonly template?: readonly [type: string, bad: string, good: string];
}[] = [
  {
    rule: 'open-remote-access',
    terraform: [
      'aws_security_group_rule',
      'type = "ingress"\nfrom_port = 0\nto_port = 65535\nprotocol = "tcp"\nipv6_cidr_blocks = ["::/0"]',
      'type = "egress"\nfrom_port = 0\nto_port = 65535\nprotocol = "tcp"\nipv6_cidr_blocks = ["::/0"]',
    ],
    template: [
      'AWS::EC2::SecurityGroupIngress',
      '{IpProtocol: -1, CidrIpv6: "::/0"}',
      '{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIpv6: "::/0"}',
    ],
  },
  {
    rule: 'open-data-port',
    terraform: [
      'aws_vpc_security_group_ingress_rule',
      'from_port = 5432\nto_port = 5432\nip_protocol = "tcp"\ncidr_ipv4 = "0.0.0.0/0"',
      'from_port = 5432\nto_port = 5432\nip_protocol = "tcp"\ncidr_ipv4 = "10.0.0.0/8"',
    ],
    template: [
      'AWS::EC2::SecurityGroup',
      '{SecurityGroupIngress: {IpProtocol: tcp, FromPort: 3306, ToPort: 3306, CidrIp: 0.0.0.0/0}}',
      '{SecurityGroupIngress: {IpProtocol: tcp, FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: sg-1}}',
    ],
  },
  {
    rule: 'open-port',
    terraform: [
      'aws_security_group',
      'ingress {\nfrom_port = 8080\nto_port = 8080\nprotocol = "tcp"\ncidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]\n}',
      'ingress {\nfrom_port = 80\nto_port = 80\nprotocol = "tcp"\ncidr_blocks = ["0.0.0.0/0"]\n}',
    ],
  },
  {
    rule: 'bucket-public-write',
    terraform: ['aws_s3_bucket', 'acl = "public-read-write"', 'acl = "private"'],
    template: [
      'AWS::S3::Bucket',
      '{AccessControl: PublicReadWrite}',
      '{AccessControl: BucketOwnerFullControl}',
    ],
  },
  {
    rule: 'bucket-not-encrypted',
    terraform: ['aws_s3_bucket', '', 'server_side_encryption_configuration {\nrule {}\n}'],
    template: [
      'AWS::S3::Bucket',
      '{}',
      '{BucketEncryption: {ServerSideEncryptionConfiguration: []}}',
    ],
  },
  {
    rule: 'database-without-backup',
    terraform: ['aws_db_instance', 'backup_retention_period = 0', 'backup_retention_period = 7'],
    template: [
      'AWS::RDS::DBInstance',
      '{BackupRetentionPeriod: 0}',
      '{BackupRetentionPeriod: "7"}',
    ],
  },
  {
    rule: 'database-single-zone',
    terraform: ['aws_db_instance', 'multi_az = false', 'multi_az = true'],
    template: ['AWS::RDS::DBInstance', '{MultiAZ: false}', '{MultiAZ: true}'],
  },
  {
    rule: 'database-deletable',
    terraform: ['aws_rds_cluster', '', 'deletion_protection = true'],
    template: ['AWS::RDS::DBCluster', '{}', '{DeletionProtection: true}'],
  },
  {
    rule: 'cache-plain-transport',
    terraform: ['aws_elasticache_replication_group', '', 'transit_encryption_enabled = true'],
    template: ['AWS::ElastiCache::ReplicationGroup', '{}', '{TransitEncryptionEnabled: true}'],
  },
  {
    rule: 'volume-not-encrypted',
    terraform: ['aws_efs_file_system', '', 'encrypted = true'],
    template: ['AWS::EC2::Volume', '{Size: 1}', '{Encrypted: true}'],
  },
  {
    rule: 'old-tls',
    terraform: [
      'aws_lb_listener',
      'protocol = "HTTPS"\nssl_policy = "ELBSecurityPolicy-2016-08"',
      'protocol = "HTTPS"\nssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"',
    ],
    template: [
      'AWS::ElasticLoadBalancingV2::Listener',
      '{Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS-1-1-2017-01}',
      '{Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-FS-1-2-2019-08}',
    ],
  },
  {
    rule: 'plain-http-listener',
    terraform: [
      'aws_lb_listener',
      'port = 80\ndefault_action {\ntype = "redirect"\nredirect {\nport = 8080\n}\n}',
      'port = 80\ndefault_action {\ntype = "redirect"\nredirect {\nprotocol = "HTTPS"\n}\n}',
    ],
    template: [
      'AWS::ElasticLoadBalancingV2::Listener',
      '{Protocol: HTTP, DefaultActions: [{Type: forward}]}',
      '{Protocol: HTTP, DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS}}]}',
    ],
  },
  {
    rule: 'load-balancer-deletable',
    terraform: ['aws_lb', '', 'enable_deletion_protection = true'],
    template: [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      '{}',
      '{LoadBalancerAttributes: [{Key: deletion_protection.enabled, Value: "true"}]}',
    ],
  },
  {
    rule: 'open-instance-metadata',
    terraform: [
      'aws_launch_template',
      'metadata_options {\nhttp_tokens = "optional"\n}',
      'metadata_options {\nhttp_tokens = "required"\n}',
    ],
    template: [
      'AWS::EC2::LaunchTemplate',
      '{LaunchTemplateData: {}}',
      '{LaunchTemplateData: {MetadataOptions: {HttpTokens: required}}}',
    ],
  },
  {
    rule: 'host-path',
    terraform: [
      'aws_ecs_task_definition',
      'volume {\nname = "x"\nhost_path = "/var/run/docker.sock"\n}',
      'volume {\nname = "x"\nhost_path = "/data"\n}',
    ],
    template: [
      'AWS::ECS::TaskDefinition',
      '{Volumes: [{Host: {SourcePath: /}}]}',
      '{Volumes: [{Host: {SourcePath: /srv/data}}]}',
    ],
  },
  {
    rule: 'strong-capability',
    terraform: [
      'aws_ecs_task_definition',
      'container_definitions = <<E\n[{"linuxParameters": {"capabilities": {"add": ["SYS_ADMIN"]}}}]\nE',
      'container_definitions = <<E\n[{"linuxParameters": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}]\nE',
    ],
  },
  {
    rule: 'container-root-user',
    terraform: [
      'aws_ecs_task_definition',
      'container_definitions = jsonencode([{ user = "0:0" }])',
      'container_definitions = jsonencode([{ user = "1000" }])',
    ],
    template: [
      'AWS::ECS::TaskDefinition',
      '{ContainerDefinitions: [{User: root}]}',
      '{ContainerDefinitions: [{User: app}]}',
    ],
  },
  {
    rule: 'every-action',
    terraform: [
      'aws_iam_role_policy',
      'policy = jsonencode({ Statement = { Effect = "Allow", Action = ["*"], Resource = ["*"] } })',
      'policy = jsonencode({ Statement = { Effect = "Deny", Action = ["*"], Resource = ["*"] } })',
    ],
    template: [
      'AWS::IAM::Policy',
      '{PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}}',
      '{PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "arn:aws:s3:::x/*"}]}}',
    ],
  },
  {
    rule: 'role-for-anyone',
    terraform: [
      'aws_iam_role',
      'assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" } }] })',
      'assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } } }] })',
    ],
  },
  {
    rule: 'resource-for-anyone',
    terraform: [
      'aws_s3_bucket_policy',
      'policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject" }] })',
      'policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "x" }, Action = "s3:GetObject" }] })',
    ],
  },
  {
    rule: 'key-not-rotated',
    terraform: ['aws_kms_key', '', 'enable_key_rotation = true'],
    template: ['AWS::KMS::Key', '{}', '{EnableKeyRotation: true}'],
  },
  {
    rule: 'trail-incomplete',
    terraform: ['aws_cloudtrail', '', 'enable_log_file_validation = true'],
    template: [
      'AWS::CloudTrail::Trail',
      '{IsLogging: true}',
      '{IsLogging: true, EnableLogFileValidation: true}',
    ],
  },
  {
    rule: 'open-cluster-endpoint',
    terraform: ['aws_eks_cluster', '', 'vpc_config {\nendpoint_public_access = false\n}'],
    template: [
      'AWS::EKS::Cluster',
      '{}',
      '{ResourcesVpcConfig: {PublicAccessCidrs: [192.0.2.0/24]}}',
    ],
  },
  {
    rule: 'written-secret',
    terraform: ['aws_db_instance', 'password = "planted"', 'password = random_password.x.result'],
    template: [
      'AWS::RDS::DBInstance',
      '{MasterUserPassword: planted}',
      '{MasterUserPassword: "{{resolve:secretsmanager:x}}"}',
    ],
  },
];

const CASES = PAIRS.flatMap(({ rule, ...pair }) => [
  { rule, of: 'Terraform', find: terraform, declared: pair.terraform },
  ...(pair.template === undefined
    ? []
    : [{ rule, of: 'CloudFormation', find: template, declared: pair.template }]),
]);

describe('the rules of compliance', () => {
  it.each(CASES)(
    'tell $rule in $of, and not where it is done well',
    async ({ rule, find, declared }) => {
      const [type, bad, good] = declared;
      expect((await find(type, bad)).rules).toContain(`infrastructure/${rule}`);
      expect((await find(type, good)).rules).not.toContain(`infrastructure/${rule}`);
    },
  );

  it('are thirty and more, each with a name of its own', () => {
    const ids = ALL_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(30);
  });

  it('take a value that is only known later neither for safe nor for broken', async () => {
    const { rules, undecided } = await terraform(
      'aws_db_instance',
      'publicly_accessible = var.nowhere\nstorage_encrypted = module.x.encrypted',
    );
    expect(rules).not.toContain('infrastructure/database-public');
    expect(undecided).toEqual(
      expect.arrayContaining([
        'infrastructure/database-public',
        'infrastructure/database-not-encrypted',
      ]),
    );
  });

  it('follow variables with a default, locals, and lists put together from both', async () => {
    const text =
      'variable "open" { default = ["0.0.0.0/0"] }\nlocals {\n from = local.ssh\n ssh = 22\n}\n' +
      'resource "aws_security_group" "a" {\n ingress {\n from_port = local.from\n to_port = local.ssh\n protocol = "tcp"\n cidr_blocks = var.open\n }\n}\n' +
      'resource "aws_security_group" "b" {\n ingress {\n from_port = 22\n to_port = 22\n protocol = "tcp"\n cidr_blocks = concat(["0.0.0.0/0"], var.more)\n }\n}\n' +
      'resource "aws_security_group" "c" {\n dynamic "ingress" {\n for_each = var.more\n content {\n from_port = 22\n to_port = 22\n protocol = "tcp"\n cidr_blocks = ["0.0.0.0/0"]\n }\n }\n}\n';
    const { rules } = await found({ path: 'main.tf', kind: 'terraform', text });
    expect(rules.filter((rule) => rule.endsWith('open-remote-access'))).toHaveLength(3);
  });

  it('follow a policy to the document that it is written in', async () => {
    const text =
      'data "aws_iam_policy_document" "trust" {\n statement {\n actions = ["sts:AssumeRole"]\n principals {\n type = "AWS"\n identifiers = ["*"]\n }\n }\n}\n' +
      'resource "aws_iam_role" "x" {\n assume_role_policy = data.aws_iam_policy_document.trust.json\n}\n';
    const { rules } = await found({ path: 'main.tf', kind: 'terraform', text });
    expect(rules).toEqual(['infrastructure/role-for-anyone']);
  });

  it('do not follow a local that stands for itself without end', async () => {
    const text =
      'locals {\n a = local.b\n b = local.a\n}\nresource "aws_db_instance" "a" { publicly_accessible = local.a }\n';
    const { undecided } = await found({ path: 'main.tf', kind: 'terraform', text });
    expect(undecided).toContain('infrastructure/database-public');
  });

  it('end names that stand for more and more names', async () => {
    const locals = Array.from(
      { length: 18 },
      (_, at) => `a${at} = [${`local.a${at + 1},`.repeat(9)}]`,
    );
    const text = `locals {\n${locals.join('\n')}\n}\nresource "aws_sqs_queue" "x" {\n tags = local.a0\n}\n`;
    const { unread } = await readInfrastructure([{ path: 'main.tf', kind: 'terraform', text }]);
    expect(unread).toMatchObject([
      { reason: expect.stringContaining('names stand for') as string },
    ]);
  });

  it('read Terraform in JSON as they read HCL', async () => {
    const text = JSON.stringify({
      resource: { aws_db_instance: { x: { publicly_accessible: true } } },
    });
    const { rules } = await found({ path: 'main.tf.json', kind: 'terraform', text });
    expect(rules).toContain('infrastructure/database-public');
  });

  it('tell of a secret in a variable by its name, never by its value', async () => {
    const text = 'variable "db_password" {\n  default = "planted-value"\n}\n';
    const { groups } = await readInfrastructure([{ path: 'main.tf', kind: 'terraform', text }]);
    const { findings } = applyRules(groups.flatMap(thingsOf), { production: false });
    expect(findings.map(({ ruleId }) => ruleId).sort()).toEqual([
      'infrastructure/secret-variable-shown',
      'infrastructure/written-secret',
    ]);
    expect(JSON.stringify(findings)).not.toContain('planted-value');
  });
});
