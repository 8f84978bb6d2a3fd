// What the repositories are asked for most, so that it is seen how each engine finds it.
import { countAudit, readAudit, sweepAudit } from '../../src/db/audit.ts'
import { releaseClaims } from '../../src/db/claims.ts'
import {
  countAdditions,
  countDecisions,
  countLost,
  deleteSomeAdditions,
  listAdditions,
  listDoings,
  listWithdrawals,
  readLastDoing,
  undoSomeDecisions,
} from '../../src/db/clean-up.ts'
import type { Database } from '../../src/db/connection.ts'
import { listDeletedLabels } from '../../src/db/deleted-labels.ts'
import { haveExamplesChanged } from '../../src/db/example-changes.ts'
import { readDetails } from '../../src/db/example-details.ts'
import { readHistory } from '../../src/db/example-history.ts'
import { findByName, listExamplesOf, readExamples } from '../../src/db/example-lists.ts'
import { readPicturesOf } from '../../src/db/export-person.ts'
import { countFeatures, picturesWithout, readViews } from '../../src/db/features.ts'
import { countFeedback } from '../../src/db/feedback.ts'
import { listGalleryIds } from '../../src/db/gallery.ts'
import { sampleKeptExamples } from '../../src/db/kept-examples.ts'
import { findKnownFiles } from '../../src/db/known-files.ts'
import { countLabels, describeLabel } from '../../src/db/labels.ts'
import { listAnswered, listUnfinishedMessages, sweepMessages } from '../../src/db/messages.ts'
import { countExamplesOf, countKeptBy } from '../../src/db/people.ts'
import { readCopies } from '../../src/db/pictures.ts'
import { listRevisionsAfter } from '../../src/db/revisions.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { writeIssues } from '../../src/db/surveys.ts'
import {
  countSuspects,
  countSuspectsByLabel,
  filterSuspects,
  listTypical,
  readSuspects,
} from '../../src/db/suspects.ts'
import { sweepDeletedLabels } from '../../src/db/sweep-labels.ts'
import { countByTeacher } from '../../src/db/teachers.ts'
import { findShownPicture, readThumbnail, writeThumbnails } from '../../src/db/thumbnails.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { sweepExpired } from '../../src/db/ttl-store.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { readVersionOrigins } from '../../src/db/version-origins.ts'
import { listVersions, readVersion } from '../../src/db/versions.ts'
import { parseLabel } from '../../src/label.ts'
import { BACKBONE } from './database.ts'
import { surveyOf, suspectOf } from './versions.ts'

export const ANY = { states: ['kept', 'excluded'] as const, seesAll: false }
export const EXAMPLE = { id: 1, by: 'ann', at: '2026' }
const DOINGS = { person: 'eve', since: '2026' }

