import type { IssueSurvey, LabelIssue } from '../../src/db/label-issues.ts'
import type { VersionSummary } from '../../src/db/versions.ts'

/** What training found, of suspects alone. */
export const surveyOf = (suspicions: LabelIssue[]): IssueSurvey => ({
  suspicions,
  scores: suspicions.map(({ example, score }) => ({ example, score })),
  summary: { flagged: suspicions.length, leftOut: 0, copies: 0, conflicts: 0, teachers: [] },
})

/** A suspect that looks like a dog. */
export const suspectOf = (example: number, score: number): LabelIssue => ({
  example,
  score,
  suggested: 'dog',
  reasons: [{ kind: 'looks-like', label: 'dog' }],
  leftOut: score > 0.9,
})

export const madeUpSummary: VersionSummary = {
  head: 'means',
  effort: 'fast',
  labels: ['cat', 'dog'],
  examples: 4,
  dataHash: 'made up',
  accuracy: 0.75,
  accuracyInterval: [0.3, 0.95],
  balancedAccuracy: 0.75,
  calibrationError: 0.1,
  calibration: [{ confidence: 0.8, accuracy: 0.75, count: 4 }],
  measured: 4,
  confusion: [
    [2, 0],
    [1, 1],
  ],
  recognition: null,
  grades: null,
  learning: null,
}
