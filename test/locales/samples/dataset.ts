import { CHANNEL, PERSON, REJECTED, type Samples } from './sample.ts'

const dataset = { name: 'Zoo', labels: 5, examples: 67, version: 4, channels: [CHANNEL] }
const noDataset = { name: 'Zoo', labels: 1, examples: 1, version: null, channels: [] }

export const datasetSamples: Samples<
  | 'added'
  | 'removed'
  | 'removeAsk'
  | 'moved'
  | 'undone'
  | 'datasets'
  | 'datasetAsk'
  | 'datasetRemoved'
  | 'datasetRenamed'
  | 'datasetCopied'
  | 'labels'
  | 'labelRenamed'
  | 'labelsMerged'
  | 'deleteLabelAsk'
  | 'labelDeleted'
  | 'labelRestored'
  | 'deletedLabels'
  | 'exported'
  | 'sorted'
> = {
  added: [
    { values: { added: 0, duplicates: 0, rejected: [] } },
    { values: { added: 3, duplicates: 0, rejected: [], label: 'Zora' }, says: ['3', 'Zora'] },
    { values: { added: 0, duplicates: 12, rejected: [] }, says: ['12'] },
    {
      values: { added: 1, duplicates: 12, rejected: [REJECTED], label: 'Zora' },
      says: ['12', 'Zora', 'torn'],
      inTerminals: ['Expected a whole picture'],
    },
    {
      values: {
        added: 1234,
        duplicates: 0,
        rejected: [],
        restored: { excluded: 17, withdrawn: 23, decisions: 31, isYours: false },
      },
      says: ['1,234', '17', '23', '31'],
    },
    {
      values: {
        added: 5,
        duplicates: 0,
        rejected: [],
        restored: { excluded: 0, withdrawn: 0, decisions: 0, isYours: true },
      },
      says: ['5'],
    },
    { values: { added: 1234, duplicates: 0, rejected: [REJECTED, REJECTED] }, says: ['1,234', '2', 'torn'] },
    {
      values: { added: 7, duplicates: 0, rejected: [], skipped: 9, parts: ['train', 'val'] },
      says: ['7', '9', 'train', 'val'],
    },
    {
      values: { added: 7, duplicates: 0, rejected: [], labels: [{ label: 'Zora', added: 7 }] },
      says: ['7', 'Zora'],
    },
    {
      values: { added: 7, duplicates: 0, rejected: [], label: 'Zora', learned: { accuracy: 0.93, isActive: true } },
      says: ['7', 'Zora', /93 ?[%％]/],
    },
  ],
  removed: [
    { values: { removed: 0, rejected: [REJECTED] }, says: ['torn'] },
    { values: { removed: 7, rejected: [], refused: 2 }, says: ['7', '2'] },
  ],
  removeAsk: [{ values: { label: 'Zora', pictures: 7, rejected: [] }, says: ['Zora', '7'] }],
  moved: [
    { values: { label: 'Zora', moved: [], unchanged: 4, rejected: [] }, says: ['Zora', '4'] },
    {
      values: {
        label: 'Zora',
        moved: [{ file: 'a.png', from: ['Yuri'] }],
        unchanged: 0,
        waiting: 5,
        refused: 6,
        rejected: [],
      },
      says: ['Zora', '1', '5', '6'],
    },
  ],
  undone: [{ values: { removed: 0 } }, { values: { removed: 7 }, says: ['7'] }],
  datasets: [
    { values: { datasets: [] } },
    { values: { datasets: [dataset, noDataset] }, says: ['Zoo', '5', '67', '4', CHANNEL] },
  ],
  datasetAsk: [
    { values: { action: 'empty', dataset }, says: ['Zoo', '5', '67'] },
    { values: { action: 'delete', dataset }, says: ['Zoo', '5', '67', CHANNEL] },
  ],
  datasetRemoved: [
    { values: { action: 'empty', dataset }, says: ['Zoo', '67'] },
    { values: { action: 'delete', dataset }, says: ['Zoo', '67'] },
  ],
  datasetRenamed: [{ values: { renamed: 'Zoo', to: 'Farm' }, says: ['Zoo', 'Farm'] }],
  datasetCopied: [{ values: { name: 'Zoo', to: 'Farm', labels: 5, examples: 67 }, says: ['Zoo', 'Farm', '5', '67'] }],
  labels: [
    { values: { labels: [] } },
    {
      values: {
        labels: [
          { label: 'Zora', examples: 12 },
          { label: 'Yuri', examples: 1 },
        ],
      },
      says: ['Zora', '12', 'Yuri', '13'],
    },
  ],
  labelRenamed: [{ values: { renamed: 'Zora', to: 'Yuri' }, says: ['Zora', 'Yuri'] }],
  labelsMerged: [{ values: { merged: 'Zora', into: 'Yuri', moved: 7, inBoth: 3 }, says: ['Zora', 'Yuri', '7', '3'] }],
  deleteLabelAsk: [
    { values: { label: 'Zora', examples: 12, only: 9, days: 7, changed: true }, says: ['Zora', '12', '3', '7'] },
    { values: { label: 'Zora', examples: 1, only: 1, days: 7, changed: false }, says: ['Zora', '1', '7'] },
  ],
  labelDeleted: [{ values: { deleted: 'Zora', examples: 12, days: 7 }, says: ['Zora', '12', '7'] }],
  labelRestored: [
    { values: { restored: 'Zora', examples: 12, left: 2, joined: 3 }, says: ['Zora', '12', '2'] },
    { values: { restored: 'Zora', examples: 12, left: 0, joined: 0 }, says: ['Zora', '12'] },
  ],
  deletedLabels: [
    { values: { labels: [] } },
    {
      values: {
        labels: [
          { label: 'Zora', examples: 12, into: null, daysLeft: 6 },
          { label: 'Yuri', examples: 3, into: 'Xena', daysLeft: 1 },
        ],
      },
      says: ['Zora', '12', '6', 'Yuri', 'Xena'],
    },
  ],
  sorted: [
    {
      values: {
        dir: 'out',
        copied: 1234,
        there: 17,
        sure: 1100,
        unsure: 93,
        unknown: 58,
        folders: [
          { folder: 'Zora', pictures: 1100 },
          { folder: '_unknown', pictures: 58 },
        ],
        rejected: [REJECTED],
      },
      says: ['out', '1,234', '17', '1,100', '93', '58', 'Zora', '_unknown', 'torn'],
      inTerminals: ['Expected a whole picture'],
    },
    {
      values: { dir: 'out', copied: 0, there: 0, sure: 0, unsure: 0, unknown: 0, folders: [], rejected: [] },
    },
  ],
  exported: [
    {
      values: { dir: 'out', examples: 67, excluded: 11, withdrawn: 4, unreadable: 23, classifier: null },
      says: ['out', '67', '11', 'excluded', '4', 'withdrawn', '23'],
    },
    {
      values: {
        dir: 'out',
        examples: 67,
        excluded: 0,
        withdrawn: 0,
        unreadable: 0,
        classifier: { version: 4, labels: 5, checked: 50, largestDifference: 0 },
      },
      says: ['out', '67', '4', '5', '50', 'classifier.onnx'],
    },
  ],
}

