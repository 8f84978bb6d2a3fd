import { run } from '../lib/api.ts'
import { html, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Button } from '../ui/button.ts'
import { ErrorState, Loading } from '../ui/states.ts'
import { Download } from './data.ts'
import { Panel } from './panel.ts'
import { Processes } from './processes.ts'

/** What only the operator sees: its health, backups, and all servers. */
export function OperatorTab(): VNode {
  const { manage: w } = words()
  return html`<div class="panels">
    <${Processes} />
    <${Answered} title=${w.health} command="doctor" again=${w.healthAction} hidden="processes" />
    <${Panel} title=${w.backup} text=${w.backupText}>
      <div class="actions"><${Download} href="/api/backup" label=${w.backupAction} /></div>
    <//>
    <${Answered} title=${w.servers} command="servers" />
    <${Answered} title=${w.blockedPeople} command="people" />
    <${Answered} title=${w.keptOut} command="pictures" options=${{ action: 'blocked' }} />
  </div>`
}

type AnsweredProps = {
  title: string
  command: string
  options?: Record<string, string>
  again?: string
  hidden?: string
}

/** What a command says now. `hidden`: a result of it that is shown elsewhere. */
function Answered({ title, command, options = {}, again, hidden }: AnsweredProps): VNode {
  const { value, error, isLoading, reload } = useLoaded(() => run(command, options), [])
  return html`<${Panel} title=${title}>
    ${
      error !== undefined
        ? html`<${ErrorState} error=${error} retry=${reload} />`
        : value
          ? value
              .filter(({ key }) => key !== hidden)
              .map((result) => html`<${AnswerCard} key=${result.key} result=${result} />`)
          : html`<${Loading} />`
    }
    ${again && html`<div class="actions"><${Button} busy=${isLoading} onClick=${reload}>${again}<//></div>`}
  <//>`
}
