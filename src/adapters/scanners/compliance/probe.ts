import {
  readInfrastructure,
  type InfrastructureText,
} from '../../inspection/infrastructure/read-infrastructure';
import { applyRules } from './apply-rules';
import { thingsOf } from './read/things';

/** Plainly dangerous, in every language that is read, and in memory only. */
const PROBES: readonly (InfrastructureText & { readonly rule: string })[] = [
  {
    path: 'probe.tf',
    kind: 'terraform',
    rule: 'infrastructure/open-remote-access',
    text: 'resource "aws_security_group" "probe" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n',
  },
  {
    path: 'probe.yaml',
    kind: 'cloudformation',
    rule: 'infrastructure/open-remote-access',
    text: 'Resources:\n  Probe:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      VpcId: !Ref Vpc\n      SecurityGroupIngress:\n        - {IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIp: 0.0.0.0/0}\n',
  },
  {
    path: 'probe.json',
    kind: 'task-definition',
    rule: 'infrastructure/privileged-container',
    text: '{"containerDefinitions":[{"name":"probe","privileged":true}]}',
  },
];

/** Whether reading and rules work at all: what is known to be bad must be found, each time. */
export async function findsProbes(): Promise<'hit' | 'miss'> {
  for (const { rule, ...probe } of PROBES) {
    const { groups } = await readInfrastructure([probe]);
    const { findings } = applyRules(groups.flatMap(thingsOf), { production: false });
    if (!findings.some(({ ruleId }) => ruleId === rule)) return 'miss';
  }
  return 'hit';
}
