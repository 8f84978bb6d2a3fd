import { defineCommand, result } from '../../src/commands/define.ts'
import { number } from '../../src/commands/options.ts'
import { readHistory } from '../../src/db/example-history.ts'
import { UserError } from '../../src/errors.ts'
import { requireBrowsing } from '../../src/services/browsing.ts'
import { describeExamples } from '../../src/services/example-details.ts'
import { seesAll } from '../shared/sees-all.ts'

export default defineCommand({
  name: 'example',
  summary: 'show what is known of one example, and what was done with it',
  // Whoever teaches or reviews (browsing.ts).
  access: 'member',
  frontEnds: ['cli', 'web'],
  onlyReads: true,
  isPrivate: true,
  options: { example: number('its number', { min: 1 }) },
  examples: ['example 12'],
  async *run({ app, dataset, screen, requireAccess, options: { example: id } }) {
    requireBrowsing(requireAccess)
    const [example] = await describeExamples(app, dataset, { examples: [id], seesAll: seesAll(screen) })
    if (!example) throw new UserError('review.not-found', `Expected the number of an example, received ${id}`)
    yield result('example', { example, history: await readHistory(app.db, dataset, example) })
  },
})
