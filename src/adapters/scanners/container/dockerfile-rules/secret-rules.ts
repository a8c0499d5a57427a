import type { Dockerfile } from '../../../inspection/dockerfile/dockerfile';
import { isSecretName, isWrittenValue } from '../../../inspection/infrastructure/secret-name';
import type { Breach, DockerfileRule } from './dockerfile-rule';
import { allInstructions, eachOf } from './dockerfile-rule';

/** Files that hold nothing but secrets. What `.npmrc` and the like hold is a matter of the scanner that reads them. */
const SECRET_FILE =
  /(?:^|\/)(?:\.env(?:\.(?!example|sample|template|dist)[\w-]{1,40})?|id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.git-credentials|\.pgpass|\.htpasswd|service-account[\w-]{0,40}\.json|[\w.-]{0,50}(?:key|private)[\w.-]{0,50}\.pem|[\w.-]{1,100}\.(?:key|p12|pfx|jks|keystore|kdbx))$|(?:^|\/)\.(?:ssh|aws|gnupg|kube)(?:\/|$)/;

/** What ends in the image or in its history, for everyone who can pull it. */
export const SECRET_RULES: readonly DockerfileRule[] = [
  {
    id: 'dockerfile/secret-in-variable',
    severity: 'high',
    title: 'A secret is written into the image',
    fix: 'Remove it, replace the secret, and give it to the container when it starts or to the build as a secret mount.',
    breaches: (dockerfile) =>
      variables(dockerfile, ({ name, value }) => isSecretName(name) && isWrittenValue(value)),
  },
  {
    id: 'dockerfile/secret-as-argument',
    severity: 'medium',
    title: 'A secret is taken as a build argument, which stays in the history of the image',
    fix: 'Give it to the build as a secret mount.',
    breaches: (dockerfile) =>
      variables(
        dockerfile,
        ({ keyword, name, value }) =>
          keyword === 'ARG' && isSecretName(name) && !isWrittenValue(value),
      ),
  },
  {
    id: 'dockerfile/copies-secrets',
    severity: 'high',
    title: 'A file that holds secrets is copied into the image',
    fix: 'Leave the file out, and give it to the build as a secret mount where it is needed.',
    breaches: eachOf(
      ['COPY', 'ADD'],
      ({ words, flags }) =>
        !flags.has('from') && words.slice(0, -1).some((word) => SECRET_FILE.test(word.slice(-300))),
    ),
  },
];

interface Variable {
  readonly keyword: string;
  readonly name: string;
  readonly value: string | null;
}

function variables(
  dockerfile: Dockerfile,
  test: (variable: Variable) => boolean,
): readonly Breach[] {
  return allInstructions(dockerfile)
    .filter(({ keyword }) => keyword === 'ENV' || keyword === 'ARG')
    .flatMap(({ keyword, line, pairs }) => {
      const names = pairs.filter((pair) => test({ keyword, ...pair })).map(({ name }) => name);
      return names.length === 0 ? [] : [{ line, text: names.join(' '), names }];
    });
}
