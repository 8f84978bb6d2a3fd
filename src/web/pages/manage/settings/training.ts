import { html, type VNode } from '../../lib/html.ts'
import { words } from '../../lib/words.ts'
import { Panel } from '../panel.ts'
import { ChoiceField } from './choice-field.ts'
import { TextField } from './text-field.ts'
import type { SettingsProps } from './types.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** In the list of hours: none. */
const NO_HOUR = ''

/** When a dataset is trained without being asked. */
export function TrainingSettings({ settings, change }: SettingsProps): VNode {
  const { fields, values, groups } = words().manage
  const { retraining, every } = settings
  return html`<${Panel} title=${groups.training}>
    <${ChoiceField} label=${fields.retraining} value=${retraining} values=${values.retraining}
      onChange=${(chosen: string) => change({ retraining: chosen })} />
    ${
      retraining === 'after' &&
      html`<${TextField} label=${fields.every} value=${String(every)} input=${{ type: 'number', min: 1, max: 10_000, required: 'required' }}
        onSave=${(text: string) => change({ every: Number(text) })} />`
    }
    ${retraining === 'schedule' && html`<${Schedule} settings=${settings} change=${change} />`}
  <//>`
}

function Schedule({ settings: { trainAt, timeZone = '', schedule }, change }: SettingsProps): VNode {
  const { manage: w } = words()
  const hours = Object.fromEntries(HOURS.map((hour) => [String(hour), w.hour(hour)]))
  const hour = trainAt === undefined ? NO_HOUR : String(trainAt)
  return html`<div class="stack">
    <${ChoiceField} label=${w.fields.trainAt} value=${hour} values=${{ [NO_HOUR]: w.noHour, ...hours }}
      onChange=${(text: string) => change(text === NO_HOUR ? { clear: 'train-at' } : { trainAt: Number(text) })} />
    <${TextField} label=${w.fields.timeZone} hint=${w.hints.timeZone} value=${timeZone}
      onSave=${(text: string) => change(text === '' ? { clear: 'time-zone' } : { timeZone: text })} />
    ${
      trainAt === undefined &&
      html`<${TextField} label=${w.fields.schedule} hint=${w.hints.schedule} value=${schedule}
        onSave=${(text: string) => change(text === '' ? { clear: 'schedule' } : { schedule: text })} />`
    }
  </div>`
}
