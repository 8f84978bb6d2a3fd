import { Cron } from 'croner'
import { CAUTION_NAMES } from '../../models/evaluation/refusals.ts'
import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { channel, choice, flag, number, role, text } from '../../src/commands/options.ts'
import type { Database } from '../../src/db/connection.ts'
import { LOCAL_SERVER, openDataset, requireDataset } from '../../src/db/datasets.ts'
import { isServerKnown } from '../../src/db/servers.ts'
import { UserError } from '../../src/errors.ts'
import { answersFrom, POSTED_ANSWERS } from '../../src/services/answer-grades.ts'
import { changeSettings, RETRAINING, readSettings, type Settings } from '../../src/services/settings.ts'
import { parseTimeZone } from '../../src/services/time-zones.ts'
import { CLEARABLE, type Clearable, clearSetting, optionOf } from '../shared/clear-setting.ts'
import { namingEverybody } from '../shared/everybody.ts'
import { SETTINGS_CHOICES } from '../shared/settings-choices.ts'

/** What shows the settings and changes none. */
const AGAIN = { command: 'settings', options: {} }

/** Who changes what no person did, in the audit log. */
const PROGRAM = 'mekiki'

/** Of options that a command line does not take: it has no channels and roles. */
const CHAT = { optional: true, frontEnds: ['discord', 'web'] } as const
const OPTIONAL = { optional: true, named: true } as const

export default defineCommand({
  name: 'settings',
  summary: 'show or change channels, datasets, roles, answers, caution, training, news, language, learning',
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
    answer: choice(
      'which posted pictures are answered in watched channels, by how sure I am',
      POSTED_ANSWERS,
      OPTIONAL,
    ),
    confidence: number('now `answer`: 50 and more is `sure`, less is `sure and unsure`', {
      ...CHAT,
      frontEnds: ['discord'],
      min: 0,
      max: 100,
    }),
    caution: choice(
      'how much is answered with "I don\'t know": about 2, 5 or 15 % of what was taught',
      CAUTION_NAMES,
      OPTIONAL,
    ),
    retraining: choice('when to train without being asked', RETRAINING, OPTIONAL),
    every: number('for `after`: the number of new pictures', { ...OPTIONAL, min: 1, max: 10_000 }),
    trainAt: number('train every day at this hour, 0 to 23', { ...OPTIONAL, min: 0, max: 23 }),
    timeZone: text('of that hour, such as Asia/Tokyo; by default UTC', { ...OPTIONAL, suggest: 'timeZones', max: 50 }),
    schedule: text('instead of an hour: a cron expression such as 0 4 * * 1', { ...OPTIONAL, max: 100 }),
    agreement: number('how many reviewers must agree before a picture is moved or excluded: 1 or 2', {
      ...OPTIONAL,
      min: 1,
      max: 2,
    }),
    news: channel('gets news for managers, such as a failed training; by default with your next command', CHAT),
    language: choice('the language of answers; auto: each person’s own', ['auto', 'en', 'ja'] as const, OPTIONAL),
    learnFromPosts: flag('whether posted pictures may be added; owner only, read docs/posts.md first', CHAT),
    clear: choice('sets one setting back to what it is by default', CLEARABLE, OPTIONAL),
  },
  examples: [
    'settings',
    'settings --caution high',
    'settings --train-at 4 --time-zone Asia/Tokyo',
    'settings --clear schedule',
  ],
  async *run({ app, server, by, requireAccess, chat, options }) {
    const { clear, ...given } = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
    const changed = Object.keys(given)
    if (changed.length === 0 && options.clear === undefined) {
      yield await showSettings(app, server, chat ? SETTINGS_CHOICES : [])
      return
    }
    if (!chat) await requireKnownServer(app.db, server)
    const channel = options.for ?? chat?.channel
    if (options.dataset !== undefined && channel === undefined)
      throw new UserError('option.invalid', 'Expected the channel that uses the dataset, received none', {
        option: 'for',
      })
    const changes = await checkChanges(app.db, server, options)
    if (changesLearning(options)) requireAccess('owner')
    const settings = await changeSettings(app.db, { server, by, detail: clear ? { ...given, clear } : given }, (s) => {
      if (options.clear !== undefined) clearSetting(s, options.clear, channel)
      apply(s, { ...changes, channel })
    })
    app.events.emit('settingsChanged', server)
    if (options.clear !== undefined) changed.push(optionOf(options.clear))
    const shown = namingEverybody(settings, server)
    const choices = options.watch === undefined ? [] : [stopWatching(options.watch)]
    yield result('settings', { settings: shown, changed, ...about(options.confidence) }, { again: AGAIN, choices })
  },
})

