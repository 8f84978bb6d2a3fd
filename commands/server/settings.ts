import { Cron } from 'croner'
import { defineCommand, result } from '../../src/commands/define.ts'
import { channel, choice, flag, number, role, text } from '../../src/commands/options.ts'
import { openDataset } from '../../src/db/datasets.ts'
import { UserError } from '../../src/errors.ts'
import { changeSettings, readSettings, type Settings } from '../../src/services/settings.ts'

export default defineCommand({
  name: 'settings',
  summary: 'see and change channels, datasets, roles, confidence, retraining, language, learning from posts',
  access: 'manager',
  frontEnds: ['discord'],
  isPrivate: true,
  options: {
    watch: channel('answer the pictures posted in this channel', { optional: true }),
    unwatch: channel('stop answering the pictures posted in this channel', { optional: true }),
    dataset: text('what the channel named by `for` uses; made where it is new', {
      optional: true,
      suggest: 'datasets',
    }),
    for: channel('the channel that uses the dataset; left out: this one', { optional: true }),
    teacher: role('who may file pictures, besides those who may manage messages', { optional: true }),
    trainer: role('who may train, besides those who may manage messages', { optional: true }),
    reviewer: role('who may review, besides those who may manage messages', { optional: true }),
    manager: role('who may change settings, besides those who may manage the server', { optional: true }),
    noRoles: flag('no role may anything any more', { optional: true }),
    confidence: number('percent from which posted pictures are answered; 0: always', {
      optional: true,
      min: 0,
      max: 100,
    }),
    retraining: choice('when it learns by itself', ['at-once', 'after', 'schedule', 'by-hand'] as const, {
      optional: true,
    }),
    every: number('for `after`: so many new pictures', { optional: true, min: 1, max: 10_000 }),
    schedule: text('for `schedule`: cron, as in 0 4 * * *', { optional: true, max: 100 }),
    agreement: number('reviewers who must agree before a picture is moved or excluded: 1 or 2', {
      optional: true,
      min: 1,
      max: 2,
    }),
    language: choice('of answers; auto: each person’s own', ['auto', 'en', 'ja'] as const, { optional: true }),
    learnFromPosts: flag('whether posted pictures may be filed; owner only, read docs/posts.md first', {
      optional: true,
    }),
  },
  examples: [],
  async *run({ app, server, by, requireAccess, chat, options }) {
    const { dataset, for: place = chat?.channel, learnFromPosts, schedule } = options
    const changed = Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [key]))
    if (changed.length === 0) {
      yield result('settings', { settings: await readSettings(app.db, server), changed })
      return
    }
    if (learnFromPosts !== undefined) requireAccess('owner')
    if (schedule !== undefined) checkSchedule(schedule)
    if (dataset !== undefined) await openDataset(app.db, { server, name: dataset, create: true })
    const given = Object.fromEntries(changed.map((key) => [key, options[key as keyof typeof options]]))
    const settings = await changeSettings(app.db, { server, by }, given, (s) => apply(s, options, place))
    app.events.emit('settingsChanged', server)
    yield result('settings', { settings, changed })
  },
})

type Changes = {
  [K in 'watch' | 'unwatch' | 'dataset' | 'teacher' | 'trainer' | 'reviewer' | 'manager']?: string | undefined
} & {
  [K in 'retraining' | 'every' | 'schedule' | 'agreement' | 'language' | 'learnFromPosts' | 'confidence']?:
    | Settings[K]
    | undefined
} & { noRoles?: boolean | undefined }

function apply(s: Settings, given: Changes, place: string | undefined): void {
  const { watch, unwatch, dataset, noRoles, confidence, teacher, trainer, reviewer, manager } = given
  if (watch !== undefined) s.watched = [...new Set([...s.watched, watch])]
  if (unwatch !== undefined) s.watched = s.watched.filter((c) => c !== unwatch)
  if (dataset !== undefined && place !== undefined) s.datasets[place] = dataset
  if (noRoles) s.roles = {}
  for (const [name, id] of Object.entries({ teacher, trainer, reviewer, manager }))
    if (id !== undefined) s.roles[name as keyof Settings['roles']] = id
  if (confidence !== undefined) s.confidence = confidence / 100
  s.retraining = given.retraining ?? s.retraining
  s.every = given.every ?? s.every
  s.schedule = given.schedule ?? s.schedule
  s.agreement = given.agreement ?? s.agreement
  s.language = given.language ?? s.language
  s.learnFromPosts = given.learnFromPosts ?? s.learnFromPosts
}

function checkSchedule(schedule: string): void {
  try {
    new Cron(schedule, { paused: true }).stop()
  } catch (error) {
    throw new UserError('settings.schedule', `Expected cron, as in 0 4 * * *, received ${schedule}: ${error}`)
  }
}
