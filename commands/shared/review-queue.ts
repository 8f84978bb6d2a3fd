import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, result, type Screen } from '../../src/commands/define.ts'
import type { Results } from '../../src/commands/results.ts'
import { openReviewQueue } from '../../src/services/review-queue.ts'
import { readSettings } from '../../src/services/settings.ts'
import { seesAll } from './sees-all.ts'

type Call = { app: App; screen?: Screen; server: string; dataset: number; by: string }
/** `after`: the decision that led here. `first`: what a decision was taken back about. */
type How = { grouped: boolean; after?: Results['reviewDone']['after']; first?: number[] }

const UNDO: Choice = { key: 'undo', command: 'decide', options: { decision: 'undo' } }

/** What a reviewer has before them on the page, claimed for them: some, so that keys need not wait. */
export async function* showReviewQueue(
  { app, screen, server, dataset, by }: Call,
  { grouped, after = null, first = [] }: How,
): AsyncGenerator<CommandEvent> {
  const { agreement } = await readSettings(app.db, server)
  const queue = await openReviewQueue(app, dataset, { by, grouped, first, seesAll: seesAll(screen) })
  yield result('reviewQueue', { ...queue, agreement, after }, after ? { choices: [UNDO] } : {})
}
