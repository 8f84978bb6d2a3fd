import type { Results } from '../../../src/commands/results.ts'
import { CHANNEL, MOMENT, PERSON, ROLE, type Samples, SERVER } from './sample.ts'

const suspect = {
  example: 87,
  score: 0.93,
  suggested: 'Yuri',
  leftOut: true,
  label: 'Zora',
  file: 'z.png',
  by: PERSON,
  reasons: [
    { kind: 'looks-like' as const, label: 'Yuri' },
    { kind: 'also-under' as const, label: 'Xena', example: 88 },
    { kind: 'unlike' as const },
    { kind: 'blank' as const },
    { kind: 'small' as const },
  ],
}
const DECISIONS = ['keep', 'move', 'exclude', 'skip', 'undo', 'restore']

export const reviewSamples: Samples<
  | 'suspects'
  | 'suspect'
  | 'review'
  | 'reviewBatch'
  | 'reviewDone'
  | 'reviewQueue'
  | 'newLabelAsk'
  | 'reviewed'
  | 'reviewUndone'
  | 'reported'
> = {
  suspects: [
    { values: { suspects: [] } },
    { values: { suspects: [suspect], total: 30 }, says: ['30', '#87', 'Zora', 'Yuri', 'Xena', '29'] },
  ],
  suspect: [
    {
      values: { id: 87, file: 'z.png', label: 'Zora', suggested: 'Yuri', score: 0.93, reasons: suspect.reasons },
      says: ['#87', 'Zora', '0.93', 'Yuri'],
      inTerminals: ['z.png'],
    },
    {
      values: { id: 87, file: 'z.png', label: 'Zora', suggested: null, score: null, reasons: [] },
      says: ['#87', 'Zora'],
    },
  ],
  review: [
    {
      values: { ...suspect, left: 12, after: null },
      says: ['#87', 'Zora', 'Yuri', 'Xena', '12'],
      inTerminals: ['z.png'],
    },
    ...DECISIONS.map((decision) => ({
      values: { ...suspect, leftOut: false, left: 12, after: { decision, waits: decision === 'move' } },
      says: ['#87', 'Zora', '12'],
    })),
  ],
  reviewBatch: [
    {
      values: {
        suggested: 'Yuri',
        suspects: [{ example: 87, label: 'Zora', file: 'z.png' }],
        left: 12,
        after: { decision: 'move', waits: false, pictures: 9, refused: 2, changed: [{ example: 5, label: 'Xena' }] },
      },
      says: ['Yuri', 'Zora', '12', '9', '2', 'Xena'],
    },
    {
      values: { suggested: null, suspects: [{ example: 87, label: 'Zora', file: 'z.png' }], left: 1, after: null },
      says: ['Zora'],
    },
  ],
  reviewDone: [{ values: { after: null } }, { values: { after: { decision: 'keep', waits: true } } }],
  reviewQueue: [
    { values: { suspects: [], left: 0, skipped: 0, typical: [], agreement: 1, after: null } },
    {
      values: {
        suspects: [],
        left: 34,
        skipped: 2,
        typical: [],
        agreement: 2,
        after: { decision: 'keep', waits: true },
      },
      says: ['34', '2'],
    },
  ],
  newLabelAsk: [{ values: { label: 'Zora', example: 87 }, says: ['Zora', '#87'] }],
  reviewed: [
    ...(['keep', 'exclude', 'restore'] as const).map((decision) => ({
      values: { decision, label: null, done: 7, waiting: 5, refused: 6 },
      says: ['7', '5', '6'],
    })),
    { values: { decision: 'move', label: 'Zora', done: 7, waiting: 0 }, says: ['Zora', '7'] },
    { values: { decision: 'move', label: 'Zora', done: 0, waiting: 5 }, says: ['5'] },
    { values: { decision: 'keep', label: null, done: 0, waiting: 0 } },
  ],
  reviewUndone: [
    { values: { example: 87 }, says: ['#87'] },
    { values: { example: 87, pictures: 9 }, says: ['9'] },
  ],
  reported: [
    { values: { file: 'report.html', examples: 67, suspects: 8 }, says: ['67', '8'], inTerminals: ['report.html'] },
    { values: { file: 'report.html', examples: 67, suspects: 3, listed: [suspect] }, says: ['67', '3', '#87'] },
  ],
}

