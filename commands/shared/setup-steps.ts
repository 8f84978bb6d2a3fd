import type { App } from '../../src/app.ts'
import { type Chat, type Choice, type CommandEvent, result } from '../../src/commands/define.ts'
import type { Results } from '../../src/commands/results.ts'
import { readSettings } from '../../src/services/settings.ts'
import { namingEverybody } from './everybody.ts'

type SetupStep = Results['setup']['step']
export const SETUP_STEPS = ['language', 'teachers', 'channel', 'done'] as const satisfies readonly SetupStep[]

type Place = { app: App; server: string; chat: Chat | undefined }

/** One step of the set-up, with the ways to answer it. @param welcome greets first */
export async function showStep({ app, server, chat }: Place, step: SetupStep, welcome = false): Promise<CommandEvent> {
  const { language, roles, watched } = namingEverybody(await readSettings(app.db, server), server)
  const teacher = roles.teacher ?? null
  const seesPosts = chat?.seesPosts ?? false
  return result('setup', { step, welcome, language, teacher, watched, seesPosts }, { choices: CHOICES[step] })
}

const go = (key: Choice['key'], step: SetupStep, answer: Choice['options'] = {}): Choice => ({
  key,
  command: 'setup-step',
  options: { step, ...answer },
})

const CHOICES: Record<SetupStep, Choice[]> = {
  language: [
    go('ownLanguage', 'teachers', { language: 'auto' }),
    go('english', 'teachers', { language: 'en' }),
    go('japanese', 'teachers', { language: 'ja' }),
    go('skipStep', 'teachers'),
  ],
  teachers: [
    { ...go('teacherRole', 'channel'), fill: { option: 'teacher', pick: 'role' } },
    go('teachersByPermission', 'channel', { teachers: 'permissions' }),
    go('teachersEverybody', 'channel', { teachers: 'everybody' }),
    go('skipStep', 'channel'),
  ],
  channel: [{ ...go('watchChannel', 'done'), fill: { option: 'watch', pick: 'channel' } }, go('watchNone', 'done')],
  done: [{ key: 'addFirst', command: 'label', options: {}, fill: { option: 'label' } }, go('setUpAgain', 'language')],
}
