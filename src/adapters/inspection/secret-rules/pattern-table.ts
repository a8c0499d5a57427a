import type { Place } from './matcher';
import { isPlausible } from './plausible';
import type { SecretRule } from './rule';
import { isUserAndPassword } from './user-and-password';
import { isAfterCurl, isHeaderOfCurl, isSecretOfKubernetes } from './secret-context';

/** Secrets whose form is more than a run of letters. The group `value` is the secret; no pattern repeats without bound. */
export interface PatternRow extends SecretRule {
  readonly words: readonly string[];
  /** Begins where the word begins. */
  readonly pattern: RegExp;
  /** Files that it is looked for in; without it, all. */
  readonly path?: RegExp;
  readonly isSecret?: (value: string, place: Place) => boolean;
}

export const PATTERN_ROWS: readonly PatternRow[] = [
  {
    id: 'private-key',
    severity: 'critical',
    title: 'A private key',
    words: ['-----begin'],
    pattern:
      /-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----(?<value>(?:(?!-----)[\s\S]){64,16384})/iy,
    isSecret: (value) => /[0-9A-Za-z+/]{40}/.test(value.replace(/\\[nrt]|[\s"',\\]/g, '')),
  },
  {
    id: 'jwt',
    severity: 'medium',
    title: 'A JSON web token',
    words: ['ey'],
    pattern: /(?<![\w/+-])(?<value>ey[0-9A-Za-z]{17,2000}\.ey[\w/\\-]{17,4000}\.[\w/\\-]{0,2000})/y,
    isSecret: isPlausible,
  },
  {
    id: 'jwt-base64',
    severity: 'medium',
    title: 'A JSON web token in base64',
    words: ['zxlk'],
    pattern: /(?<![\w/+-])(?<value>ZXlK[0-9A-Za-z+/]{60,4000}={0,2})/y,
    isSecret: isPlausible,
  },
  {
    id: 'facebook-app-token',
    severity: 'high',
    title: 'A Facebook app access token',
    words: ['facebook'],
    pattern: /facebook[^\n]{0,60}?\b(?<value>\d{15,16}(?:\||%7c)[\w-]{27,40})(?![\w-])/iy,
    isSecret: isPlausible,
  },
  {
    id: 'curl-authorization',
    severity: 'medium',
    title: 'Credentials in a header for curl',
    words: ['authorization:', 'token:', 'api-key:', 'apikey:', 'key:'],
    pattern:
      /[a-z-]{1,20}:[ \t]{0,5}(?:(?:basic|bearer|token|api-token)[ \t]{1,3})?(?<value>[\w=~@.+/-]{8,500})["']/iy,
    isSecret: (value, place) => isPlausible(value) && isHeaderOfCurl(place),
  },
  {
    id: 'curl-user',
    severity: 'medium',
    title: 'A user and password for curl',
    words: [' -u', ' --user'],
    pattern:
      / (?:-u|--user)(?:=|[ \t]{0,5})["']?(?<value>[^\s:"'<]{0,80}["']?:["']?[^\s:"'<]{0,80})["']?(?=\s|$)/y,
    isSecret: (value, place) => isUserAndPassword(value) && isAfterCurl(place),
  },
  {
    id: 'kubernetes-secret',
    severity: 'medium',
    title: 'The data of a Kubernetes secret',
    words: ['data:'],
    path: /\.ya?ml$/i,
    pattern:
      /data:\s(?:(?!\n---)[\s\S]){0,100}?\s["']?[\w.-]{1,80}["']?:\s{0,20}(?:[|>][-+]?\s{1,20})?["']?(?<value>[0-9A-Za-z+/]{10,4000}={0,3})["']?\s/iy,
    isSecret: (value, place) => isPlausible(value) && isSecretOfKubernetes(place),
  },
  {
    id: 'terraform-password',
    severity: 'medium',
    title: 'A password in a Terraform file',
    words: ['password'],
    path: /\.(?:tf|hcl)$/i,
    pattern: /password\w{0,20}["']?\s{0,20}=\s{0,5}"(?<value>[\w=.!@#%^&*+/-]{8,64})"/iy,
    isSecret: isPlausible,
  },
  {
    id: 'nuget-password',
    severity: 'medium',
    title: 'A password of a NuGet source',
    words: ['<add key="'],
    path: /(?:^|\/)nuget\.config$/i,
    pattern:
      /<add key="(?:ClearText)?Password"\s{1,20}value="(?<value>[^"%\s][^"\n]{7,200})"\s{0,20}\/>/iy,
    isSecret: isPlausible,
  },
  {
    id: 'freemius-key',
    severity: 'high',
    title: 'A Freemius secret key',
    words: ['secret_key'],
    path: /\.php$/i,
    pattern: /secret_key["']\s{0,10}=>\s{0,10}["'](?<value>sk_[^\s"']{29})["']/iy,
  },
  {
    id: 'database-url',
    severity: 'high',
    title: 'A password in the address of a database or a queue',
    words: ['redis://', 'rediss://', 'amqp://', 'amqps://', 'mssql://', 'sqlserver://', 'ldaps://'],
    pattern:
      /[a-z]{3,12}:\/\/[^\s:@/"'`]{0,80}:(?<value>[^\s:@/"'`<>{}$]{6,200})@[^\s/:"'`]{3,200}/iy,
    isSecret: (value) => isPlausible(value) && !/^pass(?:word|wd)?\d{0,4}$/i.test(value),
  },
  {
    id: 'azure-storage-key',
    severity: 'critical',
    title: 'An account key of Azure Storage',
    words: ['accountkey='],
    pattern: /AccountKey=(?<value>[0-9A-Za-z+/]{86}==)/iy,
    isSecret: isPlausible,
  },
];