export const changeSamples: Samples<'withdrawn' | 'restored' | 'withdrawAsk' | 'cleanUpFound' | 'cleanedUp'> = {
  withdrawn: [
    { values: { teacher: PERSON, examples: 0, version: null, active: 3 }, says: [PERSON] },
    { values: { teacher: PERSON, examples: 7, version: null, active: null }, says: [PERSON, '7'] },
    { values: { teacher: PERSON, examples: 7, version: 5, active: 5 }, says: [PERSON, '7', '5'] },
    { values: { teacher: PERSON, examples: 7, version: 5, active: 4 }, says: [PERSON, '7', '5', '4'] },
  ],
  restored: [
    { values: { teacher: PERSON, examples: 0 }, says: [PERSON] },
    { values: { teacher: PERSON, examples: 7 }, says: [PERSON, '7'] },
  ],
  withdrawAsk: [{ values: { teacher: PERSON, examples: 7, changed: true }, says: [PERSON, '7'] }],
  cleanUpFound: [
    { values: { ...nothing(), changed: false }, says: [PERSON] },
    { values: { ...something(), changed: true }, says: [PERSON, '12', '3', 'Zora', 'Yuri', '#77'] },
  ],
  cleanedUp: [
    { values: nothing(), says: [PERSON] },
    { values: something(), says: [PERSON, '12', '3', 'Zora', 'Yuri', '#77'] },
  ],
}

function nothing() {
  return {
    person: PERSON,
    since: '2026-07-01T12:30:00.000Z',
    additions: 0,
    decisions: 0,
    feedback: 0,
    labels: [],
    withdrawals: [],
    left: { additions: 0, decisions: 0, labels: [], pictures: [] },
    lost: [],
  }
}

function something() {
  const renamed = { what: 'renamed' as const, label: 'Zora', to: 'Yuri', dataset: 'main' }
  return {
    ...nothing(),
    additions: 12,
    decisions: 3,
    feedback: 5,
    labels: [renamed, { what: 'deleted' as const, label: 'Xena', to: null, dataset: 'main' }],
    withdrawals: [PERSON],
    left: {
      additions: 1,
      decisions: 1,
      labels: [renamed],
      pictures: [{ example: 77, dataset: 'main', label: 'Zora' }],
    },
    lost: [{ action: 'forgotten' as const, changes: 2 }],
  }
}
