import { z } from 'zod'
import type { Store } from '../db/connection.ts'
import { FIRST } from '../db/datasets.ts'
import { changeServer, readServer } from '../db/servers.ts'
import { UserError } from '../errors.ts'

const Id = z.string().regex(/^\d{1,20}$/)

/** What a server's keepers can set. Whatever is missing, or unreadable, is the safe default. */
const Settings = z.object({
  /** Channels whose pictures are answered. */
  watched: z.array(Id).catch([]),
  /** By channel, the dataset that it uses instead of `main`. */
  datasets: z.record(Id, z.string()).catch({}),
  /** Roles that may, besides those who may by their permissions. */
  roles: z.partialRecord(z.enum(['teacher', 'trainer', 'reviewer', 'admin']), Id).catch({}),
  /** From 0 to 1: what is posted is answered from here on; 0 answers everything, "I don't know" included. */
  confidence: z.number().min(0).max(1).catch(0),
  retraining: z.enum(['at-once', 'after', 'schedule', 'by-hand']).catch('at-once'),
  /** For `after`: so many new examples. */
  every: z.int().min(1).max(10_000).catch(10),
  /** For `schedule`: cron, as in `0 4 * * *`. */
  schedule: z.string().max(100).catch('0 4 * * *'),
  /** Reviewers who must say the same before it is done. */
  agreement: z.int().min(1).max(2).catch(1),
  language: z.enum(['auto', 'en', 'ja']).catch('auto'),
  /** Whether posted pictures may become examples; only the owner of the server can say yes. */
  learnFromPosts: z.boolean().catch(false),
})
export type Settings = z.infer<typeof Settings>

export const readSettings = async (store: Store, server: string): Promise<Settings> =>
  Settings.parse(await readServer(store, server))

/** The name of the dataset that a channel, or a thread of it, uses. */
export const datasetFor = ({ datasets }: Settings, channel: string, parent: string | null): string =>
  datasets[channel] ?? datasets[parent ?? ''] ?? FIRST

/** Changes some settings, with who did it in the audit log. @param changed their names and new values, for the log */
export function changeSettings(
  store: Store,
  who: { server: string; by: string },
  changed: object,
  change: (settings: Settings) => void,
): Promise<Settings> {
  return changeServer(store, { ...who, detail: changed }, (before) => {
    const settings = Settings.parse(before)
    change(settings)
    return settings
  })
}

export type Access = 'anyone' | 'teacher' | 'trainer' | 'reviewer' | 'admin' | 'owner'
export type Person = {
  id: string
  roles: string[]
  managesMessages: boolean
  managesServer: boolean
  ownsServer: boolean
}

/** Keepers of a server may all but what is its owner's; who may manage messages teaches, trains and reviews. */
function isAllowed({ roles }: Settings, person: Person, access: Access): boolean {
  if (access === 'anyone' || person.ownsServer) return true
  if (access === 'owner') return false
  const has = (name: keyof Settings['roles']): boolean =>
    roles[name] !== undefined && person.roles.includes(roles[name])
  if (person.managesServer || has('admin')) return true
  return access !== 'admin' && (person.managesMessages || has(access))
}

/** Throws UserError access.denied */
export function requireAccess(settings: Settings, person: Person, access: Access): void {
  if (!isAllowed(settings, person, access))
    throw new UserError('access.denied', `Expected somebody who is ${access} here, received another`, { access })
}
