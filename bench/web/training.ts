// Answers of the API to somebody who works on the page, alone and while the same process trains.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { drawPhotographs } from '../pictures.ts'
import { type Durations, describeDurations, timed } from './durations.ts'
import { type Served, serve } from './served.ts'

/** Of the datasets that are trained on. */
const SIZES = [2_000, 20_000]
/** Milliseconds: how long is looked at while nothing else goes on, and a person's pause between two requests. */
const [QUIET_MS, PAUSE_MS] = [15_000, 100]
/** Browsers have so many requests on the way. */
const PICTURES_AT_ONCE = 6
const DETAILS = 200
const PHOTOGRAPHS = 8

type Row = Durations & { what: string }
type Figures = { examples: number; seconds: number; quiet: Row[]; training: Row[] }

/** @param sizes smaller ones for a look at the bench itself */
export async function measureTraining(sizes: number[] = SIZES): Promise<Figures[]> {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-web-'))
  const photographs = (await drawPhotographs(join(root, 'asked'), PHOTOGRAPHS)).map((path) => readFileSync(path))
  const figures: Figures[] = []
  try {
    for (const examples of sizes) {
      const home = join(root, String(examples))
      execFileSync(process.execPath, [
        fileURLToPath(new URL('./trained-home.ts', import.meta.url)),
        home,
        `${examples}`,
      ])
      const served = await serve(home)
      figures.push({ examples, ...(await measure(served, photographs)) })
      await served.stop()
      rmSync(home, { recursive: true })
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  return figures
}

async function measure(served: Served, photographs: Buffer[]): Promise<Omit<Figures, 'examples'>> {
  const bytes = await served.ask('local/main/gallery/ids')
  const requests = listRequests(served, { ids: [...new Uint32Array(bytes.buffer)], photographs })
  const quiet = await work(requests, sleep(QUIET_MS))
  const start = performance.now()
  const training = served.ask('local/main/train', { method: 'POST', body: '{}' })
  let seconds = 0
  const during = await work(
    requests,
    training.then(() => {
      seconds = (performance.now() - start) / 1000
    }),
  )
  return { seconds, quiet, training: during }
}

type Request = { what: string; send(time: number): Promise<unknown> }
type Data = { ids: number[]; photographs: Buffer[] }

function listRequests({ ask }: Served, { ids, photographs }: Data): Request[] {
  const post = (command: string, body: object) =>
    ask(`local/main/${command}`, { method: 'POST', body: JSON.stringify(body) })
  const some = (time: number, count: number): number[] => {
    const from = (time * count) % Math.max(1, ids.length - count)
    return ids.slice(from, from + count)
  }
  return [
    { what: '`GET me`', send: () => ask('me') },
    { what: '`GET stats`', send: () => ask('local/main/stats') },
    { what: '`POST labels`', send: () => post('labels', {}) },
    { what: 'ids of the gallery', send: () => ask('local/main/gallery/ids') },
    { what: `details of ${DETAILS}`, send: (time) => post('examples', { ids: some(time, DETAILS) }) },
    ...Array.from({ length: PICTURES_AT_ONCE }, (_, i) => ({
      what: 'a small picture, six at once',
      send: (time: number) => ask(`local/main/pictures/${some(time * PICTURES_AT_ONCE + i, 1)[0]}?size=160`),
    })),
    {
      what: '`PUT predict`',
      send: (time) => {
        const body = new Blob([new Uint8Array(photographs[time % photographs.length] ?? [])])
        return ask('local/main/predict?name=asked.jpg', { method: 'PUT', body })
      },
    },
  ]
}

/** Sends each again and again, beside the others, until something is over. */
async function work(requests: Request[], over: Promise<unknown>): Promise<Row[]> {
  let isOver = false
  const ended = over.finally(() => {
    isOver = true
  })
  const took = new Map<string, number[]>(requests.map(({ what }) => [what, []]))
  await Promise.all([
    ended,
    ...requests.map(async ({ what, send }) => {
      for (let time = 0; !isOver; time++) {
        took.get(what)?.push(await timed(() => send(time)))
        await sleep(PAUSE_MS)
      }
    }),
  ])
  return [...took].map(([what, values]) => ({ what, ...describeDurations(values) }))
}
