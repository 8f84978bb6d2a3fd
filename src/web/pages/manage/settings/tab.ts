import type { Results } from '../../../../commands/results.ts'
import { run } from '../../lib/api.ts'
import { html, type VNode } from '../../lib/html.ts'
import { me } from '../../lib/me.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { words } from '../../lib/words.ts'
import { ErrorState, Loading } from '../../ui/states.ts'
import { toast, toastError } from '../../ui/toast.ts'
import { AnswerSettings } from './answers.ts'
import { ServerSettings } from './server.ts'
import { TrainingSettings } from './training.ts'
import type { Change } from './types.ts'

/** What managers set; each change is saved at once. */
export function SettingsTab(): VNode {
  const { manage: w } = words()
  const { value, error, reload } = useLoaded(async () => {
    const [result] = await run('settings')
    return (result?.values as Results['settings']).settings
  }, [])
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${reload} />`
  if (!value) return html`<${Loading} count=${6} />`
  const change: Change = async (options) => {
    try {
      await run('settings', options)
      toast(w.saved, { tone: 'good' })
    } catch (failure) {
      toastError(failure)
    }
    reload()
  }
  const inChat = me.value?.kind === 'discord'
  return html`<div class="panels">
    <${AnswerSettings} settings=${value} change=${change} inChat=${inChat} />
    <${TrainingSettings} settings=${value} change=${change} />
    ${inChat && html`<${ServerSettings} settings=${value} change=${change} />`}
  </div>`
}
