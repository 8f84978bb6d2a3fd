// Plays a fixed story with the real bot and draws what people see: one HTML page, and a PNG of each scene in both themes.
//   npm run preview               into preview/
//   npm run preview -- --docs     chosen ones into docs/pictures/ as well
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { openBrowser } from './chromium.ts'
import { drawPage } from './page.ts'
import type { Scene } from './shown.ts'
import { writeSmallPng } from './small-png.ts'
import { openStage } from './stage.ts'
import { ACTS, beginStory } from './story.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OUT = join(ROOT, 'preview')
const PICTURES = join(ROOT, 'docs/pictures')
/** Of the pictures, in CSS pixels. */
const WIDTH = 720
const THEMES = ['dark', 'light'] as const
/** Those of the docs, by scene. */
const CHOSEN: Record<string, (typeof THEMES)[number]> = {
  answers: 'dark',
  review: 'dark',
  statistics: 'light',
  japanese: 'light',
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const { docs: isForDocs } = parseArgs({ options: { docs: { type: 'boolean', default: false } } }).values

function complain(what: string): void {
  process.exitCode = 1
  say(what)
}

async function play(): Promise<{ scenes: Scene[]; html: string }> {
  const stage = await openStage()
  try {
    await beginStory(stage)
    for (const act of ACTS) await act(stage).catch((error) => complain(`${act.name}: ${error}`))
  } finally {
    for (const complaint of await stage.close()) complain(complaint)
  }
  return { scenes: stage.scenes, html: drawPage(stage.scenes, stage.names()) }
}

async function shootAll(scenes: Scene[], page: string): Promise<void> {
  const browser = await openBrowser()
  if (!browser) return say('No Chromium is installed here: the pictures are left out (Debian: apt install chromium).')
  try {
    for (const theme of THEMES)
      for (const { id } of scenes) {
        const png = await browser.shoot(pathToFileURL(page).href, { width: WIDTH, theme }, `#${id}`)
        const name = `${id}-${theme}.png`
        await writeSmallPng(join(OUT, name), png)
        if (isForDocs && CHOSEN[id] === theme) await writeSmallPng(join(PICTURES, `discord-${id}.png`), png)
      }
  } finally {
    await browser.close()
  }
  say(`A picture of each scene in both themes: ${OUT}`)
}

const { scenes, html } = await play()
rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT)
const page = join(OUT, 'index.html')
writeFileSync(page, html)
say(`${scenes.length} scenes: ${page}`)
await shootAll(scenes, page)
