import { type PageResult, run } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { AnswerText } from './answer-text.ts'
import { IconButton } from './button.ts'
import { ChoiceButton, type PageChoice } from './choice-button.ts'
import { Icon } from './icon.ts'
import { Shown } from './picture.ts'
import { toastError } from './toast.ts'

type AnswerCardProps = {
  result: PageResult
  /** What came of a choice. Left out: the card shows it in its own place. */
  onResult?: (results: PageResult[]) => void
  /** Without its choices: the page offers its own. */
  plain?: boolean
}

/** A result as it is: what it says, its pictures and files, and what can be done next. */
export function AnswerCard({ result: given, onResult, plain = false }: AnswerCardProps): VNode {
  const [results, setResults] = useState<PageResult[] | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const choose = async ({ command, options }: Pick<PageChoice, 'command' | 'options'>): Promise<void> => {
    setBusy(true)
    try {
      const next = await run(command, options)
      if (onResult) onResult(next)
      else if (next.length > 0) setResults(next)
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  if (results)
    return html`<div class="stack">${results.map((each) => html`<${AnswerCard} key=${each.key} result=${each} />`)}</div>`
  const { tone, answer, strip, gallery, files, choices, page, again } = given
  const turn = (number: number): void =>
    void (again && choose({ ...again, options: { ...again.options, page: number } }))
  return html`<article class=${`card answer tone-${tone}`} aria-busy=${isBusy ? 'true' : undefined}>
    <${AnswerText} answer=${answer} />
    ${strip.length > 0 && html`<div class="strip">${strip.map((src, i) => html`<${Shown} key=${i} src=${src} alt="" />`)}</div>`}
    ${
      gallery.length > 0 &&
      html`<div class="tiles">${gallery.map(
        ({ src, caption, note }, i) => html`<figure key=${i}>
          <${Shown} src=${src} alt=${caption} />
          <figcaption>${caption}${note && html` <small>${note}</small>`}</figcaption>
        </figure>`,
      )}</div>`
    }
    ${files.map(
      ({ name, href }) => html`<a key=${name} class="button plain" href=${href} download=${name}>
        <${Icon} name="download" /><span>${name}</span>
      </a>`,
    )}
    ${
      !plain &&
      choices.length > 0 &&
      html`<div class="actions">${choices.map(
        (choice: PageChoice) =>
          html`<${ChoiceButton} key=${`${choice.key} ${choice.about ?? ''}`} choice=${choice} busy=${isBusy} onChoose=${choose} />`,
      )}</div>`
    }
    ${
      page &&
      page.of > 1 &&
      again &&
      html`<div class="actions center">
        <${IconButton} icon="left" label=${words().shell.previous} disabled=${page.number <= 1} onClick=${() => turn(page.number - 1)} />
        <span>${page.number} / ${page.of}</span>
        <${IconButton} icon="right" label=${words().shell.next} disabled=${page.number >= page.of} onClick=${() => turn(page.number + 1)} />
      </div>`
    }
  </article>`
}
