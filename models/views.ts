/** The whole picture, its mirror image, or one of its random views (crop, rotation, colour), numbered from 1. */
export type View = 'plain' | 'mirrored' | number

/** Random views of a labelled picture: how they differ says how pictures of one thing differ. */
export const RANDOM_VIEWS: View[] = [1, 2, 3, 4, 5, 6]

/** Views of a picture that is asked about. Their features are averaged; each costs a run of the network. */
export const EFFORTS = {
  fast: ['plain'],
  balanced: ['plain', 'mirrored'],
  careful: ['plain', 'mirrored', 1, 2, 3, 4, 5],
} satisfies Record<string, View[]>
export type Effort = keyof typeof EFFORTS
export const EFFORT_NAMES = Object.keys(EFFORTS) as [Effort, ...Effort[]]