export const settings: Results['settings']['settings'] = {
  watched: [CHANNEL],
  datasets: { [CHANNEL]: 'Zoo' },
  roles: { teacher: ROLE, manager: ROLE },
  answer: 'sure',
  caution: 'high',
  retraining: 'after',
  every: 25,
  schedule: '0 4 * * 1',
  agreement: 2,
  language: 'ja',
  learnFromPosts: true,
} as Results['settings']['settings']

const empty: Results['settings']['settings'] = {
  ...settings,
  watched: [],
  datasets: {},
  roles: {},
  answer: 'all',
  caution: 'low',
  retraining: 'by-hand',
  agreement: 1,
  language: 'auto',
  learnFromPosts: false,
}

type Change = Results['audit']['changes'][number]
const change = { id: 5, at: MOMENT, by: PERSON, dataset: 'Zoo' }
export const CHANGES: { action: Change['action']; detail: object; says: string[] }[] = [
  { action: 'filed', detail: { label: 'Zora', example: 87, file: 'z.png' }, says: ['Zora', '#87'] },
  { action: 'unfiled', detail: { label: 'Zora', picture: 3 }, says: ['Zora'] },
  { action: 'unfiled', detail: { examples: [1, 2, 3, 4] }, says: ['4'] },
  { action: 'moved', detail: { example: 87, from: 'Zora', to: 'Yuri' }, says: ['#87', 'Zora', 'Yuri'] },
  { action: 'excluded', detail: { teacher: PERSON, examples: 12 }, says: ['12'] },
  { action: 'restored', detail: { teacher: PERSON, examples: 12 }, says: ['12'] },
  { action: 'reviewed', detail: { example: 87, decision: 'keep', from: 'Zora' }, says: ['#87', 'Zora'] },
  {
    action: 'reviewed',
    detail: { example: 87, decision: 'move', from: 'Zora', to: 'Yuri', also: [PERSON] },
    says: ['#87', 'Zora', 'Yuri'],
  },
  { action: 'reviewed', detail: { example: 87, decision: 'exclude', from: 'Zora' }, says: ['#87', 'Zora'] },
  { action: 'reviewed', detail: { example: 87, decision: 'restore', from: 'Zora' }, says: ['#87'] },
  { action: 'review undone', detail: { example: 87, decision: 'move', waited: true }, says: ['#87'] },
  { action: 'forgotten', detail: { examples: 12 }, says: ['12'] },
  { action: 'label renamed', detail: { renamed: 'Zora', to: 'Yuri', id: 4 }, says: ['Zora', 'Yuri'] },
  {
    action: 'labels merged',
    detail: { merged: 'Zora', into: 'Yuri', moved: 4, inBoth: 0, id: 4 },
    says: ['Zora', 'Yuri'],
  },
  { action: 'label deleted', detail: { label: 'Zora', examples: 12, id: 4 }, says: ['Zora', '12'] },
  { action: 'label restored', detail: { label: 'Zora', examples: 12, id: 4 }, says: ['Zora', '12'] },
  { action: 'label purged', detail: { label: 'Zora', examples: 12 }, says: ['Zora'] },
  { action: 'cleaned up', detail: { teacher: PERSON, since: MOMENT, changes: 12, feedback: 3 }, says: [] },
  { action: 'dataset renamed', detail: { renamed: 'Zoo', to: 'Farm' }, says: ['Zoo', 'Farm'] },
  { action: 'dataset copied', detail: { copied: 'Zoo', to: 'Farm', labels: 5, examples: 67 }, says: ['Zoo', 'Farm'] },
  { action: 'dataset emptied', detail: { emptied: { labels: 5, examples: 67 } }, says: [] },
  { action: 'dataset deleted', detail: { deleted: 'Zoo' }, says: ['Zoo'] },
  { action: 'trained', detail: { version: 41, accuracy: 0.98, promoted: true }, says: ['41', '98'] },
  { action: 'trained', detail: { version: 41, accuracy: null, promoted: false }, says: ['41'] },
  { action: 'promoted', detail: { version: 41 }, says: ['41'] },
  { action: 'backbone changed', detail: { backbone: 'one@1' }, says: ['one@1'] },
  { action: 'settings changed', detail: { learnFromPosts: true, noRoles: true, watch: CHANNEL }, says: [] },
  { action: 'settings changed', detail: { dataset: 'Zoo' }, says: [] },
  { action: 'feedback', detail: { version: 3, said: 'Zora', right: false, truth: 'Yuri' }, says: ['Zora', 'Yuri'] },
  { action: 'feedback', detail: { version: 3, said: null, right: false, truth: null }, says: [] },
  { action: 'feedback', detail: { version: 3, said: 'Zora', right: true, truth: null }, says: ['Zora'] },
  { action: 'person blocked', detail: { person: PERSON }, says: [] },
  { action: 'person unblocked', detail: { person: PERSON }, says: [] },
  { action: 'server blocked', detail: { server: SERVER }, says: [SERVER] },
  { action: 'server unblocked', detail: { server: SERVER }, says: [SERVER] },
  { action: 'server left', detail: { server: SERVER }, says: [SERVER] },
  { action: 'limits changed', detail: { server: SERVER, pictures: 5, labels: null }, says: [SERVER] },
  { action: 'pictures blocked', detail: { pictures: 5 }, says: [] },
  { action: 'pictures allowed', detail: { id: 5 }, says: [] },
]

