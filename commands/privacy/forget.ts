import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { flag, pictures } from '../../src/commands/options.ts'
import { countExamplesOf } from '../../src/db/people.ts'
import { forgetEverythingOf, forgetPicturesOf } from '../../src/services/forgetting.ts'
import { whose } from '../shared/whose.ts'

export default defineCommand({
  name: 'forget',
  summary: 'delete pictures of yours: the ones you show, or all of them and everything stored about you',
  access: 'member',
  frontEnds: ['discord', 'web'],
  isPrivate: true,
  directMessages: 'every-server',
  options: {
    all: flag('all of mine, and everything stored about me', { optional: true }),
    pictures: pictures('only these of mine', { optional: true }),
  },
  examples: [],
  async *run({ app, server, by, options: { all, pictures } }) {
    const person = whose({ server, by })
    const everywhere = person.server === undefined
    const shown = pictures ? await Array.fromAsync(pictures) : []
    if (shown.length > 0) {
      yield result('forgotten', { examples: await forgetPicturesOf(app, person, shown), everywhere })
      return
    }
    if (all) {
      yield result('forgotten', { examples: await forgetEverythingOf(app, person), everywhere })
      return
    }
    const examples = (await countExamplesOf(app.db, person)).reduce((sum, d) => sum + d.examples, 0)
    const choices: Choice[] = [{ key: 'forgetAll', command: 'forget', options: { all: true } }]
    yield result('forgetAsk', { examples, everywhere }, { choices })
  },
})
