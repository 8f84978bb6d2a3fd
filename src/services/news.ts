import type { ServiceContext, TrainingOutcome } from '../context.ts'
import { addNews, dropNews, type News } from '../db/news.ts'
import type { UserError } from '../errors.ts'

/** So many suspects more than before are news, where they are also this share of the examples. */
const [MANY_SUSPECTS, MANY_SHARE] = [10, 0.05]
/** What is no news: nothing to learn from yet, or a stop. */
const NO_NEWS = /^(busy\.|train\.too-few)/

/** What managers should hear about a training that nobody waited for. @param before suspects that the last one had found */
export async function tellOutcome(
  app: ServiceContext,
  dataset: number,
  { outcome, before }: { outcome: TrainingOutcome; before: number },
): Promise<void> {
  await dropNews(app.db, dataset, outcome.promoted ? ['held-back', 'training-failed'] : ['training-failed'])
  const isHeldBack = !outcome.promoted && ['turned', 'worse'].includes(outcome.reason)
  if (isHeldBack) await tell(app, dataset, { kind: 'held-back', version: outcome.version, labels: outcome.turned })
  const more = outcome.flagged - before
  if (more >= MANY_SUSPECTS && more >= MANY_SHARE * outcome.examples)
    await tell(app, dataset, { kind: 'many-suspects', suspects: outcome.flagged, more })
}

export async function tellFailure(app: ServiceContext, dataset: number, { code, values }: UserError): Promise<void> {
  if (!NO_NEWS.test(code)) await tell(app, dataset, { kind: 'training-failed', code, values })
}

async function tell(app: ServiceContext, dataset: number, news: News): Promise<void> {
  const server = await addNews(app.db, dataset, news)
  if (server !== undefined) app.events.emit('newsAdded', server)
}
