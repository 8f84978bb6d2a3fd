// All scenes as one page, which needs nothing else: no script, no file, no address.
import { escapeHtml, type Html } from '../../src/charts/html.ts'
import type { Names } from './markdown.ts'
import { drawEntry } from './message.ts'
import type { Scene } from './shown.ts'
import { PREVIEW_STYLE } from './style.ts'

export function drawPage(scenes: readonly Scene[], names: Omit<Names, 'locale'>): Html {
  const links = scenes.map(({ id, title }) => `<a href="#${escapeHtml(id)}">${escapeHtml(title)}</a>`)
  const themes = ['dark', 'light'].map(
    (theme) => `<label><input type="radio" name="theme" id="${theme}"> ${theme}</label>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';img-src data:;style-src 'unsafe-inline'">
<title>Mekiki on Discord</title><style>${PREVIEW_STYLE}</style></head><body>
<nav>${links.join(' ')} ${themes.join(' ')}</nav>
${scenes.map((scene) => drawScene(scene, names)).join('\n')}
</body></html>
`
}

function drawScene({ id, title, locale, channel, entries }: Scene, names: Omit<Names, 'locale'>): Html {
  const heading = `<h2><i>#</i>${escapeHtml(channel)}<small>${escapeHtml(title)}</small></h2>`
  const drawn = entries.map((entry) => drawEntry(entry, { ...names, locale }))
  return `<section class="scene" id="${escapeHtml(id)}" lang="${escapeHtml(locale)}">${heading}${drawn.join('\n')}</section>`
}
