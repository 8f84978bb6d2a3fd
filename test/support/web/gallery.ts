// The gallery in a browser, over a made dataset.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { visit } from './browser.ts'
import { fillWithExamples } from './many-examples.ts'
import { openTestSite } from './site.ts'

/** Pixels of the copies: enough to be looked at, and quickly written. */
const SIDE = 64

type Wanted = { examples: number; labels: readonly string[]; options?: BrowserContextOptions }

export async function openTestGallery({ examples, labels, options = {} }: Wanted) {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-gallery-'))
  await fillWithExamples(home, { examples, labels, side: SIDE })
  const site = await openTestSite({ home })
  const visitor = await visit(site.link(), options)
  await visitor.page.waitForSelector('main h1')
  const address = (query = ''): string => `${site.origin}/local/main/gallery${query}`

  /** Opens the gallery and waits until its pictures are there. */
  async function open(query = '', page: Page = visitor.page): Promise<void> {
    await page.goto(address(query))
    await page.waitForSelector('.cell.known img.there')
  }

  return {
    ...visitor,
    site,
    home,
    address,
    open,
    /** Somebody else with a browser of their own. */
    async visitAs(more: BrowserContextOptions) {
      const other = await visit(site.link(), more)
      await other.page.waitForSelector('main h1')
      return other
    },
    /** All rows of a table, as they are stored. */
    rows(table: 'examples' | 'labels' | 'pictures'): Row[] {
      const database = new SQLite(join(home, 'mekiki.sqlite'), { readonly: true })
      const columns = table === 'pictures' ? 'id, dataset, hex(pixel_hash)' : '*'
      const found = database.prepare(`select ${columns} from ${table} order by id`).all() as Row[]
      database.close()
      return found
    },
    async close() {
      await visitor.close()
      await site.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Columns that tests look at. */
type Row = { id: number; label?: number; state?: string }

export type TestGallery = Awaited<ReturnType<typeof openTestGallery>>

/** What the grid shows: places and ids do not matter to people, labels and files do. */
export const shownNames = (page: Page): Promise<string[]> =>
  page.locator('.cell').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''))

export const countSelected = (page: Page): Promise<number> => page.locator('.cell[aria-selected="true"]').count()

/** Pixels that the page is wider than the screen. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
