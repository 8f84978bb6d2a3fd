// Sections of RESULTS.md: speed, starts, the bot, one server among others, accuracy, growth and SVM.

import type { measureAccuracy } from './accuracy.ts'
import type { measureDiscord } from './discord.ts'
import { table } from './figures.ts'
import type { measureGrowth } from './growth.ts'
import type { measureResponsiveness } from './responsiveness.ts'
import type { measureSpeed } from './speed.ts'
import type { measureStart } from './start.ts'
import type { measureSvm } from './svm.ts'

type Outcome<T extends (...args: never[]) => unknown> = Awaited<ReturnType<T>>

const percent = (p: number): string => `${p.toFixed(1)} %`
const number = (v: number | null, digits: number): string => (v === null ? 'not installed' : v.toFixed(digits))

export function describeSpeed({
  bareOne,
  answer,
  added,
  twoThreads,
  twoProcesses,
}: Outcome<typeof measureSpeed>): string {
  const ofTwo = (milliseconds: number): string => `${(twoProcesses / milliseconds).toFixed(2)} of two processes`
  const rows = [
    ['bare loop', bareOne.toFixed(1), '1', ''],
    ['`predict`, one at a time, one thread', answer.toFixed(1), (answer / bareOne).toFixed(2), 'at most 1.10'],
    ['`import`, all cores, written to disk', added.toFixed(1), ofTwo(added), 'at least 0.70'],
    ['two bare loops in two processes', twoProcesses.toFixed(1), ofTwo(twoProcesses), ''],
    ['two bare loops in two threads', twoThreads.toFixed(1), ofTwo(twoThreads), ''],
  ]
  return `## Files to answers and examples (JPEG, 1 megapixel)

The bare loop is sharp and onnxruntime on the same graph, in one thread. It checks nothing and stores nothing.

${table(['what', 'ms a picture', 'ratio', 'target'], rows)}
`
}

export function describeResponsiveness({ rows, peakMiB }: Outcome<typeof measureResponsiveness>): string {
  const cells = rows.map((row) => [
    row.what,
    row.seconds.toFixed(1),
    row.delayP99.toFixed(0),
    row.delayMax.toFixed(0),
    `${row.answers}`,
    row.answerP99.toFixed(0),
    row.peakMiB.toFixed(0),
  ])
  return `## One server does much, others ask

One dataset has 100,000 examples of 50 labels. While each operation runs on it, another server asks about one picture after the other.
Milliseconds; targets: the event loop is late by at most 50 (p99) and 250 (most), answers take at most 1,000 (p99), the process 400 MiB. The data are
made, and versions trained, in another process. Peak memory of this one: ${peakMiB.toFixed(0)} MiB.

${table(['what', 'seconds', 'event loop p99', 'most', 'answers', 'answer p99', 'MiB'], cells)}
`
}

export function describeStart({ one, many, imported, trained, pictures }: Outcome<typeof measureStart>): string {
  const rows = [
    ['`predict` on one file, start to end', one.seconds.toFixed(2), one.mebibytes.toFixed(0), '1.5 s, 350 MiB'],
    [`\`predict\` on ${pictures} files`, many.seconds.toFixed(1), many.mebibytes.toFixed(0), '350 MiB'],
    [`\`import\` of ${pictures} files`, imported.seconds.toFixed(1), imported.mebibytes.toFixed(0), '600 MiB'],
    [
      `\`train\` on ${pictures} examples, two labels`,
      trained.seconds.toFixed(1),
      trained.mebibytes.toFixed(0),
      '600 MiB',
    ],
  ]
  return `## The command line

${table(['what', 'seconds', 'peak MiB', 'target'], rows)}
`
}

export function describeBot({ burst, busy }: Outcome<typeof measureDiscord>): string {
  const cells = (
    what: string,
    { count, p50, p99, max }: Outcome<typeof measureDiscord>['burst']['acknowledged'],
  ): string[] => [what, `${count}`, p50.toFixed(1), p99.toFixed(1), max.toFixed(0)]
  const training = `${busy.examples} examples of ${busy.labels} labels are trained on, and pictures are asked about`
  const rows = [cells(`${burst.pictures} pictures are answered`, burst.acknowledged), cells(training, busy)]
  return `## The bot, against a stand-in for Discord on the same machine

${burst.pictures} pictures are posted at once in 20 servers while people give commands: ${burst.answered} answered once, ${burst.refused} declined with a reaction, ${burst.wrong} neither or
twice; ${burst.seconds.toFixed(1)} s (10 s at Discord's own limit of 50 replies a second), peak ${burst.peakMiB.toFixed(0)} MiB.

From a command to its acknowledgement, in milliseconds (target: p99 under 500, never 3,000):

${table(['while', 'commands', 'p50', 'p99', 'most'], rows)}
`
}

export function describeAccuracy(accuracy: Outcome<typeof measureAccuracy>): string {
  const head = [
    'pictures a label',
    'Mekiki',
    'the recipe, one run of the network',
    'the recipe with the mirror, two runs',
  ]
  const rows = accuracy.map((r) => [
    `${r.k}`,
    percent(r.mekiki),
    percent(r.recipe),
    percent(r.recipeWithMirror),
    percent(r.plainSvm),
  ])
  return `## Accuracy on drawn characters (12 labels, 10 splits)

${table([...head, 'plain SVM, C 3'], rows)}
`
}

export function describeGrowth(growth: Outcome<typeof measureGrowth>): string {
  const head = [
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
  ]
  const rows = growth.map((g) => [
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
  ])
  return `## From the last label to the new active version

Training as the program does it: features are read from the database, heads compared by cross-validation, calibrated, trained and written. Made-up
features of 816 values, two views each. *First*: in a new process; *again*: in one that has trained before. *Peak* is the memory
of the whole process, and *added* is what training adds to it. *Suspects and copies* are a part of the time, measured alone on one core.

${table(head, rows)}
`
}

export function describeSvm(svm: Outcome<typeof measureSvm>): string {
  const svmRows = svm.map((r) => [r.size, r.who, number(r.seconds, 3), number(r.accuracy, 3), number(r.ratio, 1)])
  return `## Training a linear SVM (one core)

${table(['rows x labels', 'who', 'seconds', 'accuracy', "time / Mekiki's"], svmRows)}

libsvm-js and ml-svm are left out where they take many minutes.
`
}
