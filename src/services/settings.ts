import { z } from 'zod'
import { CAUTION_NAMES } from '../../models/evaluation/refusals.ts'
import type { Database } from '../db/connection.ts'
import { DEFAULT_DATASET } from '../db/datasets.ts'
import { changeServer, readServer } from '../db/servers.ts'
import { POSTED_ANSWERS, withGrades } from './answer-grades.ts'
import { isTimeZone } from './time-zones.ts'

/** Of a Discord channel, role or person. */
const Id = z.string().regex(/^\d{1,20}$/)

const ROLES = ['teacher', 'trainer', 'reviewer', 'manager'] as const
type Roles = Partial<Record<(typeof ROLES)[number], string>>

/** The manager's role was once stored as `admin`. A role that cannot be read is dropped without the others. */
const Roles = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform(({ admin, ...stored }): Roles => {
    const named: Record<string, unknown> = { manager: admin, ...stored }
    const readable: Roles = {}
    for (const role of ROLES) {
      const { data } = Id.safeParse(named[role])
      if (data !== undefined) readable[role] = data
    }
    return readable
  })

export const RETRAINING = ['at-once', 'after', 'schedule', 'by-hand'] as const

/** What a server's managers can set. Whatever is missing or unreadable has its safe default. */
const Fields = z.object({
  /** Channels in which posted pictures are answered. */
  watched: z.array(Id).catch([]),
  /** By channel: the dataset that it uses instead of `main`. */
  datasets: z.record(Id, z.string()).catch({}),
  /** Roles that give an access to members who do not have it by Discord's permissions. */
  roles: Roles,
  /** Which answers are posted in watched channels. */
  answer: z.enum(POSTED_ANSWERS).catch('sure and unsure'),
  /** The confidence, 0 to 1, that `answer` was made from, until a manager was told. */
  formerConfidence: z.number().optional().catch(undefined),
  /** How much is answered with "I don't know". */
  caution: z.enum(CAUTION_NAMES).catch('normal'),
  retraining: z.enum(RETRAINING).catch('at-once'),
  /** For `after`: changed examples that start a training. */
  every: z.int().min(1).max(10_000).catch(10),
  /** For `schedule`: the hour of every day; it goes before the cron expression. */
  trainAt: z.int().min(0).max(23).optional().catch(undefined),
  /** IANA's name. Without it the hour is UTC, and cron means the clock of the machine. */
  timeZone: z.string().refine(isTimeZone).optional().catch(undefined),
  /** For `schedule`: cron, as in `0 4 * * *`. */
  schedule: z.string().max(100).catch('0 4 * * *'),
  /** Reviewers who must decide the same before it is carried out. */
  agreement: z.int().min(1).max(2).catch(1),
  language: z.enum(['auto', 'en', 'ja']).catch('auto'),
  /** The channel that gets news for managers; without it they are told with their next command. */
  news: Id.optional().catch(undefined),
  /** Whether posted pictures may become examples; only the owner of the server can allow it. */
  learnFromPosts: z.boolean().catch(false),
})
const Settings = z.preprocess(withGrades, Fields)
export type Settings = z.infer<typeof Fields>

/** As they are where nothing was set. */
export const defaultSettings = (): Settings => Settings.parse({})

export const readSettings = async (db: Database, server: string): Promise<Settings> =>
  Settings.parse(await readServer(db, server))

/** The name of the dataset that a channel uses. @param parent the channel that a thread belongs to */
export const datasetFor = ({ datasets }: Settings, channel: string, parent: string | null): string =>
  datasets[channel] ?? datasets[parent ?? ''] ?? DEFAULT_DATASET

/** `detail`: the changed settings and their new values, for the audit log. */
type SettingsChange = { server: string; by: string; detail: object }

/** Changes some settings and writes it to the audit log. @returns the new settings */
export function changeSettings(
  db: Database,
  about: SettingsChange,
  change: (settings: Settings) => void,
): Promise<Settings> {
  return changeServer(db, about, (before) => {
    const settings = Settings.parse(before)
    change(settings)
    return settings
  })
}