/** What people and sweeps ask for, by name. @param dataset that it is asked of */
export const queriesOf = (dataset: number): Record<string, (seen: Database) => Promise<unknown>> => ({
  picturesWithout: (seen) => picturesWithout(seen, dataset, BACKBONE),
  countFeatures: (seen) => countFeatures(seen, dataset, BACKBONE),
  readViews: (seen) => readViews(seen, dataset, { backbone: BACKBONE, limit: 10 }),
  readVersion: (seen) => readVersion(seen, dataset, 1),
  readPicturesOf: (seen) => Array.fromAsync(readPicturesOf(seen, { server: '', by: 'ann' })),
  countExamplesOf: (seen) => countExamplesOf(seen, { by: 'ann' }),
  measureStorage: (seen) => measureStorage(seen, dataset),
  readTrainingExamples: (seen) => readTrainingExamples(seen, dataset),
  sampleKeptExamples: (seen) => sampleKeptExamples(seen, dataset, { label: 'cat', every: 1 }),
  readExamples: (seen) => Array.fromAsync(readExamples(seen, dataset)),
  findByName: (seen) => findByName(seen, dataset, 'a.png'),
  listExamplesOf: (seen) => listExamplesOf(seen, 1),
  readCopies: (seen) => readCopies(seen, dataset, [1]),
  countLabels: (seen) => countLabels(seen, dataset),
  countByTeacher: (seen) => countByTeacher(seen, dataset),
  'listGalleryIds, newest': (seen) => listGalleryIds(seen, dataset, { ...ANY, sort: 'newest' }),
  'listGalleryIds, by size': (seen) => listGalleryIds(seen, dataset, { ...ANY, minWidth: 9, sort: 'size' }),
  'listGalleryIds, by file': (seen) => listGalleryIds(seen, dataset, { ...ANY, text: 'a', by: 'ann', sort: 'file' }),
  'listGalleryIds, suspects': (seen) => listGalleryIds(seen, dataset, { ...ANY, suspects: true, sort: 'label' }),
  readDetails: (seen) => readDetails(seen, dataset, { examples: [1], seesAll: false }),
  readHistory: (seen) => readHistory(seen, dataset, EXAMPLE),
  findShownPicture: (seen) => findShownPicture(seen, dataset, { example: 1, seesAll: true }),
  readThumbnail: (seen) => readThumbnail(seen, 1),
  writeThumbnails: (seen) => writeThumbnails(seen, [{ picture: 1, bytes: Buffer.from('a') }]),
  findKnownFiles: (seen) => findKnownFiles(seen, dataset, { hashes: [Buffer.from('a')] }),
  listRevisionsAfter: (seen) => listRevisionsAfter(seen, 0),
  readSuspects: (seen) => readSuspects(seen, dataset, { after: { score: 1, example: 1 }, limit: 10, undecidedBy: 'a' }),
  countSuspects: (seen) => countSuspects(seen, dataset, 'ann'),
  countSuspectsByLabel: (seen) => countSuspectsByLabel(seen, dataset),
  filterSuspects: (seen) => filterSuspects(seen, dataset, [1]),
  listTypical: (seen) => listTypical(seen, dataset, { label: 'cat', limit: 3 }),
  describeLabel: (seen) => describeLabel(seen, dataset, parseLabel('cat')),
  listDeletedLabels: (seen) => listDeletedLabels(seen, dataset),
  sweepDeletedLabels: (seen) => sweepDeletedLabels(seen),
  countKeptBy: (seen) => countKeptBy(seen, dataset, 'ann'),
  countAdditions: (seen) => countAdditions(seen, dataset, DOINGS),
  listAdditions: (seen) => listAdditions(seen, dataset, { ...DOINGS, left: true, limit: 9 }),
  countDecisions: (seen) => countDecisions(seen, dataset, DOINGS),
  undoSomeDecisions: (seen) => undoSomeDecisions(seen, dataset, { ...DOINGS, by: 'max' }),
  deleteSomeAdditions: (seen) => deleteSomeAdditions(seen, dataset, { ...DOINGS, by: 'max' }),
  listDoings: (seen) => listDoings(seen, dataset, { ...DOINGS, actions: ['label deleted'] }),
  countLost: (seen) => countLost(seen, '', { ...DOINGS, actions: ['unfiled'] }),
  readLastDoing: (seen) => readLastDoing(seen, '', 'eve'),
  listWithdrawals: (seen) => listWithdrawals(seen, dataset, 'eve'),
  writeIssues: (seen) => seen.transaction().execute((t) => writeIssues(t, dataset, surveyOf([suspectOf(1, 1)]))),
  releaseClaims: (seen) => releaseClaims(seen, 'ann'),
  undoLast: (seen) => undoLast(seen, dataset, { by: 'ann' }),
  countAudit: (seen) => countAudit(seen, { server: '', by: 'ann', before: 9 }),
  readAudit: (seen) => readAudit(seen, { server: '', by: 'ann', before: 9, limit: 9 }),
  haveExamplesChanged: (seen) => haveExamplesChanged(seen, dataset, 1),
  listVersions: (seen) => listVersions(seen, dataset),
  readVersionOrigins: (seen) => readVersionOrigins(seen, dataset, [1]),
  countFeedback: (seen) => countFeedback(seen, dataset),
  listAnswered: (seen) => listAnswered(seen, { since: 0, limit: 10 }),
  listUnfinishedMessages: (seen) => listUnfinishedMessages(seen),
  sweepAudit: (seen) => sweepAudit(seen, new Date(0)),
  sweepMessages: (seen) => sweepMessages(seen, 0),
  sweepExpired: (seen) => sweepExpired(seen),
})
