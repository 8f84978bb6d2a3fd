import { send } from '../../lib/api.ts'
import { html, useState, type VNode } from '../../lib/html.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { formatDate, words } from '../../lib/words.ts'
import { Button } from '../../ui/button.ts'
import { keepComposition, readInto } from '../../ui/choice-button.ts'
import { Field } from '../../ui/form.ts'
import { ErrorState, Loading } from '../../ui/states.ts'
import { toast, toastError } from '../../ui/toast.ts'
import { Panel } from '../panel.ts'

/** `at`, `expiresAt`: milliseconds since 1970. */
type SignedIn = { id: number; name: string; kind: 'browser' | 'token'; at: number; expiresAt: number }

/** Where somebody is signed in, and the tokens that they gave to scripts. */
export function DevicesTab(): VNode {
  const { manage: w } = words()
  const { value, error, reload } = useLoaded(async () => {
    const { sessions } = (await (await send('/api/tokens')).json()) as { sessions: SignedIn[] }
    return sessions
  }, [])
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${reload} />`
  if (!value) return html`<${Loading} />`
  const end = async (id: number): Promise<void> => {
    try {
      await send(`/api/tokens/${id}`, { method: 'DELETE' })
      toast(w.signedOut)
      reload()
    } catch (failure) {
      toastError(failure)
    }
  }
  const endAll = async (): Promise<void> => {
    try {
      await send('/api/tokens', { method: 'DELETE' })
      location.reload()
    } catch (failure) {
      toastError(failure)
    }
  }
  return html`<div class="panels">
    <${Panel} title=${w.devices}>
      <ul class="rows">
        ${value.map(
          ({ id, kind, name, at, expiresAt }) => html`<li key=${id}>
            <span>
              <strong>${kind === 'token' ? `${w.token}: ${name}` : w.device}</strong>
              <small>${formatDate(new Date(at).toISOString())} · ${w.expires(formatDate(new Date(expiresAt).toISOString()))}</small>
            </span>
            <${Button} size="small" onClick=${() => end(id)}>${w.signOut}<//>
          </li>`,
        )}
      </ul>
      <div class="actions"><${Button} kind="danger" onClick=${endAll}>${w.signOutAll}<//></div>
    <//>
    <${NewToken} onMade=${reload} />
  </div>`
}

function NewToken({ onMade }: { onMade: () => void }): VNode {
  const { manage: w } = words()
  const [name, setName] = useState('')
  const [token, setToken] = useState<string | undefined>(undefined)
  const make = async (event: Event): Promise<void> => {
    event.preventDefault()
    try {
      const headers = { 'content-type': 'application/json' }
      const made = await send('/api/tokens', { method: 'POST', headers, body: JSON.stringify({ name }) })
      setToken(((await made.json()) as { token: string }).token)
      onMade()
    } catch (failure) {
      toastError(failure)
    }
  }
  return html`<${Panel} title=${w.newToken} text=${w.newTokenText}>
    <form class="inline-form" onSubmit=${make}>
      <${Field} label=${w.tokenName}>
        <input type="text" required maxlength="100" value=${name} onInput=${readInto(setName)} onKeyDown=${keepComposition} />
      <//>
      <${Button} type="submit">${w.makeToken}<//>
    </form>
    ${token !== undefined && html`<p role="status">${w.yourToken} <code class="token">${token}</code></p>`}
  <//>`
}
