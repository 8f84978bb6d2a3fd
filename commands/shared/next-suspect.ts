import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, MAX_CHOICES, result } from '../../src/commands/define.ts'
import { countLabels } from '../../src/db/labels.ts'
import type { Suspect } from '../../src/db/suspects.ts'
import { nextSuspect, suspectGallery } from '../../src/services/review.ts'

type Call = { app: App; dataset: number; by: string }

const UNDO: Choice = { key: 'undo', command: 'decide', options: { example: 0, decision: 'undo' } }

/** Shows a reviewer the next suspect and what they can do about it. `after`: the decision that led here. */
export async function* showNextSuspect(
  { app, dataset, by }: Call,
  after?: { decision: string; waits: boolean },
): AsyncGenerator<CommandEvent> {
  const next = await nextSuspect(app, dataset, by)
  if (!next) {
    yield result('reviewDone', { after: after ?? null }, after ? { choices: [UNDO] } : {})
    return
  }
  const { suspect, left } = next
  const labels = (await countLabels(app.db, dataset)).map((l) => l.label)
  const gallery = await suspectGallery(app, dataset, suspect)
  yield result('review', { ...suspect, left, after: after ?? null }, { gallery, choices: choicesFor(suspect, labels) })
}

function choicesFor({ example, label, suggested }: Suspect, labels: string[]): Choice[] {
  const decide = (decision: string) => ({ command: 'decide', options: { example, decision } })
  const others = labels.filter((l) => l !== label && l !== suggested)
  const from = suggested === null ? others : [suggested, ...others]
  const choices: Choice[] = [{ key: 'keep', ...decide('keep') }]
  if (suggested !== null) {
    const options = { example, decision: 'move', label: suggested }
    choices.push({ key: 'moveTo', about: suggested, command: 'decide', options })
  }
  choices.push({ key: 'exclude', ...decide('exclude') }, { key: 'skip', ...decide('skip') }, UNDO)
  choices.push({ key: 'moveToOther', ...decide('move'), fill: { option: 'label', from: from.slice(0, MAX_CHOICES) } })
  return choices
}
