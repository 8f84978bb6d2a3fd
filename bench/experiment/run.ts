// The article's experiment: two networks trained from scratch on 32 x 32 x 3, and pretrained features with an SVM and with boosting.
// npm run experiment [-- DIR] [--epochs A,B]    DIR: a folder a label; left out: the demo's characters; `sprites`: ten units of a game
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import sharp from 'sharp'
import { draw, TAUGHT } from '../../demo/characters.ts'
import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import type { HeadName } from '../../models/heads/names.ts'
import { seededRandom } from '../../models/random.ts'
import { toSvg } from '../../src/charts/draw.ts'
import { toPng } from '../../src/charts/png.ts'
import { INK } from '../../src/charts/text.ts'
import { listSets } from '../sets/sets.ts'
import { askEach, closeEyes, type Files, learnFeatures } from './features.ts'
import { resNet50, SIDE, simpleCnn } from './networks.ts'
import { type Pixels, predictEach, startEngine, trainNetwork } from './train-network.ts'

const { values, positionals } = parseArgs({
  options: { epochs: { type: 'string', default: '40,15' } },
  allowPositionals: true,
})
const [epochsA, epochsB] = values.epochs.split(',').map(Number) as [number, number]
const OUT = fileURLToPath(new URL('../out/', import.meta.url))
const say = (text: string): boolean => process.stderr.write(`${text}\n`)
/** One picture in so many of each label is asked about. */
const ASKED = 5

type Result = { name: string; right: number; training: number; answer: number }

const { name, classes } = await readClasses(positionals[0])
const labels = classes.map((c) => c.label)
const { taught, asked } = split(classes)
say(
  `${name}: ${labels.length} labels, ${taught.files.length} pictures to learn from, ${asked.files.length} to be asked about`,
)

const results: Result[] = []
for (const [title, head] of [
  ['C: pretrained features, SVM', 'svm'],
  ['D: pretrained features, boosting', 'boosting'],
] as [string, HeadName][])
  results.push(
    await measured(
      title,
      () => learnFeatures(taught, labels, head),
      (c) => askEach(c, asked),
    ),
  )
await closeEyes()
await startEngine()
const [learn, ask] = [await toPixels(taught), await toPixels(asked)]
const network = async (title: string, model: LayersModel, epochs: number): Promise<void> => {
  const whole = `${title}, ${(model.countParams() / 1e6).toFixed(2)} million weights, ${epochs} epochs`
  const work = () => trainNetwork(model, learn, labels.length, epochs, (text) => say(`${title}: ${text}`))
  results.push(await measured(whole, work, async () => predictEach(model, ask)))
}
await network('A: simple CNN, 32 x 32', simpleCnn(labels.length), epochsA)
await network('B: ResNet-50 from scratch, 32 x 32', resNet50(labels.length), epochsB)
report()

async function measured<T>(
  title: string,
  learn: () => Promise<T>,
  ask: (learned: T) => Promise<number[]>,
): Promise<Result> {
  const start = performance.now()
  const learned = await learn()
  const middle = performance.now()
  const answers = await ask(learned)
  const end = performance.now()
  const right = answers.filter((a, i) => a === asked.y[i]).length
  say(`${title}: ${right} of ${asked.y.length}`)
  return { name: title, right, training: (middle - start) / 1000, answer: (end - middle) / asked.y.length }
}

async function readClasses(
  dir: string | undefined,
): Promise<{ name: string; classes: { label: string; files: string[] }[] }> {
  if (dir === 'sprites') {
    const set = (await listSets('test')).find((s) => s.name === 'sprites')!
    return { name: 'sprites', classes: set.classes.slice(0, 10).map((files, i) => ({ label: `unit ${i + 1}`, files })) }
  }
  if (dir === undefined) {
    mkdirSync(OUT, { recursive: true })
    const classes = []
    for (const label of TAUGHT) {
      const files = []
      for (let k = 0; k < 28; k++) files.push(await draw(join(OUT, 'characters', label), label, k))
      classes.push({ label, files })
    }
    return { name: 'characters', classes }
  }
  const folders = readdirSync(dir, { withFileTypes: true }).filter((e) => e.isDirectory())
  const classes = folders.map(({ name: label }) => ({
    label,
    files: readdirSync(join(dir, label))
      .sort()
      .map((f) => join(dir, label, f)),
  }))
  return { name: basename(dir), classes }
}

/** The same for all four: every fifth picture of each label, in random order. */
function split(all: { files: string[] }[]): { taught: Files; asked: Files } {
  const random = seededRandom(1)
  const [taught, asked]: [Files, Files] = [
    { files: [], y: [], hashes: [] },
    { files: [], y: [], hashes: [] },
  ]
  all.forEach(({ files }, c) => {
    const order = files.map((f) => ({ f, key: random() })).sort((a, b) => a.key - b.key)
    order.forEach(({ f }, i) => {
      const to = i % ASKED === 0 ? asked : taught
      to.files.push(f)
      to.y.push(c)
      // Far from each other: nothing is chosen by cross-validation here.
      to.hashes.push((BigInt(to.files.length) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn)
    })
  })
  return { taught, asked }
}

async function toPixels({ files, y }: Files): Promise<Pixels> {
  const x: Float32Array[] = []
  for (const file of files) {
    const fitted = sharp(readFileSync(file))
      .flatten({ background: '#fff' })
      .resize(SIDE, SIDE, { fit: 'contain', background: '#fff' })
    x.push(Float32Array.from(await fitted.removeAlpha().toColourspace('srgb').raw().toBuffer(), (v) => v / 255))
  }
  return { x, y }
}

function report(): void {
  const n = asked.y.length
  const percent = (v: number): string => (100 * v).toFixed(1)
  const rows = [...results]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((r) => ({ ...r, interval: wilsonInterval(r.right, n) }))
  process.stdout.write('| | right, % (95 %) | training, s | one answer, ms |\n| --- | --- | --- | --- |\n')
  for (const { name: title, right, interval, training, answer } of rows)
    process.stdout.write(
      `| ${title} | ${percent(right / n)} (${interval.map(percent).join(' to ')}) | ${training.toFixed(1)} | ${answer.toFixed(1)} |\n`,
    )
  const data = rows.map((r) => Math.round((1000 * r.right) / n) / 10)
  const text = { color: INK.text, fontSize: 20 }
  const chart = toSvg(
    {
      title: {
        text: `${name}: right about unseen pictures, %`,
        left: 16,
        top: 12,
        textStyle: { ...text, fontSize: 24 },
      },
      grid: { left: 16, right: 80, top: 60, bottom: 16, containLabel: true },
      xAxis: { type: 'value', min: 0, max: 100, show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map((r) => r.name.split(',').slice(0, 2).join(',')),
        axisLabel: text,
      },
      series: [
        {
          type: 'bar',
          data,
          itemStyle: { color: INK.line, borderRadius: 4 },
          label: { show: true, position: 'right', ...text },
        },
      ],
    },
    ...([900, 300] as const),
  )
  mkdirSync(OUT, { recursive: true })
  writeFileSync(join(OUT, `experiment-${name}.png`), toPng(chart))
  say(`The chart: bench/out/experiment-${name}.png`)
}
