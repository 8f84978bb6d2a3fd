import { type Command, defineCommand } from '../../src/commands/define.ts'
import { examples } from '../../src/commands/options.ts'
import type { Database } from '../../src/db/connection.ts'
import { findByNames } from '../../src/db/example-lists.ts'
import type { Decision } from '../../src/db/schema.ts'
import { UserError } from '../../src/errors.ts'
import { decideOnExamples } from '../../src/services/review.ts'
import { readSettings } from '../../src/services/settings.ts'
import { actorOf } from './actor.ts'
import { reviewed } from './reviewed.ts'

/** A command that makes the same decision about all the examples it is given. */
export const decisionCommand = (name: string, summary: string, decision: Decision): Command =>
  defineCommand({
    name,
    summary,
    access: 'reviewer',
    isPrivate: true,
    options: { examples: examples('their numbers (12), ranges (12-20), or file names as they were added') },
    examples: [`${name} 12 15-20`, `${name} ./pictures/character-a/one.png`],
    async *run({ app, server, dataset, by, requireAccess, options }) {
      const found = await findExamples(app.db, dataset, options.examples)
      const { agreement } = await readSettings(app.db, server)
      const as = actorOf(requireAccess)
      const decided = await decideOnExamples(app, dataset, { examples: found, decision, by, as, agreement })
      yield reviewed(decision, null, decided)
    },
  })

/** Throws UserError review.not-found. */
async function findExamples(db: Database, dataset: number, names: string[]): Promise<number[]> {
  const found = new Set<number>()
  for (const [name, matching] of await findByNames(db, dataset, names)) {
    if (!matching)
      throw new UserError('review.not-found', `Expected the number or the file name of an example, received ${name}`)
    for (const example of matching) found.add(example)
  }
  return [...found]
}
