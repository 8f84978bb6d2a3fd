import { z } from 'zod'
import type { Database } from '../db/connection.ts'
import { DEFAULT_DATASET } from '../db/datasets.ts'
import { changeServer, readServer } from '../db/servers.ts'
import { UserError } from '../errors.ts'

const Id = z.string().regex(/^\d{1,20}$/)

const ROLES = ['teacher', 'trainer', 'reviewer', 'manager'] as const

/** Until version 0.2 the manager's role was stored as `admin`. A role that cannot be read falls away without the others. */
const Roles = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform(({ admin, ...stored }) => {
    const named: Record<string, unknown> = { manager: admin, ...stored }
    const readable = ROLES.flatMap((role) => {
      const { data } = Id.safeParse(named[role])
      return data === undefined ? [] : [[role, data]]
    })
    return Object.fromEntries(readable) as Partial<Record<(typeof ROLES)[number], string>>
  })

/** What a server's managers can set. Whatever is missing or unreadable has its safe default. */
const Settings = z.object({
  /** Channels whose pictures are answered. */
  watched: z.array(Id).catch([]),
  /** By channel, the dataset that it uses instead of `main`. */
  datasets: z.record(Id, z.string()).catch({}),
  /** Roles that may, besides those who may by their permissions. */
  roles: Roles,
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

export const readSettings = async (db: Database, server: string): Promise<Settings> =>
  Settings.parse(await readServer(db, server))

/** The name of the dataset that a channel, or a thread of it, uses. */
export const datasetFor = ({ datasets }: Settings, channel: string, parent: string | null): string =>
  datasets[channel] ?? datasets[parent ?? ''] ?? DEFAULT_DATASET

/** Changes some settings, with who did it in the audit log. @param changed their names and new values, for the log */
export function changeSettings(
  db: Database,
  who: { server: string; by: string },
  changed: object,
  change: (settings: Settings) => void,
): Promise<Settings> {
  return changeServer(db, { ...who, detail: changed }, (before) => {
    const settings = Settings.parse(before)
    change(settings)
    return settings
  })
}

/** Who may use a command. An operator runs the program; nobody is one by way of a Discord server. */
export type Access = 'member' | 'teacher' | 'trainer' | 'reviewer' | 'manager' | 'owner' | 'operator'
export type Person = {
  id: string
  roles: string[]
  managesMessages: boolean
  managesServer: boolean
  ownsServer: boolean
}

/** Managers may do all but what is the owner's or the operator's; whoever may manage messages teaches, trains and reviews. */
function isAllowed({ roles }: Settings, person: Person, access: Access): boolean {
  if (access === 'operator') return false
  if (access === 'member' || person.ownsServer) return true
  if (access === 'owner') return false
  const has = (name: keyof Settings['roles']): boolean =>
    roles[name] !== undefined && person.roles.includes(roles[name])
  if (person.managesServer || has('manager')) return true
  return access !== 'manager' && (person.managesMessages || has(access))
}

/** Throws UserError access.denied */
export function requireAccess(settings: Settings, person: Person, access: Access): void {
  if (!isAllowed(settings, person, access))
    throw new UserError('access.denied', `Expected somebody who is ${access} here, received another`, { access })
}
