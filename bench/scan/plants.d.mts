export interface Example {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
}

export interface Lines {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export function choosePlants(
  examples: readonly Example[],
  options: { readonly ofEach: number; readonly random: () => number },
): readonly Example[];
export function plantedIn(
  text: string,
  example: string,
  random: () => number,
): { readonly text: string; readonly from: number; readonly to: number };
export function foundPlants(
  plants: readonly Lines[],
  findings: readonly {
    readonly path: string;
    readonly from: number | null;
    readonly to: number | null;
  }[],
): readonly boolean[];
