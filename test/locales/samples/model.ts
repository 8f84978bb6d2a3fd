import type { Results } from '../../../src/commands/results.ts'
import { MOMENT, PERSON, type Samples } from './sample.ts'

const grades: Results['stats']['grades'] = [
  { grade: 'sure', share: 0.81, accuracy: 0.99 },
  { grade: 'unsure', share: 0.12, accuracy: 0.77 },
  { grade: 'unknown', share: 0.07, accuracy: 0.5 },
]
const advice: Results['trained']['advice'] = {
  neverRecognized: ['Zora', 'Yuri', 'Xena', 'Wanda'].map((label) => ({ label, examples: 3, takenFor: 'Vera' })),
  needMore: [
    { label: 'Ulla', examples: 4, recall: null },
    { label: 'Tess', examples: 20, recall: 0.7 },
  ],
  alike: [{ labels: ['Sara', 'Rosa'], mixed: 0.4 }],
  twice: { now: 0.9, doubled: 0.95 },
}
const noAdvice = { neverRecognized: [], needMore: [], alike: [], twice: null }

export const trained: Results['trained'] = {
  version: 41,
  head: 'linear',
  labels: 5,
  examples: 543,
  seconds: 12,
  promoted: true,
  reason: 'as-good',
  backbones: ['one@1'],
  unhelpful: [],
  because: 'simplest',
  skipped: [],
  turned: [],
  improved: [],
  worsened: [],
  advice: noAdvice,
  suggestedBackbone: null,
  accuracy: 0.98,
  accuracyInterval: [0.97, 0.99],
  balancedAccuracy: 0.98,
  calibrationError: null,
  recognition: null,
  grades: null,
  effort: 'fast',
  flagged: 0,
  leftOut: 0,
  copies: 0,
  conflicts: 0,
}

export const stats: Results['stats'] = {
  labels: [{ label: 'Zora', examples: 12 }],
  version: 41,
  head: 'linear',
  accuracy: 0.98,
  accuracyInterval: [0.97, 0.99],
  balancedAccuracy: 0.98,
  recognition: null,
  live: { judged: 30, right: 29, accuracy: 0.97, interval: [0.83, 0.99] },
  grades,
  learning: null,
  advice,
  survey: {
    flagged: 8,
    leftOut: 3,
    copies: 2,
    conflicts: 1,
    teachers: [{ teacher: PERSON, examples: 20, suspected: 0.6, others: 0.05 }],
  },
  confusion: null,
  confusions: [{ label: 'Zora', takenFor: 'Yuri', count: 6 }],
  calibrationError: 0.02,
  calibration: [],
  versions: [{ version: 41, madeAt: MOMENT, accuracy: 0.98 }],
  queue: { waiting: 0, trainings: 1 },
  speed: { pictures: 10, milliseconds: 15 },
  storage: { pictures: 12, databaseBytes: 4_200_000 },
}

const predicted = { file: 'a.png', confidence: 0.61, known: 0.9, version: 41 }
const top = [
  { label: 'Zora', confidence: 0.61 },
  { label: 'Yuri', confidence: 0.3 },
]
const why: Results['reasons'] = {
  runnerUp: { label: 'Yuri', confidence: 0.3 },
  nearest: [{ example: 7, label: 'Zora', file: 'z.png', similarity: 0.88 }] as Results['reasons']['nearest'],
}
const version = {
  version: 41,
  current: true,
  madeAt: MOMENT,
  backbone: 'one@1',
  head: 'linear',
  labels: 5,
  examples: 543,
  accuracy: 0.98,
  accuracyInterval: [0.97, 0.99] as const,
  balancedAccuracy: 0.98,
  calibrationError: 0.02,
  accuracyGained: null,
  labelsAdded: [],
  labelsRemoved: [],
}
export const modelSamples: Samples<
  | 'trained'
  | 'predicted'
  | 'reasons'
  | 'feedbackGiven'
  | 'whatIsIt'
  | 'pictureGone'
  | 'ignoring'
  | 'stats'
  | 'versions'
  | 'versionsCompared'
  | 'rolledBack'