const stopWatching = (channel: string): Choice => ({
  key: 'stopWatching',
  command: 'settings',
  options: { unwatch: channel },
})

const changesLearning = ({ learnFromPosts, clear }: Changes & { clear?: Clearable | undefined }): boolean =>
  learnFromPosts !== undefined || clear === 'learn-from-posts'

/** The same with names as they are stored. Throws UserError settings.*, dataset.* */
async function checkChanges(db: Database, server: string, changes: Changes): Promise<Changes> {
  const { dataset, schedule, timeZone } = changes
  for (const name of ['every', 'trainAt', 'agreement'] as const) requireWhole(name, changes[name])
  if (schedule !== undefined) checkSchedule(schedule)
  const zone = timeZone === undefined ? undefined : parseTimeZone(timeZone)
  if (dataset === undefined) return { ...changes, timeZone: zone }
  await openDataset(db, { server, name: dataset, create: true })
  return { ...changes, timeZone: zone, dataset: (await requireDataset(db, server, dataset)).name }
}

/** What a confidence in percent has become; nothing where none is given. */
const about = (confidence: number | undefined) => (confidence === undefined ? {} : { formerConfidence: confidence })

/** With what became of a confidence that was set before there were grades; said once. */
async function showSettings(app: App, server: string, choices: Choice[]): Promise<CommandEvent> {
  const extras = { again: AGAIN, choices }
  const { formerConfidence, ...settings } = namingEverybody(await readSettings(app.db, server), server)
  if (formerConfidence === undefined) return result('settings', { settings, changed: [] }, extras)
  const detail = { confidence: Math.round(100 * formerConfidence), answer: settings.answer }
  await changeSettings(app.db, { server, by: PROGRAM, detail }, (stored) => {
    delete stored.formerConfidence
  })
  app.events.emit('settingsChanged', server)
  return result('settings', { settings, changed: [], ...about(detail.confidence) }, extras)
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
  answer?: Settings['answer'] | undefined
} & {
  [K in Plain]?: Settings[K] | undefined
}

/** Settings that are stored as they are given. */
type Plain = (typeof PLAIN)[number]
const PLAIN = [
  'caution',
  'retraining',
  'every',
  'trainAt',
  'timeZone',
  'schedule',
  'agreement',
  'news',
  'language',
  'learnFromPosts',
] as const

function apply(settings: Settings, changes: Changes): void {
  applyChannels(settings, changes)
  applyRoles(settings, changes)
  applyAnswer(settings, changes)
  // An hour takes the place of a cron expression, and the other way round.
  if (changes.schedule !== undefined) delete settings.trainAt
  const isScheduled = changes.schedule !== undefined || changes.trainAt !== undefined
  if (isScheduled && changes.retraining === undefined) settings.retraining = 'schedule'
  for (const name of PLAIN) if (changes[name] !== undefined) Object.assign(settings, { [name]: changes[name] })
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

/** Discord takes no others. */
function requireWhole(name: string, value: number | undefined): void {
  if (value !== undefined && !Number.isInteger(value))
    throw new UserError('option.invalid', `Expected ${name} to be a whole number, received ${value}`)
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
