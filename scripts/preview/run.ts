// Plays a fixed story with the real bot and draws what people see: one HTML page, and a PNG of each scene in both themes.
//   npm run preview               into preview/
//   npm run preview -- --docs     chosen ones into docs/pictures/ as well
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { type Browser, openBrowser } from './chromium.ts'
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
  welcome: 'dark',
  correcting: 'light',
  review: 'dark',
  japanese: 'light',
}
const REPORT = 'mekiki-report.html'
/** Of the report: a phone's, and that of the docs. */
const REPORT_WIDTHS = { phone: 390, docs: 820 }
/** Of the report in the docs, which show its beginning, in pixels. */
const REPORT_HEIGHT = 1320

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
        await writeSmallPng(join(OUT, `${id}-${theme}.png`), png)
        if (isForDocs && CHOSEN[id] === theme) await writeSmallPng(join(PICTURES, `discord-${id}.png`), png)
      }
    await shootReport(browser, scenes)
  } finally {
    await browser.close()
  }
  say(`A picture of each scene in both themes: ${OUT}`)
}

/** The report that the bot attached, as a browser shows it. */
async function shootReport(browser: Browser, scenes: Scene[]): Promise<void> {
  const messages = scenes.flatMap(({ entries }) => entries).filter((entry) => entry.kind === 'message')
  const files = messages.flatMap(({ message }) => message.attachments ?? [])
  const report = files.find(({ filename }) => filename === REPORT)
  if (!report) return complain('No report was attached.')
  const file = join(OUT, REPORT)
  writeFileSync(file, Buffer.from(await (await fetch(report.url)).arrayBuffer()))
  const { href } = pathToFileURL(file)
  for (const theme of THEMES) {
    const png = await browser.shoot(href, { width: REPORT_WIDTHS.phone, theme })
    await writeSmallPng(join(OUT, `report-on-a-phone-${theme}.png`), png)
  }
  const png = await browser.shoot(href, { width: REPORT_WIDTHS.docs, theme: 'light' })
  await writeSmallPng(join(OUT, 'report-page.png'), png)
  const { width, height } = await sharp(png).metadata()
  const beginning = sharp(png).extract({ left: 0, top: 0, width, height: Math.min(height, REPORT_HEIGHT) })
  if (isForDocs) await writeSmallPng(join(PICTURES, 'report.png'), await beginning.png().toBuffer())
}

const { scenes, html } = await play()
rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT)
const page = join(OUT, 'index.html')
writeFileSync(page, html)
say(`${scenes.length} scenes: ${page}`)
await shootAll(scenes, page)
