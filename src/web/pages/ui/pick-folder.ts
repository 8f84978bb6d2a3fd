import { html, useRef, type VNode, type WithChildren } from '../lib/html.ts'
import { Button, type ButtonKind } from './button.ts'

type PickFolderProps = WithChildren & { onFiles: (files: File[]) => void; kind?: ButtonKind }

/** A button that lets people choose a folder with everything in it. */
export function PickFolder({ onFiles, kind = 'plain', children }: PickFolderProps): VNode {
  const input = useRef<HTMLInputElement>(null)
  const change = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    onFiles([...(currentTarget.files ?? [])])
    currentTarget.value = ''
  }
  return html`<span class="pick">
    <input ref=${input} type="file" hidden webkitdirectory multiple onChange=${change} />
    <${Button} kind=${kind} icon="add" onClick=${() => input.current?.click()}>${children}<//>
  </span>`
}
