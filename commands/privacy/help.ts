import { type Command, defineCommand, result } from '../../src/commands/define.ts'
import { choice } from '../../src/commands/options.ts'
import { NO_SERVER } from '../../src/db/datasets.ts'
import { readActiveNumber } from '../../src/db/versions.ts'
import { hasAccess } from '../shared/has-access.ts'
import { HELP_TOPICS, topicOf } from '../shared/help-topics.ts'

export default defineCommand({
  name: 'help',
  summary: 'show the first steps and what you may do here, by topic',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  directMessages: 'every-server',
  options: { topic: choice('only what is about this', HELP_TOPICS, { optional: true }) },
  examples: [],
  async *run({ app, server, dataset, commands, requireAccess, chat, options: { topic } }) {
    const ids = (await chat?.commandIds()) ?? {}
    const isOffered = ({ access, directMessages }: Command): boolean =>
      (server !== NO_SERVER || directMessages !== undefined) && hasAccess(requireAccess, access)
    const offered = (await commands.listFor('discord')).filter(isOffered)
    const topics = HELP_TOPICS.filter((t) => topic === undefined || t === topic).map((t) => ({
      topic: t,
      commands: offered
        .filter((command) => topicOf(command) === t)
        .map(({ name, summary }) => ({ name, summary, id: ids[name] })),
    }))
    const trained = (await readActiveNumber(app.db, dataset)) !== undefined
    const again = { command: 'help', options: topic === undefined ? {} : { topic } }
    yield result('help', { trained, topics: topics.filter((t) => t.commands.length > 0) }, { again })
  },
})
