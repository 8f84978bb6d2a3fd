import type { Settings } from '../../src/services/settings.ts'

/** What the role that everybody has is called in results: Discord gives it the id of the server. */
const EVERYBODY = 'everybody'

/** Settings as they are shown. */
export function namingEverybody(settings: Settings, server: string): Settings {
  const named = Object.entries(settings.roles).map(([access, id]) => [access, id === server ? EVERYBODY : id])
  return { ...settings, roles: Object.fromEntries(named) }
}
