export function packageKey(ecosystem: string, name: string): string {
  return `${ecosystem} ${name}`;
}
