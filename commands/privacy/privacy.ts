import { answer, command } from '../../src/commands/define.ts'
import { readServing } from '../../src/config.ts'
import { readSettings } from '../../src/services/settings.ts'

export default command({
  name: 'privacy',
  summary: 'what is kept of you and your pictures, why, how long, and how to have it deleted',
  access: 'anyone',
  only: 'chat',
  quiet: true,
  options: {},
  examples: [],
  async *run({ app, server }) {
    const { graceDays, privacyUrl } = readServing()
    const { learnFromPosts } = await readSettings(app.store, server)
    yield answer('privacy', { learnFromPosts, graceDays, url: privacyUrl ?? null })
  },
})
