import { html, type VNode } from '../lib/html.ts'
import { hrefOf } from '../lib/place.ts'
import { words } from '../lib/words.ts'
import { Icon } from '../ui/icon.ts'
import { PickButton } from '../ui/pick-files.ts'
import { PickFolder } from '../ui/pick-folder.ts'

const ACCEPTED = 'image/*,.heic,.heif,.avif,.webp,.zip,application/zip'

type DropAreaProps = { isOver: boolean; onFiles: (files: File[]) => void }

/** Where everything begins: a place to drop on, and buttons that do the same. */
export function DropArea({ isOver, onFiles }: DropAreaProps): VNode {
  const { add } = words()
  return html`<section class=${`drop add-drop ${isOver ? 'over' : ''}`}>
    <span class="drop-icon"><${Icon} name="add" size=${36} /></span>
    <p class="drop-title">${add.drop}</p>
    <p class="quiet">${add.hint}</p>
    <div class="actions center">
      <${PickFolder} kind="primary" onFiles=${onFiles}>${add.chooseFolder}<//>
      <${PickButton} icon="picture" accept=${ACCEPTED} onFiles=${onFiles}>${add.choosePictures}<//>
    </div>
    <p class="add-else">${add.noLabel} <a data-page href=${hrefOf('sort')}>${add.sortThem}</a></p>
  </section>`
}
