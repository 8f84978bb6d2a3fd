/** What strangers wrote, as text of a page. */
const safe = (text: string | number): string => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
const percent = (share: number): string => `${Math.round(100 * share)} %`

/** `copy`: a small JPEG. */
type Picture = { copy: Uint8Array; caption: string; note: string; beside?: Uint8Array | undefined }
export type Health = {
  title: string
  madeAt: string
  facts: [name: string, value: string][]
  labels: { label: string; examples: number; suspects: number }[]
  suspects: Picture[]
  conflicts: Picture[]
  confusions: { label: string; takenFor: string; count: number }[]
  curve: { examples: number; accuracy: number }[]
  teachers: { teacher: string; examples: number; suspected: number; contradicts: boolean }[]
}

const STYLE = `:root{color-scheme:light dark;--ground:#fff;--text:#1d2129;--quiet:#626a78;--line:#dfe3ea;--card:#f5f6f9;--bar:#5865f2;--bad:#c2384a}
@media (prefers-color-scheme:dark){:root{--ground:#17181b;--text:#e4e6eb;--quiet:#9aa1ad;--line:#33363d;--card:#202227;--bar:#8891ff;--bad:#ff8593}}
*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{color:var(--quiet);margin:.25rem 0 .75rem}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.5rem}dl div{background:var(--card);border-radius:.5rem;padding:.5rem .75rem}dt{color:var(--quiet);font-size:.85rem}dd{margin:0;font-size:1.2rem}
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .4rem;border-bottom:1px solid var(--line);text-align:left;overflow-wrap:anywhere}th:empty{width:40%}td.n,th.n{text-align:right;white-space:nowrap}
.bar{background:var(--bar);height:.6rem;border-radius:.3rem;min-width:2px}.bad{color:var(--bad)}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.75rem}figure{margin:0;background:var(--card);border-radius:.5rem;padding:.5rem;overflow-wrap:anywhere}
figure div{display:flex;gap:.25rem}img{width:100%;min-width:0;aspect-ratio:1;object-fit:contain;background:#fff;border-radius:.25rem}figcaption{font-size:.85rem}figcaption span{display:block;color:var(--quiet)}
svg{width:100%;height:auto;color:var(--bar)}svg text{fill:var(--quiet);font:12px system-ui,sans-serif}`

/** A page that needs nothing else: no script, no file, no address. Readable on a phone, in light and in dark. */
export function drawPage(health: Health): string {
  const { title, madeAt, facts, labels, suspects, conflicts, confusions, curve, teachers } = health
  const most = Math.max(1, ...labels.map((l) => l.examples))
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';img-src data:;style-src 'unsafe-inline'">
<title>${safe(title)}</title><style>${STYLE}</style></head><body>
<h1>${safe(title)}</h1><p>${safe(madeAt)}</p>
<dl>${facts.map(([name, value]) => `<div><dt>${safe(name)}</dt><dd>${safe(value)}</dd></div>`).join('')}</dl>
${section(
  'Labels',
  'Examples of each, and how many of them are suspect.',
  rows(
    ['Label', '', 'Examples', 'Suspect'],
    labels.map((l) => [
      safe(l.label),
      `<div class="bar" style="width:${(100 * l.examples) / most}%"></div>`,
      safe(l.examples),
      l.suspects > 0 ? `<span class="bad">${l.suspects}</span>` : '0',
    ]),
  ),
)}
${section('Suspects', 'Pictures that look wrongly filed, most suspect first: what they are filed under, and why that is doubted.', grid(suspects))}
${section('The same picture under two labels', '', grid(conflicts))}
${section(
  'Confusions',
  'What pictures were taken for, out of fold.',
  rows(
    ['Label', 'Taken for', 'Times'],
    confusions.map((c) => [safe(c.label), safe(c.takenFor), safe(c.count)]),
  ),
)}
${section('Learning curve', 'Share of right answers by pictures a label.', line(curve))}
${section(
  'Teachers',
  'How many of the pictures that each filed are suspect.',
  rows(
    ['Teacher', '', 'Examples', 'Suspect'],
    teachers.map((t) => [
      safe(t.teacher),
      t.contradicts ? '<span class="bad">contradicts everybody else</span>' : '',
      safe(t.examples),
      percent(t.suspected),
    ]),
  ),
)}
</body></html>
`
}

const section = (title: string, about: string, body: string): string =>
  body === '' ? '' : `<h2>${title}</h2>${about && `<p>${about}</p>`}${body}`

function rows(head: string[], body: string[][]): string {
  if (body.length === 0) return ''
  const number = (i: number): string =>
    i >= head.length - 2 && /^(Examples|Suspect|Times)$/.test(head[i]!) ? ' class="n"' : ''
  return `<table><tr>${head.map((h, i) => `<th${number(i)}>${h}</th>`).join('')}</tr>${body
    .map((cells) => `<tr>${cells.map((c, i) => `<td${number(i)}>${c}</td>`).join('')}</tr>`)
    .join('')}</table>`
}

const image = (copy: Uint8Array): string =>
  `<img alt="" src="data:image/jpeg;base64,${Buffer.from(copy).toString('base64')}">`

const grid = (pictures: Picture[]): string =>
  pictures.length === 0
    ? ''
    : `<div class="grid">${pictures
        .map(
          ({ copy, beside, caption, note }) =>
            `<figure><div>${image(copy)}${beside ? image(beside) : ''}</div><figcaption>${safe(caption)}<span>${safe(note)}</span></figcaption></figure>`,
        )
        .join('')}</div>`

function line(curve: Health['curve']): string {
  if (curve.length < 2) return ''
  const [width, height, left, below] = [600, 240, 44, 28]
  const most = curve.at(-1)!.examples
  const least = Math.floor(10 * Math.min(...curve.map((p) => p.accuracy))) / 10
  const x = (v: number): number => left + ((width - left - 30) * v) / most
  const y = (v: number): number => 14 + ((height - below - 14) * (1 - v)) / Math.max(0.1, 1 - least)
  const points = curve.map((p) => `${x(p.examples).toFixed(1)},${y(p.accuracy).toFixed(1)}`)
  const dots = curve.map(
    (p) =>
      `<circle cx="${x(p.examples).toFixed(1)}" cy="${y(p.accuracy).toFixed(1)}" r="4" fill="currentColor"/><text x="${x(p.examples).toFixed(1)}" y="${height - 8}" text-anchor="middle">${p.examples.toFixed(p.examples < 3 ? 1 : 0)}</text>`,
  )
  const marks = [least, 1].map((v) => `<text x="0" y="${y(v) + 4}">${percent(v)}</text>`)
  return `<svg viewBox="0 0 ${width} ${height}" role="img"><polyline points="${points.join(' ')}" fill="none" stroke="currentColor" stroke-width="3"/>${dots.join('')}${marks.join('')}</svg>`
}
