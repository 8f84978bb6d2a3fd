import { answer, command, flag, pictures } from '../../src/commands/define.ts'
import { removePicture } from '../../src/db/examples.ts'
import { countFiledBy, forgetPerson } from '../../src/db/people.ts'
import type { Source } from '../../src/images/source.ts'
import { findFiled } from '../../src/services/labeling.ts'

export default command({
  name: 'forget',
  summary: 'delete pictures that you filed: the ones you show, or all of them with everything kept about you',
  access: 'anyone',
  only: 'chat',
  quiet: true,
  options: {
    all: flag('all of mine, and everything kept about me', { optional: true }),
    pictures: pictures('only these of mine', { optional: true }),
  },
  examples: [],
  async *run({ app, server, dataset, by, options: { all, pictures } }) {
    const shown = pictures ? await Array.fromAsync(pictures) : []
    if (shown.length > 0) {
      const examples = await forgetThese(shown)
      if (examples > 0) app.events.emit('filed', dataset, examples)
      yield answer('forgotten', { examples })
      return
    }
    const filed = await countFiledBy(app.store, server, by)
    if (!all) {
      const examples = filed.reduce((sum, f) => sum + f.examples, 0)
      const choices = [{ word: 'forgetAll' as const, verb: 'forget', options: { all: true } }]
      yield answer('forgetAsk', { examples }, { choices })
      return
    }
    const examples = await forgetPerson(app.store, server, by)
    for (const { dataset, examples } of filed) app.events.emit('filed', dataset, examples)
    yield answer('forgotten', { examples })

    async function forgetThese(sources: Source[]): Promise<number> {
      let deleted = 0
      for (const source of sources)
        deleted += await removePicture(app.store, dataset, await findFiled(app, dataset, source), by)
      return deleted
    }
  },
})
