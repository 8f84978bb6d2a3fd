// Runs every benchmark and writes bench/RESULTS.md. What a ratio compares was measured in turn in the same run.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { measureAccuracy } from './accuracy.ts'
import { measureBoosting } from './boosting.ts'
import type { measureDiscord } from './discord.ts'
import { measureDuplicates } from './duplicates.ts'
import { measureFew } from './few.ts'
import type { measureGallery } from './gallery.ts'
import { measureGrowth } from './growth.ts'
import { measurePhotographs } from './photographs.ts'
import { measureRefusals } from './refusals.ts'
import { describeResults } from './report.ts'
import type { measureResponsiveness } from './responsiveness.ts'
import { listSets } from './sets/sets.ts'
import type { measureSoak } from './soak.ts'
import { measureSpeed } from './speed.ts'
import { measureStart } from './start.ts'
import { measureSvm } from './svm.ts'
import type { PageFigures } from './web.ts'
import type { AddFigures } from './web-add.ts'
import type { measureWebGallery } from './web-gallery.ts'
import { measureWrong } from './wrong.ts'
import { measureWrongByTwo } from './wrong-by-two.ts'

const announced = <T>(what: string, work: () => T): T => {
  process.stderr.write(`${what}…\n`)
  return work()
}

/** In a process of its own: both draw pictures, and in this one the loader of SVG is closed by then. They print JSON. */
function measureApart(file: string) {
  return JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], { encoding: 'utf8' }),
  )
}
const measureBot = (): Awaited<ReturnType<typeof measureDiscord>> => measureApart('./discord.ts')
const soak = (): Awaited<ReturnType<typeof measureSoak>> => measureApart('./soak.ts')
const measureLooking = (): Awaited<ReturnType<typeof measureGallery>> => measureApart('./gallery.ts')
const measureBrowsing = (): Awaited<ReturnType<typeof measureWebGallery>> | null => measureApart('./web-gallery.ts')
const measureAdding = (): AddFigures => measureApart('./web-add.ts')
const measurePage = (): PageFigures => measureApart('./web.ts')
const measureWaiting = (): Awaited<ReturnType<typeof measureResponsiveness>> => measureApart('./responsiveness.ts')

// Pictures are drawn first, before a decoder closes the loader of SVG.
await announced('sets', () => listSets('test'))
const results = {
  accuracy: await announced('accuracy', measureAccuracy),
  few: await announced('few pictures a label', () => measureFew()),
  refusals: await announced('sure, unsure, unknown', () => measureRefusals()),
  photographs: await announced('photographs', () => measurePhotographs()),
  wrong: await announced('wrong pictures', () => measureWrong()),
  wrongByTwo: await announced('wrong pictures by two backbones', () => measureWrongByTwo()),
  duplicates: await announced('copies', () => measureDuplicates()),
  speed: await announced('speed', measureSpeed),
  start: await announced('start and memory', measureStart),
  bot: announced('Discord', measureBot),
  responsiveness: announced('responsiveness', measureWaiting),
  gallery: announced('gallery', measureLooking),
  webGallery: announced('gallery in a browser', measureBrowsing),
  page: announced('the web page', measurePage),
  adding: announced('adding many files', measureAdding),
  soak: announced('soak, 20 minutes', soak),
  growth: announced('growth', measureGrowth),
  boosting: await announced('boosting', () => measureBoosting()),
  svm: await announced('SVM', measureSvm),
}
writeFileSync(fileURLToPath(new URL('./RESULTS.md', import.meta.url)), describeResults(results))
