/** Where reading of layers stops. Each image may use all of it. */
export interface LayerLimits {
  /** Unpacked, over all layers. */
  readonly bytes: number;
  readonly entries: number;
  /** Unpacked bytes for each packed one, once `ratioFromBytes` are unpacked: more is a bomb. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  readonly pathCharacters: number;
  readonly pathLevels: number;
}

export const LAYER_LIMITS: LayerLimits = {
  bytes: 8_000_000_000,
  entries: 500_000,
  ratio: 150,
  ratioFromBytes: 64_000_000,
  pathCharacters: 4_096,
  pathLevels: 128,
};

/** How much is left; shared by the layers of one image. */
export interface LayerBudget {
  bytes: number;
  entries: number;
}
