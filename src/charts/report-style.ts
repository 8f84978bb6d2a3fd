/** Readable on a phone, in light and in dark. */
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
h1 { font-size: 1.5rem; margin: .5rem 0 }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
p { color: var(--quiet); margin: .25rem 0 .75rem }

dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .5rem }
dl div { background: var(--card); border-radius: .5rem; padding: .5rem .75rem }
dt { color: var(--quiet); font-size: .85rem }
dd { margin: 0; font-size: 1.2rem }

table { border-collapse: collapse; width: 100% }
td, th { padding: .3rem .4rem; border-bottom: 1px solid var(--line); text-align: left; overflow-wrap: anywhere }
th:empty { width: 40% }
td.n, th.n { text-align: right; white-space: nowrap }
.bar { background: var(--bar); height: .6rem; border-radius: .3rem; min-width: 2px }
.bad { color: var(--bad) }

.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .75rem }
figure { margin: 0; background: var(--card); border-radius: .5rem; padding: .5rem; overflow-wrap: anywhere }
figure div { display: flex; gap: .25rem }
img { width: 100%; min-width: 0; aspect-ratio: 1; object-fit: contain; background: #fff; border-radius: .25rem }
figcaption { font-size: .85rem }
figcaption span { display: block; color: var(--quiet) }

svg { width: 100%; height: auto; color: var(--bar) }
svg text { fill: var(--quiet); font: 12px system-ui, sans-serif }
`
