import { advise } from '../../models/evaluation/advice.ts'
import { mistakes } from '../../models/evaluation/metrics.ts'
import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import type { App } from '../../src/app.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { countFeedback } from '../../src/db/feedback.ts'
import { countLabels } from '../../src/db/labels.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { readIssueSummary } from '../../src/db/surveys.ts'
import { listVersions, type VersionSummary } from '../../src/db/versions.ts'
import { countTrainings } from '../../src/services/training-status.ts'

/** Pairs of labels that are named as most often confused. */
const MAX_CONFUSIONS = 10

export default defineCommand({
  name: 'stats',
  summary: 'show how well it does: accuracy, confusions, what to add next, versions, storage',
  access: 'manager',
  onlyReads: true,
  isPrivate: true,
  options: {},
  examples: ['stats', 'stats --charts'],
  async *run({ app, screen, dataset }) {
    const versions = await listVersions(app.db, dataset)
    const active = versions.find((v) => v.current)
    const issues = (await readIssueSummary(app.db, dataset)) ?? null
    const stats = {
      labels: await countLabels(app.db, dataset),
      version: active?.number ?? null,
      ...(active ? describeVersion(active.summary) : NOT_TRAINED),
      live: await measureFeedback(app, dataset),
      survey: issues,
      versions: versions.map(({ number, madeAt, summary }) => ({
        version: number,
        madeAt,
        accuracy: summary.accuracy,
      })),
      queue: { waiting: app.queue.waitingCount, trainings: await countTrainings(app) },
      speed: app.latency.summary(),
      storage: await measureStorage(app.db, dataset),
    }
    const [worst] = issues?.teachers ?? []
    const again = { command: 'stats', options: {} }
    if (!screen || !worst) yield result('stats', stats, { again })
    else
      yield result('stats', stats, {
        again,
        choices: [{ key: 'withdraw', command: 'withdraw', options: { teacher: worst.teacher } }],
      })
  },
})

const NOT_TRAINED = {
  head: null,
  accuracy: null,
  accuracyInterval: null,
  balancedAccuracy: null,
  recognition: null,
  grades: null,
  calibrationError: null,
  calibration: [],
  confusions: [],
  learning: null,
  advice: null,
  confusion: null,
}

function describeVersion(summary: VersionSummary) {
  const { labels } = summary
  return {
    head: summary.head,
    accuracy: summary.accuracy,
    accuracyInterval: summary.accuracyInterval,
    balancedAccuracy: summary.balancedAccuracy,
    recognition: summary.recognition,
    grades: summary.grades,
    calibrationError: summary.calibrationError,
    calibration: summary.calibration,
    confusions: mistakes(summary, labels).slice(0, MAX_CONFUSIONS),
    learning: summary.learning,
    advice: advise(summary, labels),
    // One label is taken for no other.
    confusion: labels.length > 1 ? { labels, counts: summary.confusion } : null,
  }
}

/** The share of answers that people judged right, with its 95 % interval. */
async function measureFeedback({ db }: App, dataset: number) {
  const { judged, right } = await countFeedback(db, dataset)
  if (judged === 0) return { judged, right, accuracy: null, interval: null }
  return { judged, right, accuracy: right / judged, interval: wilsonInterval(right, judged) }
}