> = {
  trained: [
    { values: trained, says: ['98', '41', '5', '543', '12', '97', '99', 'linear'] },
    {
      values: { ...trained, balancedAccuracy: 0.51, advice },
      says: ['51', '98', 'Zora', 'Vera', 'Ulla', '4', 'Tess', '70', 'Sara', 'Rosa', '95'],
    },
    {
      values: { ...trained, promoted: false, reason: 'turned', turned: ['Zora'], leftOut: 9, flagged: 8 },
      says: ['Zora', '9', '8'],
    },
    { values: { ...trained, promoted: false, reason: 'worse', turned: ['a', 'b', 'c', 'd', 'e', 'Zora'] } },
    { values: { ...trained, promoted: false, reason: 'overtaken' } },
    {
      values: {
        ...trained,
        reason: 'forgotten',
        improved: [{ label: 'Zora', from: 0.31, to: 0.72 }],
        worsened: [{ label: 'Yuri', from: 0.83, to: 0.64 }],
      },
      says: ['Zora', '31', '72', 'Yuri', '83', '64'],
    },
    {
      values: { ...trained, accuracy: null, balancedAccuracy: null, accuracyInterval: null, grades, labels: 1 },
      says: ['93', '81', '12'],
    },
    { values: { ...trained, accuracy: null, balancedAccuracy: null, accuracyInterval: null } },
    {
      values: {
        ...trained,
        unhelpful: ['two@1'],
        because: 'better',
        skipped: ['boosting'],
        suggestedBackbone: { name: 'photos', use: 'photos', bytes: 4_200_000 },
      },
      says: ['4.2 MB', 'boosting', 'one@1', 'two@1'],
    },
    { values: { ...trained, backbones: ['one@1', 'two@1'], because: 'only' }, says: ['one@1', 'two@1'] },
  ],
  predicted: [
    { values: { ...predicted, label: 'Zora', grade: 'sure', top }, says: ['Zora', '61'], inTerminals: ['a.png'] },
    { values: { ...predicted, label: 'Zora', grade: 'unsure', top }, says: ['Zora', '61'], inTerminals: ['a.png'] },
    { values: { ...predicted, label: null, grade: 'unknown', top }, says: ['Zora'], inTerminals: ['a.png'] },
    { values: { ...predicted, label: null, grade: 'unknown', top: [] } },
    {
      values: { ...predicted, label: 'Zora', grade: 'sure', top, why },
      says: ['Yuri', '30'],
      inTerminals: ['z.png', '88'],
    },
    {
      values: { file: 'torn.gif', error: { code: 'picture.damaged', message: 'Expected a whole picture' } },
      says: ['torn.gif'],
      inTerminals: ['Expected a whole picture'],
    },
    {
      values: { file: 'torn.gif', error: { code: 'new.code', message: 'Expected this' } },
      says: ['torn.gif', 'Expected this'],
    },
  ],
  reasons: [{ values: why, says: ['Yuri', '30', 'Zora'] }, { values: { runnerUp: null, nearest: [] } }],
  feedbackGiven: [
    { values: { right: true, said: 'Zora', truth: null } },
    { values: { right: false, said: 'Zora', truth: null } },
    { values: { right: false, said: null, truth: 'Yuri' }, says: ['Yuri'] },
  ],
  whatIsIt: [{ values: { said: 'Zora' }, says: ['Zora'] }, { values: { said: null } }],
  pictureGone: [{ values: { label: 'Zora' }, says: ['Zora'] }],
  ignoring: [{ values: { ignoring: true } }, { values: { ignoring: false } }],
  stats: [
    {
      values: stats,
      says: [
        '98',
        '12',
        '29',
        '30',
        '8',
        PERSON,
        '60',
        'Zora',
        'Yuri',
        '6',
        '41',
        'linear',
        '83',
        '2',
        '15',
        '4.2 MB',
        '81',
        '77',
      ],
    },
    { values: { ...stats, balancedAccuracy: 0.51 }, says: ['51', '98'] },
    {
      values: {
        ...stats,
        labels: [],
        version: null,
        head: null,
        accuracy: null,
        accuracyInterval: null,
        balancedAccuracy: null,
        live: { judged: 0, right: 0, accuracy: null, interval: null },
        grades: null,
        advice: null,
        survey: null,
        confusions: [],
        calibrationError: null,
        versions: [],
        speed: { pictures: 0, milliseconds: null },
      },
    },
    { values: { ...stats, accuracy: null, accuracyInterval: null, balancedAccuracy: null }, says: ['93'] },
  ],
  versionsCompared: [
    {
      values: {
        from: { version: 39, labels: 5, examples: 500, accuracy: 0.83, accuracyInterval: null, balancedAccuracy: null },
        to: { version: 41, labels: 5, examples: 543, accuracy: 0.98, accuracyInterval: null, balancedAccuracy: null },
        labels: [
          { label: 'Zora', from: 0.31, to: 0.72 },
          { label: 'Yuri', from: null, to: 0.64 },
        ],
        labelsAdded: ['Xena'],
        labelsRemoved: ['Wanda'],
      },
      says: ['39', '41', '83', '98', 'Zora', '31', '72', 'Yuri', '64', 'Xena', 'Wanda'],
    },
  ],
  versions: [
    { values: { versions: [] } },
    {
      values: {
        versions: [
          { ...version, version: 40, current: false, accuracy: null, accuracyInterval: null },
          { ...version, labelsAdded: ['Zora', 'a', 'b', 'c'], labelsRemoved: ['Yuri'] },
        ],
      },
      says: ['40', '41', '98', '97', '543', 'Zora'],
      inTerminals: ['linear'],
    },
  ],
  rolledBack: [
    { values: { version: 41, from: 42 }, says: ['41', '42'] },
    { values: { version: 41, from: null }, says: ['41'] },
  ],
}
