import type { Language } from '../../locales/language.ts'
import type { Assets } from './assets.ts'
import { VENDOR } from './vendor.ts'

/** What a page is made with. `script`: the module that it starts with. `path`: of the address. */
type Page = { assets: Assets; nonce: string; language: Language; script: string; path: string }

/** The only HTML that is served; everything in it is ours. */
export function writeDocument({ assets, nonce, language, script, path }: Page): string {
  const base = `/assets/${assets.hash}/`
  const imports = Object.fromEntries(
    Object.entries(VENDOR).map(([file, { name }]) => [name, `${base}vendor/${file}.js`]),
  )
  const styles = assets.styles.map((path) => `<link rel="stylesheet" href="${base}${path}">`).join('\n')
  const page = pageOf(path)
  const modules = new Set([
    ...LIBRARIES.map((name) => `vendor/${name}.js`),
    ...assets.modules(`web/pages/${script}`),
    ...assets.modules(`locales/${language}/web/index`),
    ...assets.modules(`web/pages/${page}/page`),
  ])
  const style = `web/pages/${page}/${page}.css`
  const preloaded = [
    ...[...modules].map((each) => `<link rel="modulepreload" href="${base}${each}">`),
    ...(assets.find(style) ? [`<link rel="preload" as="style" href="${base}${style}">`] : []),
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
${preloaded.join('\n')}
<script type="module" src="${base}${assets.script(script)}"></script>
</head>
<body>
<div id="app"></div>
<noscript>Mekiki needs JavaScript.</noscript>
</body>
</html>
`
}

const FIRST_PAGE = 'try'

/** The page that an address names, as in `/{server}/{dataset}/{page}`. */
const pageOf = (path: string): string => /^\/[^/]+\/[^/]+\/([a-z]+)$/.exec(path)?.[1] ?? FIRST_PAGE

/** Libraries that every page needs. */
const LIBRARIES = ['preact', 'preact-hooks', 'signals-core', 'signals', 'htm']
