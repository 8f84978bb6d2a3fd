import { advise } from '../../models/evaluation/advice.ts'
import { wilsonInterval } from '../../models/evaluation/calibration.ts'
import { mistakes } from '../../models/evaluation/metrics.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { countFeedback } from '../../src/db/feedback.ts'
import { countLabels } from '../../src/db/labels.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { readIssueSummary } from '../../src/db/suspects.ts'
import { listVersions } from '../../src/db/versions.ts'

const MOST = 10

export default defineCommand({
  name: 'stats',
  summary: 'how well it does: examples, accuracy with its interval, confusions, what to teach next, versions',
  access: 'manager',
  options: {},
  examples: ['stats'],
  async *run({ app, chat, dataset }) {
    const versions = await listVersions(app.db, dataset)
    const current = versions.find((v) => v.current)
    const summary = current?.summary
    const { judged, right } = await countFeedback(app.db, dataset)
    const measured = {
      labels: await countLabels(app.db, dataset),
      version: current?.number ?? null,
      head: summary?.head ?? null,
      accuracy: summary?.accuracy ?? null,
      accuracyInterval: summary?.accuracyInterval ?? null,
      live: {
        judged,
        right,
        accuracy: judged > 0 ? right / judged : null,
        interval: judged > 0 ? wilsonInterval(right, judged) : null,
      },
      recognition: summary?.recognition ?? null,
      calibrationError: summary?.calibrationError ?? null,
      calibration: summary?.calibration ?? [],
      confusions: summary ? mistakes(summary, summary.labels).slice(0, MOST) : [],
      learning: summary?.learning ?? null,
      survey: (await readIssueSummary(app.db, dataset)) ?? null,
      advice: summary ? advise(summary, summary.labels) : null,
      confusion: summary ? { labels: summary.labels, counts: summary.confusion } : null,
      versions: versions.map(({ number, madeAt, summary: { accuracy } }) => ({ version: number, madeAt, accuracy })),
      queue: { waiting: app.queue.waits, trainings: app.trainings.size },
      speed: app.speed.summary(),
      storage: await measureStorage(app.db, dataset),
    }
    const [worst] = measured.survey?.teachers ?? []
    const withdraw = worst && [{ key: 'withdraw' as const, command: 'withdraw', options: { teacher: worst.teacher } }]
    yield result('stats', measured, chat && withdraw ? { choices: withdraw } : {})
  },
})
