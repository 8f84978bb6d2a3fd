import { MOMENT, PERSON, type Samples } from './sample.ts'

const example = {
  id: 12,
  label: 'Zora',
  file: 'a.png',
  state: 'kept' as const,
  vouched: false,
  by: PERSON,
  poster: null,
  at: MOMENT,
  width: 512,
  height: 384,
  contrast: 50,
  isSuspect: false,
  suggested: null,
  reasons: [],
  also: [],
  score: 0.1,
  recognized: null,
  isSpoiler: false,
}
const moved = { example: 12, decision: 'move', from: 'Yuri', to: 'Zora' }
const change = { id: 5, at: MOMENT, by: PERSON, action: 'reviewed' as const, dataset: 'Zoo', detail: moved }

export const gallerySamples: Samples<'gallery' | 'example' | 'changeUndone'> = {
  gallery: [
    { values: { total: 0, revision: 3, ids: [] } },
    { values: { total: 2, revision: 3, ids: [7, 12] }, says: ['2'] },
  ],
  example: [
    { values: { example, history: [] }, says: ['#12', 'Zora', PERSON], inTerminals: ['a.png'] },
    {
      values: {
        example: {
          ...example,
          isSuspect: true,
          score: 0.93,
          suggested: 'Yuri',
          reasons: [{ kind: 'looks-like', label: 'Yuri' }],
          recognized: 'Yuri',
          also: [{ id: 13, label: 'Ina', state: 'kept' }],
        },
        history: [change],
      },
      says: ['Zora', 'Yuri', 'Ina', /93 ?[%％]/],
    },
    { values: { example: { ...example, vouched: true }, history: [] }, says: ['Zora'] },
    { values: { example: { ...example, state: 'excluded' }, history: [change] }, says: ['Zora', 'Yuri'] },
    { values: { example: { ...example, state: 'withdrawn' }, history: [] }, says: ['Zora'] },
  ],
  changeUndone: [
    { values: { undone: 0, left: 2 }, says: ['2'] },
    { values: { undone: 200, left: 0 }, says: ['200'] },
  ],
}
