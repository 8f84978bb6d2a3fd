import { html, type VNode } from '../../lib/html.ts'
import { words } from '../../lib/words.ts'
import { Panel } from '../panel.ts'
import { ChoiceField } from './choice-field.ts'
import type { SettingsProps } from './types.ts'

/** `inChat`: whether pictures are posted anywhere. */
type AnswerProps = SettingsProps & { inChat: boolean }

/** How sure answers must be, and in which language they are. */
export function AnswerSettings({ settings, change, inChat }: AnswerProps): VNode {
  const { fields, hints, values, groups } = words().manage
  return html`<${Panel} title=${groups.answers}>
    <${ChoiceField} label=${fields.caution} hint=${hints.caution} value=${settings.caution} values=${values.caution}
      onChange=${(caution: string) => change({ caution })} />
    ${
      inChat &&
      html`<${ChoiceField} label=${fields.answer} value=${settings.answer} values=${values.answer}
        onChange=${(answer: string) => change({ answer })} />`
    }
    <${ChoiceField} label=${fields.language} value=${settings.language} values=${values.language}
      onChange=${(language: string) => change({ language })} />
    <${ChoiceField} label=${fields.agreement} hint=${hints.agreement} value=${String(settings.agreement)} values=${values.agreement}
      onChange=${(agreement: string) => change({ agreement: Number(agreement) })} />
  <//>`
}
