/** Readable on a phone, in light and in dark. Nothing is wider than the screen: columns of numbers are fixed, names wrap. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fff; --text: #1d2129; --quiet: #626a78; --line: #dfe3ea;
  --card: #f5f6f9; --bar: #5865f2; --bad: #c2384a;
}
@media (prefers-color-scheme:dark) {
  :root {
    --ground: #17181b; --text: #e4e6eb; --quiet: #9aa1ad; --line: #33363d;
    --card: #202227; --bar: #8891ff; --bad: #ff8593;
  }
}
* { box-sizing: border-box }
body {
  margin: 0 auto; max-width: 60rem; padding: 1rem;
  background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
p { color: var(--quiet); margin: .25rem 0 .75rem }

dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .5rem; margin: 1rem 0 }
dl div { background: var(--card); border-radius: .5rem; padding: .5rem .75rem }
dt { color: var(--quiet); font-size: .85rem }
dd { margin: 0; font-size: 1.2rem; line-height: 1.3 }

table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { padding: .35rem .4rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { color: var(--quiet); font-size: .85rem; font-weight: 600; vertical-align: bottom }
td.n, th.n { text-align: right; width: 5.5rem }
td.n { white-space: nowrap; font-variant-numeric: tabular-nums }
.bar { background: var(--bar); height: .4rem; border-radius: .2rem; min-width: 2px; margin-top: .2rem }
.bad { color: var(--bad) }
td div.bad { font-size: .85rem }

details { margin-top: .75rem }
summary { cursor: pointer; padding: .5rem .75rem; border-radius: .5rem; background: var(--card); margin-bottom: .75rem }

.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem }
figure { margin: 0; background: var(--card); border-radius: .5rem; padding: .5rem; overflow-wrap: anywhere; min-width: 0 }
figure div { display: flex; gap: .25rem }
.pair { grid-column: span 2 }
img { flex: 1; width: 100%; min-width: 0; aspect-ratio: 1; object-fit: contain; background: #fff; border-radius: .25rem }
figcaption { font-size: .85rem; line-height: 1.35; margin-top: .35rem }
figcaption span { display: block; color: var(--quiet) }

svg { width: 100%; max-width: 44rem; height: auto; color: var(--bar); display: block }
svg text { fill: var(--quiet); font: 14px system-ui, sans-serif }
svg line { stroke: var(--line) }
@media (max-width: 34rem) {
  .grid { grid-template-columns: 1fr 1fr }
  dl { grid-template-columns: 1fr 1fr }
  td.n, th.n { width: 4.6rem }
  svg text { font-size: 22px }
}
`
