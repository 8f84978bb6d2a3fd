import type { GradeWords } from '../layouts/accuracy.ts'

export const grades: GradeWords = {
  title: 'My answers about pictures I had not seen',
  names: { sure: 'sure', unsure: 'not sure', unknown: 'not recognized' },
  right: (share) => `${share} right`,
  recognized: (share) => `I know one label, and recognize ${share} of new pictures of it.`,
}
