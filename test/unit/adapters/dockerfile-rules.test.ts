import fc from 'fast-check';
import { readDockerfile } from '../../../src/adapters/inspection/dockerfile/read-dockerfile';
import { UnreadableFile } from '../../../src/adapters/inspection/infrastructure/unreadable-file';
import { applyDockerfileRules } from '../../../src/adapters/scanners/container/dockerfile-rules/apply-dockerfile-rules';

const key = Buffer.alloc(32, 7);

function found(text: string): readonly string[] {
  return applyDockerfileRules('Dockerfile', readDockerfile(text), key).map(({ ruleId }) =>
    ruleId.replace('dockerfile/', ''),
  );
}

describe('the rules about Dockerfiles', () => {
  it.each([
    ['download-run-unseen', 'RUN curl -s https://a.invalid | bash'],
    ['download-run-unseen', 'RUN wget -qO- https://a.invalid |  /bin/sh -s -- -y'],
    ['download-run-unseen', 'RUN bash -c "$(curl -fsSL https://a.invalid)"'],
    ['download-run-unseen', 'RUN bash <(curl -s https://a.invalid)'],
    ['download-run-unseen', 'RUN <<EOF\ncurl -s https://a.invalid | python3\nEOF'],
    ['download-run-unseen', 'ONBUILD RUN curl https://a.invalid | sh'],
    ['no-certificate-check', 'RUN curl -fsSkL https://a.invalid -o a'],
    ['no-certificate-check', 'RUN wget --no-check-certificate https://a.invalid'],
    ['no-certificate-check', 'ENV NODE_TLS_REJECT_UNAUTHORIZED=0'],
    ['unsigned-packages', 'RUN apt-get install --allow-unauthenticated a=1'],
    ['world-writable', 'RUN chmod -R 0777 /a'],
    ['world-writable', 'RUN chmod a+rwx /a'],
    ['privileged-build', 'RUN --security=insecure true'],
    ['sudo', 'RUN sudo true'],
    ['package-cache', 'RUN apk add curl'],
    ['package-cache', 'RUN apt-get update && apt-get -y install a=1'],
    ['package-without-version', 'RUN apt-get install -y curl'],
    ['add-from-address', 'ADD https://a.invalid/a /a'],
    ['copies-secrets', 'COPY --chown=app config/.env.production /app/'],
    ['copies-secrets', 'COPY ["id_ed25519", "/root/.ssh/"]'],
    ['copies-secrets', 'COPY .ssh /root/.ssh'],
    ['secret-in-variable', 'ENV API_KEY planted'],
    ['secret-in-variable', 'ARG DB_PASSWORD=planted'],
    ['secret-as-argument', 'ARG NPM_TOKEN'],
    ['ssh-port', 'EXPOSE 22/tcp'],
    ['root-user', 'USER 0:0'],
    ['root-user', 'USER ${USER:-root}'],
    ['no-health-check', 'HEALTHCHECK NONE'],
  ])('tell %s of %s', (rule, instruction) => {
    expect(found(`FROM debian:12\n${instruction}\n`)).toContain(rule);
  });

  it.each([
    ['download-run-unseen', 'RUN curl https://a.invalid -o a || sh fallback'],
    ['download-run-unseen', 'RUN curl https://a.invalid | tar -xz && sh a/install'],
    ['download-run-unseen', 'RUN curl https://a.invalid | sha256sum --check'],
    ['no-certificate-check', 'RUN curl -fsSL https://a.invalid -o k'],
    ['world-writable', 'RUN chmod 755 /a && chmod u+w /a && chmod 0644 /b'],
    ['sudo', 'RUN echo no-sudo-here'],
    ['package-cache', 'RUN apk add --no-cache curl'],
    ['package-without-version', 'RUN apt-get install -y curl=8.1 && echo done'],
    ['add-from-address', `ADD --checksum=sha256:${'0'.repeat(64)} https://a.invalid/a /a`],
    ['copies-secrets', 'COPY .env.example cert.pem public/ /app/'],
    ['copies-secrets', 'COPY --from=build /app/server.key /app/'],
    ['secret-in-variable', 'ENV PASSWORD_FILE=/run/secrets/p TOKEN=${TOKEN}'],
    ['ssh-port', 'EXPOSE 2222 220'],
    ['root-user', 'USER rooty'],
  ])('do not tell %s of %s', (rule, instruction) => {
    expect(found(`FROM debian:12\n${instruction}\n`)).not.toContain(rule);
  });

  it.each([
    ['FROM debian', 'latest-tag'],
    ['FROM debian:latest', 'latest-tag'],
    ['FROM registry:5000/debian', 'latest-tag'],
    ['ARG V\nFROM debian:${V:-latest}', 'latest-tag'],
    ['ARG V=12\nFROM debian:$V', 'image-not-pinned'],
    [`FROM debian:12@sha256:${'0'.repeat(64)}`, null],
    ['ARG IMAGE\nFROM $IMAGE', null],
    ['FROM scratch', null],
  ])('say how %s is pinned', (from, expected) => {
    const rules = found(`${from}\nUSER a\n`).filter((rule) => /tag|pinned/.test(rule));
    expect(rules).toEqual(expected === null ? [] : [expected]);
  });

  it('obey no comment that asks to be left alone', () => {
    const text = '# hadolint global ignore=all\nFROM debian\n# hadolint ignore=all\nRUN sudo a\n';
    expect(found(`# trivy:ignore:*\n# checkov:skip=all\n${text}`)).toEqual(
      expect.arrayContaining(['latest-tag', 'sudo', 'root-user']),
    );
  });

  it('take little time, whatever the text', () => {
    const before = process.cpuUsage();
    for (const part of ['curl ', 'curl -k', 'a|sudo -E ', 'chmod -R ', 'sh -c ', '${a:-', '.env '])
      found(`FROM a\nRUN ${part.repeat(20_000 / part.length)}\nCOPY ${part.repeat(1_000)} /\n`);
    // Its own time: the machine may be busy with other things.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
  });

  it('read any text, or say in their own words that they cannot', () => {
    const words = [
      'FROM ',
      'RUN ',
      'ENV ',
      'ARG ',
      'COPY ',
      '<<E',
      '\\\n',
      '\n',
      '"',
      '[',
      '$',
      '{',
      '=',
      'a',
      '#',
    ];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...words), maxLength: 40 }), (text) => {
        try {
          applyDockerfileRules('Dockerfile', readDockerfile(text), key);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFile);
        }
      }),
      { numRuns: 500 },
    );
  });
});
