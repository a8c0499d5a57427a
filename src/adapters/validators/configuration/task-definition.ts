import type { FindingSeverity } from '../../../domain/checks/severity';

/** One thing that a cluster would refuse; said without the file's own words. */
export interface TaskProblem {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly title: string;
}

/** MiB of memory that Fargate sells with so many CPU units (ECS developer guide, task size): least, most, step. */
const FARGATE: ReadonlyMap<number, readonly [least: number, most: number, step: number]> = new Map([
  [256, [512, 2_048, 512]],
  [512, [1_024, 4_096, 1_024]],
  [1_024, [2_048, 8_192, 1_024]],
  [2_048, [4_096, 16_384, 1_024]],
  [4_096, [8_192, 30_720, 1_024]],
  [8_192, [16_384, 61_440, 4_096]],
  [16_384, [32_768, 122_880, 8_192]],
]);

/** What is wrong with an ECS task definition, as parsed from its file. */
export function taskProblems(task: unknown): readonly TaskProblem[] {
  if (!isRecord(task) || !Array.isArray(task['containerDefinitions'])) return [];
  const containers = task['containerDefinitions'].filter(isRecord).slice(0, 100);
  return [
    ...sizeProblems(task),
    ...sumProblems(task, containers),
    ...containerProblems(containers),
  ];
}

function sizeProblems(task: Record<string, unknown>): readonly TaskProblem[] {
  const types = task['requiresCompatibilities'];
  if (!Array.isArray(types) || !types.includes('FARGATE')) return [];
  const cpu = cpuUnits(task['cpu']);
  const memory = memoryMib(task['memory']);
  if (cpu === null || memory === null)
    return [problem('fargate-size', 'high', 'a Fargate task names both its cpu and its memory')];
  const pair = FARGATE.get(cpu);
  const title = 'has a pair of cpu and memory that Fargate does not offer';
  if (pair === undefined) return [problem('fargate-size', 'high', title)];
  const [least, most, step] = pair;
  // 256 units go with 512, 1 024 and 2 048 MiB: there the steps double.
  const isStep = cpu === 256 ? [512, 1_024, 2_048].includes(memory) : (memory - least) % step === 0;
  const isOffered = memory >= least && memory <= most && isStep;
  return isOffered ? [] : [problem('fargate-size', 'high', title)];
}

function sumProblems(
  task: Record<string, unknown>,
  containers: readonly Record<string, unknown>[],
): readonly TaskProblem[] {
  const cpu = cpuUnits(task['cpu']);
  const memory = memoryMib(task['memory']);
  const cpuSum = sum(containers.map((one) => cpuUnits(one['cpu'])));
  const memorySum = sum(
    containers.map((one) => memoryMib(one['memoryReservation'] ?? one['memory'])),
  );
  const problems: TaskProblem[] = [];
  if (cpu !== null && cpuSum > cpu)
    problems.push(
      problem('container-sum', 'high', 'its containers ask for more cpu than the task has'),
    );
  if (memory !== null && memorySum > memory)
    problems.push(
      problem('container-sum', 'high', 'its containers ask for more memory than the task has'),
    );
  return problems;
}

function containerProblems(containers: readonly Record<string, unknown>[]): readonly TaskProblem[] {
  const names = containers.map((one) => one['name']);
  const problems: TaskProblem[] = [];
  if (containers.length === 0) problems.push(problem('no-container', 'high', 'has no container'));
  if (new Set(names).size < names.length)
    problems.push(problem('container-name', 'high', 'has two containers of one name'));
  if (containers.length > 0 && containers.every((one) => one['essential'] === false))
    problems.push(problem('essential', 'high', 'has no essential container'));
  if (containers.some((one) => typeof one['image'] !== 'string' || one['image'] === ''))
    problems.push(problem('container-image', 'high', 'has a container without an image'));
  return problems;
}

function problem(rule: string, severity: FindingSeverity, title: string): TaskProblem {
  return { rule: `configuration/${rule}`, severity, title };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `1024`, `"1024"`, `"1 vCPU"`. */
function cpuUnits(value: unknown): number | null {
  return amount(value, /^(\d{1,6}(?:\.\d{1,3})?|\.\d{1,3})\s?(vcpu)?$/i);
}

/** `2048`, `"2048"`, `"2 GB"`. */
function memoryMib(value: unknown): number | null {
  return amount(value, /^(\d{1,6}(?:\.\d{1,3})?|\.\d{1,3})\s?(gb)?$/i);
}

function amount(value: unknown, shape: RegExp): number | null {
  if (typeof value === 'number') return value;
  const parts = typeof value === 'string' ? shape.exec(value.trim().slice(0, 20)) : null;
  if (parts === null) return null;
  return Number(parts[1]) * (parts[2] === undefined ? 1 : 1_024);
}

function sum(amounts: readonly (number | null)[]): number {
  return amounts.reduce<number>((total, one) => total + (one ?? 0), 0);
}
