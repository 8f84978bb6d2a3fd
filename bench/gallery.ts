// What the server of the web page does for a gallery of 100,000 examples: over HTTP, as a browser asks.
// As the program does.
import '../bin/runtime.js'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fillWithExamples, numberedLabels } from '../test/support/web/many-examples.ts'
import { openTestSite, type TestSite } from '../test/support/web/site.ts'

const EXAMPLES = 100_000
const LABELS = 50
/** Times that each is asked for; the median and the longest count. */
const TIMES = 15
/** Cells of a wide screen, and requests that a browser has in flight to one host. */
const [SCREEN, IN_FLIGHT] = [84, 6]
const DETAILS = 200
/** Examples that are changed at once. */
const CHANGED = 10_000

/** Milliseconds. `delay`: the longest that the event loop was held up. */
type Row = { what: string; median: number; longest: number; delay: number; bytes: number }
type GalleryFigures = { examples: number; rows: Row[] }

/** @param examples fewer for a look at the bench itself */
export async function measureGallery(examples: number = EXAMPLES): Promise<GalleryFigures> {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-bench-gallery-'))
  await fillWithExamples(home, { examples, labels: numberedLabels(LABELS) })
  const site = await openTestSite({ home })
  const get = (path: string, headers = {}) => site.request(`/api/local/main/${path}`, { headers })
  const ids = [...new Uint32Array(await (await get('gallery/ids')).arrayBuffer())]
  const rows: Row[] = []
  const measure = async (what: string, work: (time: number) => Promise<number>, times = TIMES): Promise<void> => {
    rows.push({ what, ...(await timed(work, times)) })
  }
  try {
    for (const [what, query] of QUERIES) await measure(what, () => bytesOf(get(`gallery/ids?${query}`)))
    const tag = (await get('gallery/ids')).headers.get('etag') ?? ''
    await measure('ids that the browser has already (304)', () => bytesOf(get('gallery/ids', { 'if-none-match': tag })))
    await measure(`details of ${DETAILS}`, (i) =>
      bytesOf(post(site, 'examples', ids.slice(i * DETAILS, (i + 1) * DETAILS))),
    )
    await measure('one example with its history', (i) => bytesOf(get(`example?example=${ids[i]}`)))
    const screen = (from: number) => all(ids.slice(from, from + SCREEN), (id) => bytesOf(get(`pictures/${id}`)))
    await measure(`${SCREEN} small pictures, made`, (i) => screen(i * SCREEN))
    await measure('the same, kept', (i) => screen(i * SCREEN))
    const selected = ids.slice(0, Math.min(CHANGED, examples))
    const changes: string[] = []
    const change = async (options: object): Promise<number> => {
      const [result] = await site.run('change-examples', { examples: selected, ...options })
      changes.push(result.choices[0].options.change)
      return 0
    }
    const undo = async (): Promise<number> => {
      await site.run('undo-change', { change: changes.pop() })
      return 0
    }
    await measure(`${selected.length} moved to another label`, () => change({ change: 'move', label: 'label-0' }), 1)
    await measure('that undone', undo, 1)
    await measure(`${selected.length} removed`, () => change({ change: 'remove' }), 1)
    await measure('that undone', undo, 1)
    return { examples, rows }
  } finally {
    await site.close()
    rmSync(home, { recursive: true, force: true })
  }
}

const QUERIES: [what: string, query: string][] = [
  ['ids of all, newest first', ''],
  ['ids of all, by label', 'sort=label'],
  ['ids of all, by name of the file', 'sort=file'],
  ['ids of all, by size', 'sort=size'],
  ['ids of all, most suspect first', 'sort=score'],
  ['ids of one label', 'label=label-7'],
  ['ids of what has “99” in the name of the file', 'text=99'],
  ['ids of the suspects', 'suspects=true'],
]

async function bytesOf(response: Promise<Response>): Promise<number> {
  const { status, arrayBuffer } = await response.then((r) => ({ status: r.status, arrayBuffer: () => r.arrayBuffer() }))
  if (status >= 400) throw new Error(`Expected an answer, received ${status}`)
  return (await arrayBuffer()).byteLength
}

const post = (site: TestSite, path: string, ids: number[]): Promise<Response> =>
  site.request(`/api/local/main/${path}`, { method: 'POST', body: JSON.stringify({ ids }) })

/** As many at once as a browser. @returns the sum */
async function all(ids: number[], work: (id: number) => Promise<number>): Promise<number> {
  const waiting = ids.values()
  let sum = 0
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (const id of waiting) sum += await work(id)
    }),
  )
  return sum
}

async function timed(work: (time: number) => Promise<number>, times: number): Promise<Omit<Row, 'what'>> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const took: number[] = []
  let bytes = 0
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    bytes = await work(i)
    took.push(performance.now() - start)
  }
  delay.disable()
  took.sort((a, b) => a - b)
  return { median: took[times >> 1] ?? 0, longest: took.at(-1) ?? 0, delay: delay.max / 1e6 - 5, bytes }
}

if (import.meta.main) console.log(JSON.stringify(await measureGallery(Number(process.argv[2] ?? EXAMPLES))))
