import { defineCommand, result } from '../../src/commands/define.ts'
import { readServeConfig } from '../../src/config.ts'
import { readSettings } from '../../src/services/settings.ts'

/** What holds for every bot of this program, where its operator has no page of their own. */
const PAGES = 'https://github.com/mekiki-bot/mekiki/blob/main'

export default defineCommand({
  name: 'privacy',
  summary: 'show what is stored about you and your pictures, why, for how long, and how to delete it',
  access: 'member',
  onlyReads: true,
  frontEnds: ['discord', 'web'],
  isPrivate: true,
  directMessages: 'every-server',
  options: {},
  examples: [],
  async *run({ app, server }) {
    const { graceDays, privacyUrl, privacyUrlJa } = readServeConfig()
    const { learnFromPosts } = await readSettings(app.db, server)
    const url = privacyUrl ?? `${PAGES}/PRIVACY.md`
    const urlJa = privacyUrlJa ?? privacyUrl ?? `${PAGES}/PRIVACY.ja.md`
    const again = { command: 'privacy', options: {} }
    yield result('privacy', { learnFromPosts, graceDays, url, urlJa }, { again })
  },
})
