import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, result, type Screen } from '../../src/commands/define.ts'
import type { Results } from '../../src/commands/results.ts'
import { countLabels } from '../../src/db/labels.ts'
import type { Suspect } from '../../src/db/suspects.ts'
import { nextSuspect, suspectGallery } from '../../src/services/review.ts'
import { batchGallery, nextBatch, type SuspectBatch } from '../../src/services/review-batch.ts'
import { seesAll } from './sees-all.ts'

/** `among`: one by one those that this label fits better; '': that none does. */
type Call = { app: App; screen: Screen | undefined; dataset: number; by: string; among?: string | undefined }
type After = Results['reviewDone']['after']

const UNDO: Choice = { key: 'undo', command: 'decide', options: { example: 0, decision: 'undo' } }

/**
 * Shows a reviewer the next suspects that are alike, or the next one, and what they can do about them.
 * @param after the decision that led here
 */
export async function* showNextSuspect(
  { app, screen, dataset, by, among }: Call,
  after: After = null,
): AsyncGenerator<CommandEvent> {
  const one = among === undefined ? undefined : await nextSuspect(app, dataset, { by, suggested: among || null })
  const next = one ?? (await nextBatch(app, dataset, by))
  if (!next) yield result('reviewDone', { after }, after ? { choices: [UNDO] } : {})
  else if ('suspects' in next) {
    const { suggested, suspects, left } = next
    const shown = await batchGallery(app, dataset, { ...next, seesAll: seesAll(screen) })
    const values = { suggested, suspects: suspects.map(({ example, label, file }) => ({ example, label, file })) }
    yield result('reviewBatch', { ...values, left, after }, { ...shown, choices: choicesForBatch(next) })
  } else {
    const { suspect, left } = next
    const labels = (await countLabels(app.db, dataset)).map((l) => l.label)
    const shown = await suspectGallery(app, dataset, { ...suspect, seesAll: seesAll(screen) })
    const choices = choicesFor(suspect, { labels, among: one && among })
    yield result('review', { ...suspect, left, after }, { ...shown, choices })
  }
}

function choicesForBatch({ suggested, suspects, labels }: SuspectBatch): Choice[] {
  const shown = suspects.map(({ example }, i) => `${example}:${labels[i]}`).join(',')
  const decide = (decision: string) => ({ command: 'decide-together', options: { shown, decision } })
  const choices: Choice[] = []
  if (suggested !== null) {
    const options = { shown, decision: 'move', label: suggested }
    choices.push({ key: 'moveAll', about: suggested, command: 'decide-together', options })
  }
  const first = suspects[0]?.example ?? 0
  const oneByOne = { example: first, decision: 'show', among: suggested ?? '' }
  choices.push({ key: 'oneByOne', command: 'decide', options: oneByOne }, { key: 'keepAll', ...decide('keep') })
  if (suggested === null) choices.push({ key: 'excludeAll', ...decide('exclude') })
  choices.push({ key: 'skipAll', ...decide('skip') }, UNDO)
  return choices
}

type Offered = { labels: string[]; among: string | undefined }

function choicesFor({ example, label, suggested }: Suspect, { labels, among }: Offered): Choice[] {
  const alone = among === undefined ? { example } : { example, among }
  const decide = (decision: string) => ({ command: 'decide', options: { ...alone, decision } })
  const others = labels.filter((l) => l !== label && l !== suggested)
  const from = suggested === null ? others : [suggested, ...others]
  const choices: Choice[] = [{ key: 'keep', ...decide('keep') }]
  if (suggested !== null) {
    const options = { ...alone, decision: 'move', label: suggested }
    choices.push({ key: 'moveTo', about: suggested, command: 'decide', options })
  }
  choices.push({ key: 'exclude', ...decide('exclude') }, { key: 'skip', ...decide('skip') })
  choices.push(among === undefined ? UNDO : { ...UNDO, options: { ...UNDO.options, among } })
  choices.push({ key: 'moveToOther', ...decide('move'), fill: { option: 'label', from } })
  return choices
}
