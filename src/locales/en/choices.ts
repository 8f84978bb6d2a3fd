import type { Words } from '../words.ts'

export const choices: Words['choices'] = {
  undo: 'Undo',
  right: 'Right',
  wrong: 'Wrong',
  why: 'Why?',
  whichLabel: 'It’s …',
  typeLabel: 'Something else …',
  train: 'Train now',
  rollBack: 'Activate another version …',
  older: 'Older',
  putBack: 'Put back',
  forgetAll: 'Delete all my data',
  keep: 'Keep',
  moveTo: 'Move to',
  moveToOther: 'Move to another label …',
  exclude: 'Exclude',
  skip: 'Skip',
  review: 'Review',
  activate: 'Use it anyway',
  withdraw: 'Withdraw their pictures',
  useBoth: 'Add it',
}

export const charts: Words['charts'] = {
  examples: 'Pictures per label',
  confusion: 'Rows: right label · columns: predicted label',
  accuracy: 'Accuracy by version',
  learning: 'Accuracy by pictures per label',
}
