// Runs every measurement and writes bench/RESULTS.md. Ratios are of things measured in turn in the same run.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { measureAccuracy } from './accuracy.ts'
import { measureBoosting } from './boosting.ts'
import type { measureDiscord } from './discord.ts'
import { describeDuplicates, measureDuplicates } from './duplicates.ts'
import { describeFew, measureFew } from './few.ts'
import { table } from './figures.ts'
import { measureGrowth } from './growth.ts'
import { listSets } from './sets/sets.ts'
import { measureSpeed } from './speed.ts'
import { measureStart } from './start.ts'
import { measureSvm } from './svm.ts'
import { describeWrong, measureWrong } from './wrong.ts'

const say = (what: string): boolean => process.stderr.write(`${what}…\n`)
const percent = (p: number): string => `${(100 * p).toFixed(1)} %`
const number = (v: number | null, digits: number): string => (v === null ? 'not there' : v.toFixed(digits))

// First what must be drawn, before a decoder closes the loader of SVG.
say('sets')
await listSets('test')
say('accuracy')
const accuracy = await measureAccuracy()
say('few pictures a label')
const few = await measureFew()
say('wrong pictures')
const wrong = await measureWrong()
say('copies')
const duplicates = await measureDuplicates()
say('speed')
const speed = await measureSpeed()
say('start and memory')
const start = await measureStart()
say('Discord')
// In a process of its own: it draws, and here the loader of SVG is closed.
const { burst, busy } = JSON.parse(
  execFileSync(process.execPath, [fileURLToPath(new URL('./discord.ts', import.meta.url))], { encoding: 'utf8' }),
) as Awaited<ReturnType<typeof measureDiscord>>
say('growth')
const growth = measureGrowth([
  [1000, 20],
  [10_000, 50],
  [50_000, 50],
])
say('SVM')
const boosting = measureBoosting()
const svm = await measureSvm()

const { bareOne, answer, filed, bareTwo } = speed
writeFileSync(
  fileURLToPath(new URL('./RESULTS.md', import.meta.url)),
  `# What was measured

Written by \`npm run bench\`; ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]!.model.trim()}),
Node ${process.versions.node}. Times differ from machine to machine and run to run; compare what stands in one table.

## Files to answers and examples (JPEG, 1 megapixel)

The bare loop is sharp and onnxruntime on the same graph, one thread, nothing checked and nothing kept.

${table(
  ['what', 'ms a picture', 'ratio', 'target'],
  [
    ['bare loop', bareOne.toFixed(1), '1', ''],
    ['`predict`, one at a time, one thread', answer.toFixed(1), (answer / bareOne).toFixed(2), 'at most 1.10'],
    [
      '`import`, all cores, written to disk',
      filed.toFixed(1),
      `${(bareOne / 2 / filed).toFixed(2)} of twice the bare rate`,
      'at least 0.85',
    ],
    [
      'two bare loops in two threads',
      bareTwo.toFixed(1),
      `${(bareOne / 2 / bareTwo).toFixed(2)} of twice the bare rate`,
      '',
    ],
  ],
)}

## The terminal command

${table(
  ['what', 'seconds', 'peak MiB', 'target'],
  [
    [
      '`predict` of one file, start to end',
      start.one.seconds.toFixed(2),
      start.one.mebibytes.toFixed(0),
      '1.5 s, 350 MiB',
    ],
    [
      `\`predict\` of ${start.pictures} files`,
      start.many.seconds.toFixed(1),
      start.many.mebibytes.toFixed(0),
      '350 MiB',
    ],
    [
      `\`import\` of ${start.pictures} files`,
      start.imported.seconds.toFixed(1),
      start.imported.mebibytes.toFixed(0),
      '600 MiB',
    ],
    [
      `\`train\` on ${start.pictures} examples, two labels`,
      start.trained.seconds.toFixed(1),
      start.trained.mebibytes.toFixed(0),
      '600 MiB',
    ],
  ],
)}

## The bot, against a stand-in for Discord on the same machine

500 pictures posted at once in 20 servers, while commands go on: ${burst.answered} answered once, ${burst.refused} refused with a reaction, ${burst.wrong} neither or
twice; ${burst.seconds.toFixed(1)} s (Discord's own limit of 50 replies a second makes it 10), peak ${burst.peakMiB.toFixed(0)} MiB.

From a command to its acknowledgement, in milliseconds (target: p99 under 500, never 3,000):

${table(
  ['while', 'commands', 'p50', 'p99', 'most'],
  [
    { what: '500 pictures are answered', ...burst.acknowledged },
    {
      what: `${busy.examples} examples of ${busy.labels} labels are trained on, and pictures are asked about`,
      ...busy,
    },
  ].map(({ what, count, p50, p99, max }) => [what, `${count}`, p50.toFixed(1), p99.toFixed(1), max.toFixed(0)]),
)}

## Accuracy on drawn characters (12 labels, 10 splits)

${table(
  [
    'pictures a label',
    'Mekiki',
    'the recipe, one run of the network',
    'the recipe with the mirror, two runs',
    'plain SVM, C 3',
  ],
  accuracy.map((r) => [`${r.k}`, ...[r.mekiki, r.recipe, r.recipeWithMirror, r.plainSvm].map(percent)]),
)}

${describeFew(few)}
${describeWrong(wrong)}
${describeDuplicates(duplicates)}
## From the last label to the new version in use

Training as the program does it: features read from the database, heads compared by cross-validation, calibrated, fitted, written. Made-up
features of 816 values, two views each. *First*: in a process that has just started; *again*: in one that goes on. The memory is
the peak of the whole process, and what training adds to the process before it. *Suspects and copies* are a part of it, measured alone on one core.

${table(
  [
    'examples',
    'labels',
    'first, s',
    'again, s',
    'suspects and copies, s',
    'ms an example',
    'features, MiB',
    'peak, MiB',
    'added, MiB',
    'target for added',
  ],
  growth.map((g) => [
    g.examples.toLocaleString('en'),
    `${g.labels}`,
    g.first.toFixed(2),
    g.again.toFixed(2),
    g.survey.toFixed(2),
    ((1000 * g.again) / g.examples).toFixed(2),
    g.featuresMiB.toFixed(0),
    g.peakMiB.toFixed(0),
    (g.peakMiB - g.beforeMiB).toFixed(0),
    (1.2 * g.featuresMiB + 150).toFixed(0),
  ]),
)}

## Training a linear SVM (one core)

${table(
  ['rows x labels', 'who', 'seconds', 'accuracy', 'time / ours'],
  svm.map((r) => [r.size, r.who, number(r.seconds, 3), number(r.accuracy, 3), number(r.ratio, 1)]),
)}

libsvm-js and ml-svm are left out where they take many minutes.

## Boosting, 2,000 examples of 20 labels, all 2,048 dimensions, one core

${table(
  ['who', 'seconds', 'accuracy'],
  boosting.map((r) => [r.who, number(r.seconds, 1), number(r.accuracy, 3)]),
)}
`,
)
