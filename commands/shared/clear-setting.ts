import { defaultSettings, type Settings } from '../../src/services/settings.ts'

const ROLES = ['teacher', 'trainer', 'reviewer', 'manager'] as const
const WITH_DEFAULT = ['answer', 'caution', 'retraining', 'every', 'schedule', 'agreement', 'language'] as const

/** The settings that can be cleared, by what people type. */
export const CLEARABLE = [
  'watch',
  'dataset',
  ...ROLES,
  ...WITH_DEFAULT,
  'train-at',
  'time-zone',
  'news',
  'learn-from-posts',
] as const
export type Clearable = (typeof CLEARABLE)[number]

/** What an option is called in the code. */
export const optionOf = (setting: Clearable): string => setting.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())

/** Sets one setting to what it is where nothing was set. @param channel whose dataset is cleared; undefined: of all */
export function clearSetting(settings: Settings, setting: Clearable, channel: string | undefined): void {
  switch (setting) {
    case 'watch':
      settings.watched = []
      return
    case 'dataset':
      if (channel === undefined) settings.datasets = {}
      else delete settings.datasets[channel]
      return
    case 'teacher':
    case 'trainer':
    case 'reviewer':
    case 'manager':
      delete settings.roles[setting]
      return
    case 'train-at':
      delete settings.trainAt
      endSchedule(settings)
      return
    case 'time-zone':
      delete settings.timeZone
      return
    case 'news':
      delete settings.news
      return
    case 'learn-from-posts':
      settings.learnFromPosts = false
      return
    case 'answer':
      delete settings.formerConfidence
  }
  Object.assign(settings, { [setting]: defaultSettings()[setting] })
  if (setting === 'schedule') endSchedule(settings)
}

/** Where neither an hour nor a cron expression is left, nothing is scheduled. */
function endSchedule(settings: Settings): void {
  const { retraining, schedule } = defaultSettings()
  const isOver = settings.trainAt === undefined && settings.schedule === schedule
  if (isOver && settings.retraining === 'schedule') settings.retraining = retraining
}
