import { defineCommand, result } from '../../src/commands/define.ts'
import { flag, pictures } from '../../src/commands/options.ts'
import { removeOwnPicture } from '../../src/db/examples.ts'
import { countExamplesBy, forgetPerson } from '../../src/db/people.ts'
import type { Source } from '../../src/images/source.ts'
import { identifyPicture } from '../../src/services/labeling.ts'

export default defineCommand({
  name: 'forget',
  summary: 'delete pictures that you filed: the ones you show, or all of them with everything kept about you',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  options: {
    all: flag('all of mine, and everything kept about me', { optional: true }),
    pictures: pictures('only these of mine', { optional: true }),
  },
  examples: [],
  async *run({ app, server, dataset, by, options: { all, pictures } }) {
    const shown = pictures ? await Array.fromAsync(pictures) : []
    if (shown.length > 0) {
      const examples = await forgetThese(shown)
      if (examples > 0) app.events.emit('examplesChanged', dataset, examples)
      yield result('forgotten', { examples })
      return
    }
    const filed = await countExamplesBy(app.db, server, by)
    if (!all) {
      const examples = filed.reduce((sum, f) => sum + f.examples, 0)
      const choices = [{ key: 'forgetAll' as const, command: 'forget', options: { all: true } }]
      yield result('forgetAsk', { examples }, { choices })
      return
    }
    const examples = await forgetPerson(app.db, server, by)
    for (const { dataset, examples } of filed) app.events.emit('examplesChanged', dataset, examples)
    yield result('forgotten', { examples })

    async function forgetThese(sources: Source[]): Promise<number> {
      let deleted = 0
      for (const source of sources)
        deleted += await removeOwnPicture(app.db, dataset, { picture: await identifyPicture(app, dataset, source), by })
      return deleted
    }
  },
})