export const peopleSamples: Samples<
  'settings' | 'audit' | 'forgetAsk' | 'forgotten' | 'privacy' | 'myData' | 'help' | 'setup'
> = {
  settings: [
    { values: { settings, changed: [] }, says: [CHANNEL, 'Zoo', ROLE, '15', '25', '日本語'] },
    { values: { settings: empty, changed: [], formerConfidence: 60 }, says: ['60', '2'] },
    { values: { settings: { ...settings, retraining: 'schedule' }, changed: ['schedule'] }, says: ['0 4 * * 1'] },
    { values: { settings: { ...settings, retraining: 'at-once' }, changed: ['retraining'] } },
    { values: { settings, changed: ['watch'] }, says: [CHANNEL] },
    { values: { settings: empty, changed: ['unwatch', 'learnFromPosts', 'agreement'] } },
    { values: { settings, changed: ['language', 'agreement', 'learnFromPosts'] }, says: ['日本語'] },
    { values: { settings: empty, changed: ['language', 'answer'] } },
    { values: { settings, changed: ['teacher', 'dataset', 'for', 'caution'] }, says: [ROLE, 'Zoo', CHANNEL] },
  ],
  audit: [
    { values: { changes: [] } },
    ...CHANGES.map(({ action, detail, says }) => ({
      values: { changes: [{ ...change, action, detail }] },
      says: [PERSON, ...says],
      inTerminals: ['#5', 'Zoo'],
    })),
  ],
  forgetAsk: [
    { values: { examples: 12, everywhere: true }, says: ['12'] },
    { values: { examples: 12, everywhere: false }, says: ['12'] },
  ],
  forgotten: [
    { values: { examples: 12, everywhere: true }, says: ['12'] },
    { values: { examples: 12, everywhere: false }, says: ['12'] },
  ],
  privacy: [
    {
      values: { learnFromPosts: true, graceDays: 30, url: 'https://example.org/p', urlJa: 'https://example.org/p/ja' },
      says: ['512', '30', 'https://example.org/p'],
    },
    {
      values: { learnFromPosts: false, graceDays: 30, url: 'https://example.org', urlJa: 'https://example.org' },
      says: ['512', '30'],
    },
  ],
  myData: [
    { values: { examples: 0, feedback: 0, changes: 0, everywhere: false } },
    { values: { examples: 12, feedback: 3, changes: 45, ignored: 2, everywhere: true }, says: ['12', '3', '45', '2'] },
  ],
  help: [
    {
      values: {
        trained: true,
        topics: [{ topic: 'asking', commands: [{ name: 'predict', summary: 'tell', id: '9' }] }],
      },
    },
    {
      values: {
        trained: false,
        topics: (['adding', 'review', 'training', 'server', 'privacy'] as const).map((topic) => ({
          topic,
          commands: [{ name: 'label', summary: 'add', id: undefined }],
        })),
      },
    },
  ],
  setup: (['language', 'teachers', 'channel', 'done'] as const).flatMap((step) =>
    [true, false].flatMap((welcome) =>
      [null, 'everybody', ROLE].map((teacher) => ({
        values: {
          step,
          welcome,
          language: 'auto' as const,
          teacher,
          watched: welcome ? [CHANNEL] : [],
          seesPosts: !welcome,
        },
        says: step === 'done' && welcome ? [CHANNEL] : [],
      })),
    ),
  ),
}
