import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type App, openApp } from './app.ts'

/** An app in a home of its own, closed and deleted after all tests of the file. */
export async function openTestApp(): Promise<{ app: App; home: string }> {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-app-'))
  const app = await openApp(home)
  after(async () => {
    await app.close()
    rmSync(home, { recursive: true })
  })
  return { app, home }
}
