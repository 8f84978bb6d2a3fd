/** Pictures of a label that are enough to begin with. */
export const ENOUGH = 5
