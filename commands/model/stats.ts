import { advise } from '../../models/evaluation/advice.ts'
import { wilson } from '../../models/evaluation/calibration.ts'
import { mistakes } from '../../models/evaluation/metrics.ts'
import { answer, command } from '../../src/commands/define.ts'
import { countFeedback } from '../../src/db/feedback.ts'
import { countLabels } from '../../src/db/labels.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { readSurvey } from '../../src/db/suspects.ts'
import { listVersions } from '../../src/db/versions.ts'

const MOST = 10

export default command({
  name: 'stats',
  summary: 'how well it does: examples, accuracy with its interval, confusions, what to teach next, versions',
  access: 'admin',
  options: {},
  examples: ['stats'],
  async *run({ app, chat, dataset }) {
    const versions = await listVersions(app.store, dataset)
    const current = versions.find((v) => v.current)
    const summary = current?.summary
    const { judged, right } = await countFeedback(app.store, dataset)
    const measured = {
      labels: await countLabels(app.store, dataset),
      version: current?.number ?? null,
      head: summary?.head ?? null,
      accuracy: summary?.accuracy ?? null,
      accuracyInterval: summary?.accuracyInterval ?? null,
      live: {
        judged,
        right,
        accuracy: judged > 0 ? right / judged : null,
        interval: judged > 0 ? wilson(right, judged) : null,
      },
      recognition: summary?.recognition ?? null,
      calibrationError: summary?.calibrationError ?? null,
      calibration: summary?.calibration ?? [],
      confusions: summary ? mistakes(summary, summary.labels).slice(0, MOST) : [],
      learning: summary?.learning ?? null,
      survey: (await readSurvey(app.store, dataset)) ?? null,
      advice: summary ? advise(summary, summary.labels) : null,
      confusion: summary ? { labels: summary.labels, counts: summary.confusion } : null,
      versions: versions.map(({ number, madeAt, summary: { accuracy } }) => ({ version: number, madeAt, accuracy })),
      queue: { waiting: app.queue.waits, trainings: app.trainings.size },
      speed: app.speed.summary(),
      storage: await measureStorage(app.store, dataset),
    }
    const [worst] = measured.survey?.teachers ?? []
    const withdraw = worst && [{ word: 'withdraw' as const, verb: 'withdraw', options: { teacher: worst.teacher } }]
    yield answer('stats', measured, chat && withdraw ? { choices: withdraw } : {})
  },
})
