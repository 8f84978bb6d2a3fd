import { Cron } from 'croner'
import { CAUTION_NAMES } from '../../models/evaluation/refusals.ts'
import type { App } from '../../src/app.ts'
import { type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { channel, choice, flag, number, role, text } from '../../src/commands/options.ts'
import type { Database } from '../../src/db/connection.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { isServerKnown } from '../../src/db/servers.ts'
import { UserError } from '../../src/errors.ts'
import { answersFrom, POSTED_ANSWERS } from '../../src/services/answer-grades.ts'
import { changeSettings, readSettings, type Settings } from '../../src/services/settings.ts'

/** What shows the settings and changes none. */
const AGAIN = { command: 'settings', options: {} }

/** Who changes what no person did, in the audit log. */
const PROGRAM = 'mekiki'

/** Of options that only a chat takes: a command line has no channels, roles or languages. */
const CHAT = { optional: true, frontEnds: ['discord'] } as const

export default defineCommand({
  name: 'settings',
  summary: 'show or change channels, datasets, roles, answers, caution, retraining, language, learning',
  access: 'manager',
  isPrivate: true,
  options: {
    watch: channel('answer the pictures posted in this channel', CHAT),
    unwatch: channel('stop answering the pictures posted in this channel', CHAT),
    dataset: text('the dataset that the channel in `for` uses; a new name creates one', {
      ...CHAT,
      suggest: 'datasets',
    }),
    for: channel('the channel that uses the dataset; by default this one', CHAT),
    teacher: role('may add pictures, besides those who may manage messages', CHAT),
    trainer: role('may train, besides those who may manage messages', CHAT),
    reviewer: role('may review, besides those who may manage messages', CHAT),
    manager: role('may change settings, besides those who may manage the server', CHAT),
    noRoles: flag('take all of these rights away from all roles', CHAT),
    answer: choice('which posted pictures are answered in watched channels, by how sure I am', POSTED_ANSWERS, CHAT),
    confidence: number('now `answer`: 50 and more is `sure`, less is `sure and unsure`', { ...CHAT, min: 0, max: 100 }),
    caution: choice('how much is answered with "I don\'t know": about 2, 5 or 15 % of what was taught', CAUTION_NAMES, {
      optional: true,
      named: true,
    }),
    retraining: choice('when to train without being asked', ['at-once', 'after', 'schedule', 'by-hand'] as const, CHAT),
    every: number('for `after`: the number of new pictures', { ...CHAT, min: 1, max: 10_000 }),
    schedule: text('for `schedule`: a cron expression such as 0 4 * * *', { ...CHAT, max: 100 }),
    agreement: number('how many reviewers must agree before a picture is moved or excluded: 1 or 2', {
      ...CHAT,
      min: 1,
      max: 2,
    }),
    language: choice('the language of answers; auto: each person’s own', ['auto', 'en', 'ja'] as const, CHAT),
    learnFromPosts: flag('whether posted pictures may be added; owner only, read docs/posts.md first', CHAT),
  },
  examples: ['settings', 'settings --caution high'],
  async *run({ app, server, by, requireAccess, chat, options }) {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
    const changed = Object.keys(given)
    if (changed.length === 0) {
      yield await showSettings(app, server)
      return
    }
    if (!chat) await requireKnownServer(app.db, server)
    const { dataset, learnFromPosts, schedule } = options
    if (learnFromPosts !== undefined) requireAccess('owner')
    if (schedule !== undefined) checkSchedule(schedule)
    if (dataset !== undefined) await openDataset(app.db, { server, name: dataset, create: true })
    const channel = options.for ?? chat?.channel
    const settings = await changeSettings(app.db, { server, by, detail: given }, (s) =>
      apply(s, { ...options, channel }),
    )
    app.events.emit('settingsChanged', server)
    yield result('settings', { settings, changed, ...about(options.confidence) }, { again: AGAIN })
  },
})

/** What a confidence in percent has become; nothing where none is given. */
const about = (confidence: number | undefined) => (confidence === undefined ? {} : { formerConfidence: confidence })

/** With what became of a confidence that was set before there were grades; said once. */
async function showSettings(app: App, server: string): Promise<CommandEvent> {
  const { formerConfidence, ...settings } = await readSettings(app.db, server)
  if (formerConfidence === undefined) return result('settings', { settings, changed: [] }, { again: AGAIN })
  const detail = { confidence: Math.round(100 * formerConfidence), answer: settings.answer }
  await changeSettings(app.db, { server, by: PROGRAM, detail }, (stored) => {
    delete stored.formerConfidence
  })
  app.events.emit('settingsChanged', server)
  return result('settings', { settings, changed: [], ...about(detail.confidence) }, { again: AGAIN })
}

type Changes = { [K in keyof Settings['roles']]?: string | undefined } & {
  watch?: string | undefined
  unwatch?: string | undefined
  dataset?: string | undefined
  /** The channel that uses `dataset`. */
  channel?: string | undefined
  noRoles?: boolean | undefined
  /** Percent: the former name of `answer`. */
  confidence?: number | undefined
} & {
  [K in 'answer' | 'caution' | 'retraining' | 'every' | 'schedule' | 'agreement' | 'language' | 'learnFromPosts']?:
    | Settings[K]
    | undefined
}

function apply(settings: Settings, changes: Changes): void {
  applyChannels(settings, changes)
  applyRoles(settings, changes)
  applyAnswer(settings, changes)
  settings.caution = changes.caution ?? settings.caution
  settings.retraining = changes.retraining ?? settings.retraining
  settings.every = changes.every ?? settings.every
  settings.schedule = changes.schedule ?? settings.schedule
  settings.agreement = changes.agreement ?? settings.agreement
  settings.language = changes.language ?? settings.language
  settings.learnFromPosts = changes.learnFromPosts ?? settings.learnFromPosts
}

function applyAnswer(settings: Settings, { answer, confidence }: Changes): void {
  if (answer === undefined && confidence === undefined) return
  settings.answer = answer ?? answersFrom((confidence ?? 0) / 100)
  delete settings.formerConfidence
}

function applyChannels(settings: Settings, { watch, unwatch, dataset, channel }: Changes): void {
  if (watch !== undefined) settings.watched = [...new Set([...settings.watched, watch])]
  if (unwatch !== undefined) settings.watched = settings.watched.filter((c) => c !== unwatch)
  if (dataset !== undefined && channel !== undefined) settings.datasets[channel] = dataset
}

function applyRoles(settings: Settings, { noRoles, teacher, trainer, reviewer, manager }: Changes): void {
  if (noRoles) settings.roles = {}
  if (teacher !== undefined) settings.roles.teacher = teacher
  if (trainer !== undefined) settings.roles.trainer = trainer
  if (reviewer !== undefined) settings.roles.reviewer = reviewer
  if (manager !== undefined) settings.roles.manager = manager
}

/** Settings make a server known, and what is known of servers that the bot is not in is deleted after a while. */
async function requireKnownServer(db: Database, server: string): Promise<void> {
  if (server !== LOCAL_SERVER && !(await isServerKnown(db, server)))
    throw new UserError('settings.unknown-server', `Expected a server that the bot is in, received ${server}`)
}

function checkSchedule(schedule: string): void {
  try {
    new Cron(schedule, { paused: true }).stop()
  } catch (error) {
    throw new UserError(
      'settings.schedule',
      `Expected a cron expression such as 0 4 * * *, received ${schedule}: ${error}`,
    )
  }
}
