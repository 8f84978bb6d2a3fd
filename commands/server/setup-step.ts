import { defineCommand } from '../../src/commands/define.ts'
import { channel, choice, flag, role } from '../../src/commands/options.ts'
import { changeSettings, type Settings } from '../../src/services/settings.ts'
import { SETUP_STEPS, showStep } from '../shared/setup-steps.ts'

export default defineCommand({
  name: 'setup-step',
  summary: 'take an answer of the set-up and show its next step',
  access: 'manager',
  frontEnds: ['discord'],
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: {
    step: choice('the step to show', SETUP_STEPS),
    welcome: flag('whether it greets first', { optional: true }),
    language: choice('the language of answers', ['auto', 'en', 'ja'] as const, { optional: true }),
    teachers: choice('who may teach', ['permissions', 'everybody'] as const, { optional: true }),
    teacher: role('the role that may teach', { optional: true }),
    watch: channel('the channel to watch', { optional: true }),
  },
  examples: [],
  async *run({ app, server, by, chat, options: { step, welcome, ...answers } }) {
    const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))
    if (Object.keys(given).length > 0) {
      await changeSettings(app.db, { server, by, detail: given }, (settings) => apply(settings, server, answers))
      app.events.emit('settingsChanged', server)
    }
    yield await showStep({ app, server, chat }, step, welcome)
  },
})

type Answers = {
  language?: Settings['language'] | undefined
  teachers?: 'permissions' | 'everybody' | undefined
  teacher?: string | undefined
  watch?: string | undefined
}

function apply(settings: Settings, server: string, { language, teachers, teacher, watch }: Answers): void {
  settings.language = language ?? settings.language
  // The role that everybody has is called by the server's own id.
  if (teachers === 'everybody') settings.roles.teacher = server
  if (teachers === 'permissions') delete settings.roles.teacher
  if (teacher !== undefined) settings.roles.teacher = teacher
  if (watch !== undefined) settings.watched = [...new Set([...settings.watched, watch])]
}
