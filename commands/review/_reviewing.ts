import type { App } from '../../src/app.ts'
import {
  answer,
  type Choice,
  type Command,
  command,
  type Event,
  examples,
  MOST_CHOICES,
} from '../../src/commands/define.ts'
import { countLabels } from '../../src/db/labels.ts'
import { type Decision, findByName } from '../../src/db/reviews.ts'
import { UserError } from '../../src/errors.ts'
import { nextSuspect, review, suspectGallery } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'

type Where = { app: App; server: string; dataset: number; by: string }

/** The next suspect for a reviewer with what can be done about it: what `review` and its buttons share. */
export async function* showNext(
  { app, dataset, by }: Where,
  after?: { decision: string; waits: boolean },
): AsyncGenerator<Event> {
  const next = await nextSuspect(app, dataset, by)
  const undo: Choice = { word: 'undo', verb: 'decide', options: { example: 0, decision: 'undo' } }
  if (!next) {
    yield answer('reviewDone', { after: after ?? null }, after ? { choices: [undo] } : {})
    return
  }
  const { suspect, left } = next
  const { example, label, suggested } = suspect
  const deed = (decision: string, more = {}) => ({ verb: 'decide', options: { example, decision, ...more } })
  const others = (await countLabels(app.store, dataset)).map((l) => l.label).filter((l) => l !== label)
  const from = [...(suggested === null ? [] : [suggested]), ...others.filter((l) => l !== suggested)]
  const choices: Choice[] = [
    { word: 'keep', ...deed('keep') },
    ...(suggested === null
      ? []
      : [{ word: 'moveTo' as const, about: suggested, ...deed('move', { label: suggested }) }]),
    { word: 'exclude', ...deed('exclude') },
    { word: 'skip', ...deed('skip') },
    undo,
    { word: 'moveToOther', ...deed('move'), fill: { option: 'label', from: from.slice(0, MOST_CHOICES) } },
  ]
  yield answer(
    'review',
    { ...suspect, left, after: after ?? null },
    { gallery: await suspectGallery(app, dataset, suspect), choices },
  )
}

/** How many must agree here. */
export const agreementOf = async ({ app, server }: Where): Promise<number> =>
  (await readSettings(app.store, server)).agreement

/** A verb that decides the same about all that it is given. */
export const verdict = (name: string, summary: string, decision: Decision): Command =>
  command({
    ...{ name, summary, access: 'reviewer', quiet: true },
    options: { examples: examples('their numbers (12), ranges (12-20), or file names as they were given') },
    examples: [`${name} 12 15-20`, `${name} ./pictures/character-a/one.png`],
    async *run({ options, ...where }) {
      const found = await findAll(where, options.examples)
      const outcome = await review(where.app, where.dataset, found, { decision }, where.by, await agreementOf(where))
      yield answer('reviewed', { decision, label: null, ...outcome })
    },
  })

/** Throws UserError review.not-found */
async function findAll({ app, dataset }: Where, names: string[]): Promise<number[]> {
  const found: number[] = []
  for (const name of names) {
    const some = await findByName(app.store, dataset, name)
    if (!some)
      throw new UserError('review.not-found', `Expected the number or the file name of an example, received ${name}`)
    found.push(...some)
  }
  return [...new Set(found)]
}
