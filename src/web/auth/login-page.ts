import type { Language } from '../../locales/language.ts'
import type { Assets } from '../server/assets.ts'
import { loginWords, wordsOf } from '../words.ts'

/** `to`: where somebody goes once they are logged in. `error`: the code of what went wrong before. */
type LoginPage = { assets: Assets; language: Language; to: string; error: string | undefined }

/** The only page that is shown to everybody: it needs no script. */
export function writeLoginPage({ assets, language, to, error }: LoginPage): string {
  const words = loginWords(language)
  const base = `/assets/${assets.hash}/`
  const styles = [...assets.styles, 'web/pages/login/login.css']
  const notice = error === undefined ? undefined : errorText(language, error)
  const start = `/login/discord?to=${encodeURIComponent(to)}`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(words.title)} · Mekiki</title>
<link rel="icon" href="${base}web/pages/icon.svg" type="image/svg+xml">
${styles.map((path) => `<link rel="stylesheet" href="${base}${path}">`).join('\n')}
</head>
<body class="login">
<main>
<img class="login-mark" src="${base}web/pages/icon.svg" width="48" height="48" alt="">
<h1>Mekiki</h1>
<p class="login-lead">${escapeHtml(words.lead)}</p>
${notice === undefined ? '' : `<p class="login-notice" role="alert">${escapeHtml(notice)}</p>`}
<a class="button primary large" href="${escapeHtml(start)}">${escapeHtml(words.button)}</a>
<p class="login-about">${escapeHtml(words.about)}</p>
</main>
</body>
</html>
`
}

/** Undefined for what is no code of a mistake: an address can be made by anybody. */
function errorText(language: Language, code: string): string | undefined {
  const { errors } = wordsOf(language)
  const text = Object.hasOwn(errors, code) ? errors[code] : undefined
  return typeof text === 'string' ? text.replaceAll('`', '') : undefined
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
