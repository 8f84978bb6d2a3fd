import { defineCommand, result } from '../../src/commands/define.ts'
import { readServeConfig } from '../../src/config.ts'
import { readSettings } from '../../src/services/settings.ts'

export default defineCommand({
  name: 'privacy',
  summary: 'show what is stored about you and your pictures, why, for how long, and how to delete it',
  access: 'member',
  frontEnds: ['discord'],
  isPrivate: true,
  directMessages: 'every-server',
  options: {},
  examples: [],
  async *run({ app, server }) {
    const { graceDays, privacyUrl } = readServeConfig()
    const { learnFromPosts } = await readSettings(app.db, server)
    const again = { command: 'privacy', options: {} }
    yield result('privacy', { learnFromPosts, graceDays, url: privacyUrl ?? null }, { again })
  },
})
