import type { DockerfileRule } from './dockerfile-rule';
import { eachOf } from './dockerfile-rule';

/** Every repetition is bounded, and a long command is cut into its parts first: no text makes them slow. */
export const COMMAND_RULES: readonly DockerfileRule[] = [
  {
    id: 'dockerfile/download-run-unseen',
    severity: 'high',
    title: 'A download is run without anyone having seen it',
    fix: 'Download the file, compare its checksum, then run it.',
    breaches: eachOf(['RUN'], ({ text }) => pipesDownloadIntoShell(text)),
  },
  {
    id: 'dockerfile/add-from-address',
    severity: 'medium',
    title: 'ADD downloads a file without comparing its checksum',
    fix: 'Give ADD the checksum of the file.',
    breaches: eachOf(
      ['ADD'],
      ({ words, flags }) =>
        !flags.has('checksum') && words.slice(0, -1).some((word) => /^(?:https?|ftp):/i.test(word)),
    ),
  },
  {
    id: 'dockerfile/no-certificate-check',
    severity: 'medium',
    title: 'Certificates are not checked while something is downloaded',
    fix: 'Check certificates; add your own authority where it is needed.',
    breaches: eachOf(['RUN', 'ENV'], ({ text }) => NO_CERTIFICATE_CHECK.test(text)),
  },
  {
    id: 'dockerfile/unsigned-packages',
    severity: 'medium',
    title: 'Packages are installed without looking at their signatures',
    fix: 'Leave the option out and add the key of the repository.',
    breaches: eachOf(['RUN'], ({ text }) => UNSIGNED.test(text)),
  },
  {
    id: 'dockerfile/world-writable',
    severity: 'medium',
    title: 'Files are made writable for everyone',
    fix: 'Give the files to the user that runs the container.',
    breaches: eachOf(['RUN'], ({ text }) => WORLD_WRITABLE.test(text)),
  },
  {
    id: 'dockerfile/privileged-build',
    severity: 'medium',
    title: 'A step of the build runs without its bounds',
    fix: 'Leave out --security=insecure, --network=host and --privileged.',
    breaches: eachOf(
      ['RUN'],
      ({ flags, text }) =>
        flags.get('security') === 'insecure' ||
        flags.get('network') === 'host' ||
        /\b(?:docker|podman)\s{1,10}run\b.{0,300}\s--privileged\b/.test(text),
    ),
  },
  {
    id: 'dockerfile/sudo',
    severity: 'low',
    title: 'sudo is used or installed',
    fix: 'Change the user with USER instead.',
    breaches: eachOf(['RUN'], ({ text }) => /(?:^|[\s;&|(])sudo(?:$|[\s;&|)])/.test(text)),
  },
  {
    id: 'dockerfile/package-cache',
    severity: 'info',
    title: 'What the package manager downloaded stays in the image',
    fix: 'Remove the lists or the cache in the same step.',
    breaches: eachOf(['RUN'], ({ text }) => keepsPackageCache(text)),
  },
  {
    id: 'dockerfile/package-without-version',
    severity: 'info',
    title: 'Packages are installed without a version',
    fix: 'Name the versions of packages, or the digest of a base image that has them.',
    breaches: eachOf(['RUN'], ({ text }) => installsWithoutVersion(text)),
  },
];

const NO_CERTIFICATE_CHECK =
  /\bcurl\b[^|;&\n]{0,200}\s(?:-[a-zA-Z]{0,6}k[a-zA-Z]{0,6}|--insecure)(?:\s|$)|\bwget\b[^|;&\n]{0,200}\s--no-check-certificate\b|\bNODE_TLS_REJECT_UNAUTHORIZED[= ]["']?0|\bsslVerify[= ]["']?false|\bstrict-ssl[= ]["']?false|\bPYTHONHTTPSVERIFY[= ]["']?0|--trusted-host\b/;
const UNSIGNED =
  /--allow-unauthenticated\b|--force-yes\b|--allow-untrusted\b|--nogpgcheck\b|--no-gpg-checks?\b/;
const WORLD_WRITABLE =
  /\bchmod\s{1,10}(?:-{1,2}[\w-]{1,20}\s{1,10}){0,3}(?:[0-7]?[0-7]{2}[2367]\b|[augo]{0,4}[ao][augo]{0,4}\+[rxst]{0,4}w|\+w)/;

const DOWNLOAD = /(?:^|[\s;&(])(?:curl|wget)\s/;
const INTERPRETER =
  /^\s{0,20}(?:sudo\s{1,10}(?:-\S{1,20}\s{1,10}){0,3})?(?:env\s{1,10})?(?:\/\S{0,100}\/)?(?:(?:ba|z|da|k|a)?sh|python[\d.]{0,4}|perl|ruby|node)(?:\s|$|;|&|\))/;
const SUBSTITUTED =
  /(?:\b(?:ba|z|da|k|a)?sh|\beval|\bsource)\b[^\n$<]{0,40}(?:\$\(|<\(|`)\s{0,10}(?:curl|wget)\s/;

function pipesDownloadIntoShell(text: string): boolean {
  if (SUBSTITUTED.test(text)) return true;
  const parts = text.split('|');
  return parts.some(
    (part, at) => DOWNLOAD.test(lastCommand(part)) && INTERPRETER.test(parts[at + 1] ?? ''),
  );
}

/** Of `a; b && c` it is `c` that writes into the pipe. */
function lastCommand(part: string): string {
  const end = Math.max(part.lastIndexOf(';'), part.lastIndexOf('&'), part.lastIndexOf('\n'));
  return ` ${part.slice(end + 1)}`;
}

function keepsPackageCache(text: string): boolean {
  if (/\bapt(?:-get)?\s{1,10}(?:-\S{1,40}\s{1,10}){0,5}install\b/.test(text))
    return !/\/var\/lib\/apt\/lists|apt(?:-get)?\s{1,10}(?:dist)?clean/.test(text);
  if (/\bapk\s{1,10}(?:-\S{1,40}\s{1,10}){0,5}add\b/.test(text))
    return !/--no-cache\b|\/var\/cache\/apk/.test(text);
  return /\b(?:yum|dnf|microdnf)\s{1,10}(?:-\S{1,40}\s{1,10}){0,5}install\b/.test(text)
    ? !/\bclean\s{1,10}all\b|\/var\/cache\/(?:yum|dnf)/.test(text)
    : false;
}

function installsWithoutVersion(text: string): boolean {
  return text
    .split(/[;&|\n]/)
    .map((command) => /\bapt(?:-get)?\s.{0,200}?\binstall\s(.{1,4000})/.exec(command)?.[1])
    .some((names) =>
      (names ?? '').split(/\s+/).some((name) => /^[a-z0-9][\w.+:-]{0,100}$/.test(name)),
    );
}
