import type { Language } from '../../locales/language.ts'
import type { Assets } from './assets.ts'
import { VENDOR } from './vendor.ts'

/** What a page is made with. `script`: the module that it starts with. */
type Page = { assets: Assets; nonce: string; language: Language; script: string }

/** The only HTML that is served; everything in it is ours. */
export function writeDocument({ assets, nonce, language, script }: Page): string {
  const base = `/assets/${assets.hash}/`
  const imports = Object.fromEntries(
    Object.entries(VENDOR).map(([file, { name }]) => [name, `${base}vendor/${file}.js`]),
  )
  const styles = assets.styles.map((path) => `<link rel="stylesheet" href="${base}${path}">`).join('\n')
  const preloaded = [
    ...LIBRARIES.map((name) => `vendor/${name}.js`),
    ...assets.modules(`web/pages/${script}`),
    ...assets.modules(`locales/${language}/web/index`),
  ]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>Mekiki</title>
<link rel="icon" href="${base}web/pages/icon.svg" type="image/svg+xml">
${styles}
<script type="importmap" nonce="${nonce}">${JSON.stringify({ imports })}</script>
${preloaded.map((path) => `<link rel="modulepreload" href="${base}${path}">`).join('\n')}
<script type="module" src="${base}${assets.script(script)}"></script>
</head>
<body>
<div id="app"></div>
<noscript>Mekiki needs JavaScript.</noscript>
</body>
</html>
`
}

/** Libraries that every page needs. */
const LIBRARIES = ['preact', 'preact-hooks', 'signals-core', 'signals', 'htm']
