import type { App } from '../../src/app.ts'
import {
  type Choice,
  type Command,
  type CommandEvent,
  defineCommand,
  MAX_CHOICES,
  result,
} from '../../src/commands/define.ts'
import { examples } from '../../src/commands/options.ts'
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
): AsyncGenerator<CommandEvent> {
  const next = await nextSuspect(app, dataset, by)
  const undo: Choice = { key: 'undo', command: 'decide', options: { example: 0, decision: 'undo' } }
  if (!next) {
    yield result('reviewDone', { after: after ?? null }, after ? { choices: [undo] } : {})
    return
  }
  const { suspect, left } = next
  const { example, label, suggested } = suspect
  const deed = (decision: string, more = {}) => ({ command: 'decide', options: { example, decision, ...more } })
  const others = (await countLabels(app.db, dataset)).map((l) => l.label).filter((l) => l !== label)
  const from = [...(suggested === null ? [] : [suggested]), ...others.filter((l) => l !== suggested)]
  const choices: Choice[] = [
    { key: 'keep', ...deed('keep') },
    ...(suggested === null
      ? []
      : [{ key: 'moveTo' as const, about: suggested, ...deed('move', { label: suggested }) }]),
    { key: 'exclude', ...deed('exclude') },
    { key: 'skip', ...deed('skip') },
    undo,
    { key: 'moveToOther', ...deed('move'), fill: { option: 'label', from: from.slice(0, MAX_CHOICES) } },
  ]
  yield result(
    'review',
    { ...suspect, left, after: after ?? null },
    { gallery: await suspectGallery(app, dataset, suspect), choices },
  )
}

/** How many must agree here. */
export const agreementOf = async ({ app, server }: Where): Promise<number> =>
  (await readSettings(app.db, server)).agreement

/** A verb that decides the same about all that it is given. */
export const verdict = (name: string, summary: string, decision: Decision): Command =>
  defineCommand({
    ...{ name, summary, access: 'reviewer', isPrivate: true },
    options: { examples: examples('their numbers (12), ranges (12-20), or file names as they were given') },
    examples: [`${name} 12 15-20`, `${name} ./pictures/character-a/one.png`],
    async *run({ options, ...where }) {
      const found = await findAll(where, options.examples)
      const outcome = await review(where.app, where.dataset, found, { decision }, where.by, await agreementOf(where))
      yield result('reviewed', { decision, label: null, ...outcome })
    },
  })

/** Throws UserError review.not-found */
async function findAll({ app, dataset }: Where, names: string[]): Promise<number[]> {
  const found: number[] = []
  for (const name of names) {
    const some = await findByName(app.db, dataset, name)
    if (!some)
      throw new UserError('review.not-found', `Expected the number or the file name of an example, received ${name}`)
    found.push(...some)
  }
  return [...new Set(found)]
}
