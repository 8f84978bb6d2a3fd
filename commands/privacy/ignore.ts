import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { flag } from '../../src/commands/options.ts'
import { ignore, stopIgnoring } from '../../src/db/ignored.ts'

const IGNORE: Choice = { key: 'ignoreMe', command: 'ignore', options: {} }
const STOP: Choice = { key: 'answerMe', command: 'ignore', options: { stop: true } }

export default defineCommand({
  name: 'ignore',
  summary: 'have your posts in watched channels left alone, or answered again',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  options: { stop: flag('answer my posts again', { optional: true }) },
  examples: [],
  async *run({ app, server, by, options: { stop = false } }) {
    const someone = { server, person: by }
    if (stop) await stopIgnoring(app.db, someone)
    else await ignore(app.db, someone)
    yield result('ignoring', { ignoring: !stop }, { choices: [stop ? IGNORE : STOP] })
  },
})
