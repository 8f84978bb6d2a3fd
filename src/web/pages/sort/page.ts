import { readChosen, readDrop } from '../lib/dropped-files.ts'
import { html, type VNode } from '../lib/html.ts'
import { datasetHere } from '../lib/me.ts'
import { hrefOf } from '../lib/place.ts'
import { loadStyle } from '../lib/style.ts'
import { words } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/button.ts'
import { useDropAnywhere } from '../ui/drop-anywhere.ts'
import { Icon } from '../ui/icon.ts'
import { PageHead } from '../ui/page-head.ts'
import { PickButton } from '../ui/pick-files.ts'
import { PickFolder } from '../ui/pick-folder.ts'
import { Empty } from '../ui/states.ts'
import { askAbout } from './ask.ts'
import { Broken } from './broken.ts'
import { startAgain, tally } from './decide.ts'
import { keepToPlace, pile, undecided } from './pile.ts'
import { PileView } from './pile-view.ts'
import { Status } from './status.ts'

await loadStyle(new URL('./sort.css', import.meta.url).href)

/** A pile of pictures without labels, grouped by what they seem to be. */
export default function Page(): VNode {
  const { sort: w } = words()
  keepToPlace()
  const isTrained = datasetHere()?.version != null
  const choose = (files: File[]): void => void askAbout(readChosen(files))
  const isOver = useDropAnywhere((given) => isTrained && void askAbout(readDrop(given).files))
  const all = pile.value
  if (!isTrained)
    return html`<div class="page"><${PageHead} title=${w.title} /><${Empty} icon="sort" title=${w.notTrained} text=${w.notTrainedText}>
      <${LinkButton} kind="primary" icon="add" href=${hrefOf('add')}>${w.teach}<//>
    <//></div>`
  return html`<div class="page wide sort">
    <${PageHead} title=${w.title} text=${all.length === 0 ? w.intro : w.dropMore}>
      ${all.length > 0 && html`<${Picking} onFiles=${choose} />`}
    <//>
    ${
      all.length === 0
        ? html`<section class=${`drop sort-drop ${isOver ? 'over' : ''}`}>
            <span class="drop-icon"><${Icon} name="sort" size=${36} /></span>
            <p class="drop-title">${w.drop}</p>
            <p class="quiet">${w.hint}</p>
            <${Picking} onFiles=${choose} isFirst />
          </section>`
        : html`<${Status} /><${PileView} /><${Broken} />${undecided(all).length === 0 && html`<${AllDone} />`}`
    }
    ${isOver && html`<div class="drop-veil"><p>${w.dropAnywhere}</p></div>`}
  </div>`
}

function Picking({ onFiles, isFirst = false }: { onFiles: (files: File[]) => void; isFirst?: boolean }): VNode {
  const { sort: w } = words()
  return html`<div class="actions center">
    <${PickButton} kind=${isFirst ? 'primary' : 'plain'} icon="picture" onFiles=${onFiles}>${w.choosePictures}<//>
    <${PickFolder} onFiles=${onFiles}>${w.chooseFolder}<//>
  </div>`
}

function AllDone(): VNode {
  const { sort: w } = words()
  const { stored, known } = tally.value
  return html`<${Empty} icon="check" title=${w.allDone} text=${stored + known > 0 ? w.summary(stored, known) : w.allDoneText}>
    <${LinkButton} kind="primary" icon="gallery" href=${hrefOf('gallery', { sort: 'newest' })}>${w.toGallery}<//>
    <${Button} onClick=${startAgain}>${w.again}<//>
  <//>`
}
