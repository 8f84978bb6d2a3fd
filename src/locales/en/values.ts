import type { Words } from '../words.ts'

export const values: Words['values'] = {
  action: {
    list: 'list',
    rename: 'rename',
    merge: 'merge',
    copy: 'copy',
    empty: 'empty',
    delete: 'delete',
    restore: 'restore',
    deleted: 'deleted ones',
  },
  head: {
    auto: 'the best by cross-validation',
    means: 'means',
    svm: 'support vectors',
    linear: 'linear',
    boosting: 'boosting',
    blend: 'several together',
  },
  robust: { on: 'on', off: 'off' },
  effort: { fast: 'fast', balanced: 'balanced', careful: 'careful' },
  caution: { low: 'low', normal: 'normal', high: 'high' },
  pictures: { drawings: 'drawings', photographs: 'photographs', both: 'both' },
  answer: {
    sure: 'when I’m sure',
    'sure and unsure': 'when I’m sure or think I know',
    all: 'always',
  },
  retraining: {
    'at-once': 'by itself, at once',
    after: 'by itself, after some new pictures',
    schedule: 'on a schedule',
    'by-hand': 'by hand',
  },
  language: { auto: 'each person’s own', en: 'English', ja: '日本語' },
  topic: {
    asking: 'asking',
    adding: 'adding pictures',
    review: 'review',
    training: 'training',
    server: 'this server',
    privacy: 'help and privacy',
  },
}
