import type { App } from '../../src/app.ts'
import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { flag, pictures } from '../../src/commands/options.ts'
import { removeOwnPicture } from '../../src/db/examples.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { countExamplesBy } from '../../src/db/people.ts'
import type { Source } from '../../src/images/source.ts'
import { identifyPicture } from '../../src/services/labeling.ts'

export default defineCommand({
  name: 'forget',
  summary: 'delete pictures that you added: the ones you show, or all of them and everything stored about you',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  options: {
    all: flag('all of mine, and everything stored about me', { optional: true }),
    pictures: pictures('only these of mine', { optional: true }),
  },
  examples: [],
  async *run({ app, server, dataset, by, options: { all, pictures } }) {
    const shown = pictures ? await Array.fromAsync(pictures) : []
    if (shown.length > 0) {
      const examples = await deleteOwn({ app, dataset, by }, shown)
      if (examples > 0) app.events.emit('examplesChanged', dataset, examples)
      yield result('forgotten', { examples })
      return
    }
    const datasets = await countExamplesBy(app.db, server, by)
    if (!all) {
      const examples = datasets.reduce((sum, d) => sum + d.examples, 0)
      const choices: Choice[] = [{ key: 'forgetAll', command: 'forget', options: { all: true } }]
      yield result('forgetAsk', { examples }, { choices })
      return
    }
    const examples = await forgetPerson(app.db, server, by)
    for (const d of datasets) app.events.emit('examplesChanged', d.dataset, d.examples)
    yield result('forgotten', { examples })
  },
})

/** Deletes the caller's examples of these pictures. Returns how many there were. */
async function deleteOwn(
  { app, dataset, by }: { app: App; dataset: number; by: string },
  sources: Source[],
): Promise<number> {
  let deleted = 0
  for (const source of sources) {
    const picture = await identifyPicture(app, dataset, source)
    deleted += await removeOwnPicture(app.db, dataset, { picture, by })
  }
  return deleted
}
