import { CAUTION_NAMES } from '../../models/evaluation/refusals.ts'
import type { Choice } from '../../src/commands/define.ts'
import { POSTED_ANSWERS } from '../../src/services/answer-grades.ts'

/** Changes one setting where the settings are shown. */
const change = (key: Choice['key'], fill: Choice['fill']): Choice => ({
  key,
  command: 'setting',
  options: {},
  ...(fill && { fill }),
})

/** What is changed with two taps; `/settings` takes everything else. */
export const SETTINGS_CHOICES: Choice[] = [
  change('watchChannel', { option: 'watch', pick: 'channel' }),
  change('teacherRole', { option: 'teacher', pick: 'role' }),
  change('postedAnswers', { option: 'answer', from: [...POSTED_ANSWERS], isOurs: true }),
  change('caution', { option: 'caution', from: [...CAUTION_NAMES], isOurs: true }),
  change('retraining', { option: 'retraining', from: ['at-once', 'after', 'by-hand'], isOurs: true }),
  change('language', { option: 'language', from: ['auto', 'en', 'ja'], isOurs: true }),
  { key: 'setUpAgain', command: 'setup-step', options: { step: 'language' } },
]
