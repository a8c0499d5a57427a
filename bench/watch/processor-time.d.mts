export function processorUs(pid: number): Promise<number | null>;
export function ticksOf(stat: string): number;
