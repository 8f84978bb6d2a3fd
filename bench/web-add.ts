// 5,000 small pictures through the API by a script, in turn with `import` of the same files, and through the page in a browser.
// As the program does.
import '../bin/runtime.js'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { registry } from '../commands/registry.ts'
import { type App, openApp } from '../src/app.ts'
import { LOCAL_SERVER, openDataset } from '../src/db/datasets.ts'
import { closeBrowser, noBrowser, visit } from '../test/support/web/browser.ts'
import { type Served, serve } from '../test/support/web/process.ts'

/** Each adds all files once in a dataset of its own; they take turns. */
const ROUNDS = 5
const FILES = 1_000
const LABELS = 20
/** Files on their way at once, as the page does. */
const IN_FLIGHT = 3
const SIDES = { width: 320, height: 240 }

export type AddFigures = { files: number; imported: number; sent: number; browser: number | null }

/** Files a second. @param rounds fewer for a look at the bench itself */
async function measureWebAdd(rounds: number = ROUNDS, files: number = FILES): Promise<AddFigures> {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-add-'))
  const folder = join(root, 'pictures')
  await drawFiles(folder, files)
  const app = await openApp(join(root, 'imported'))
  const served = await serve(join(root, 'served'))
  // `import` trains nothing, either.
  await served.ask('local/main/settings', { method: 'POST', body: JSON.stringify({ retraining: 'by-hand' }) })
  try {
    const times = { imported: 0, sent: 0 }
    // The first turn of each starts its workers.
    for (let round = 0; round <= rounds; round++) {
      const [imported, sent] = [
        await timed(() => importAll(app, folder, round)),
        await timed(() => sendAll(served, folder, round)),
      ]
      if (round > 0) {
        times.imported += imported
        times.sent += sent
      }
    }
    const browser = noBrowser ? null : files / (await addInBrowser(served, folder))
    return {
      files: rounds * files,
      imported: (rounds * files) / times.imported,
      sent: (rounds * files) / times.sent,
      browser,
    }
  } finally {
    await served.stop()
    await app.close()
    rmSync(root, { recursive: true, force: true })
  }
}

/** Seconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Smooth shapes that are all different, in a folder for each label. */
async function drawFiles(folder: string, files: number): Promise<void> {
  for (let label = 0; label < LABELS; label++) mkdirSync(join(folder, `label ${label}`), { recursive: true })
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 70 }
  for (let i = 0; i < files; i++) {
    const small = sharp({ create: { width: 16, height: 12, channels: 3, background: '#888', noise } })
    const drawn = sharp(await small.png().toBuffer()).resize({ ...SIDES, kernel: 'cubic' })
    writeFileSync(join(folder, `label ${i % LABELS}`, `${i}.jpg`), await drawn.jpeg({ quality: 85 }).toBuffer())
  }
}

async function importAll(app: App, dir: string, round: number): Promise<void> {
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: `round ${round}`, create: true })
  const command = await registry.find('import', 'cli')
  const call = { app, commands: registry, server: LOCAL_SERVER, dataset, by: 'bench', requireAccess: () => {} }
  for await (const _ of command!.run({ ...call, options: { dir } }));
}

async function sendAll({ ask }: Served, folder: string, round: number): Promise<void> {
  const waiting = readdirSync(folder).flatMap((label) =>
    readdirSync(join(folder, label)).map((name) => ({ label, name })),
  )
  const queue = waiting.values()
  const send = async (): Promise<void> => {
    for (const { label, name } of queue) {
      const path = `local/${encodeURIComponent(`round ${round}`)}/label?${new URLSearchParams({ label, name })}`
      const body = readFileSync(join(folder, label, name))
      await ask(path, { method: 'PUT', body, headers: { prefer: 'return=minimal' } })
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, send))
}

/** Seconds from the press of the button to the summary, hashing included. */
async function addInBrowser({ origin, cookie }: Served, folder: string): Promise<number> {
  const { page, close } = await visit(`${origin}/assets/none`)
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: origin }])
  await page.goto(`${origin}/local/main/add`)
  await page.locator('input[webkitdirectory]').setInputFiles(folder)
  const button = page.locator('.add-plan [type=submit]')
  await button.waitFor()
  try {
    return await timed(async () => {
      await button.click()
      await page.locator('.add-summary').waitFor({ timeout: 600_000 })
    })
  } finally {
    await close()
    await closeBrowser()
  }
}

if (import.meta.main) {
  const [rounds, files] = process.argv.slice(2).map(Number)
  process.stdout.write(JSON.stringify(await measureWebAdd(rounds, files)))
}
