/** The whole picture, the same mirrored, or one of its random views, 1 and up. */
export type View = 'plain' | 'mirrored' | number

/** Random views of a filed picture that are learned from. */
export const LEARNED_VIEWS: View[] = [1, 2, 3, 4, 5, 6]

/** Views of a picture that is asked about: their features are averaged, each costs a run of the network. */
export const EFFORTS = {
  fast: ['plain'],
  balanced: ['plain', 'mirrored'],
  careful: ['plain', 'mirrored', 1, 2, 3, 4, 5],
} satisfies Record<string, View[]>
export type Effort = keyof typeof EFFORTS
export const efforts = Object.keys(EFFORTS) as [Effort, ...Effort[]]
