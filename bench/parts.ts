// The parts of `npm run bench`, in the order of RESULTS.md. Each is named as its file and owns one section.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describeBoosting } from './boosting-report.ts'
import { describeFew } from './few-report.ts'
import { describeGallery } from './gallery-report.ts'
import type { Need } from './needs.ts'
import { describePhotographs } from './photographs-report.ts'
import { describeMillion } from './postgres/million-report.ts'
import { describeRefusalsByTwo } from './refusals-by-two-report.ts'
import { describeRefusals } from './refusals-report.ts'
import {
  describeAccuracy,
  describeBot,
  describeGrowth,
  describeResponsiveness,
  describeSpeed,
  describeStart,
  describeSvm,
} from './report.ts'
import { describeProcesses } from './scale/processes-report.ts'
import { describeShards } from './scale/shards-report.ts'
import { describeSoak } from './soak/report.ts'
import { describeAdding } from './web/add-report.ts'
import { describePage } from './web/report.ts'
import { describeWebGallery } from './web-gallery-report.ts'
import { describeWrongByTwo } from './wrong-by-two-report.ts'
import { describeWrong } from './wrong-report.ts'

/** `minutes`: roughly, until a run has said it. `measure` gives the section. */
export type Part = { name: string; heading: string; minutes: number; needs?: Need[]; measure(): Promise<string> }

/** They measure the whole program with a process of their own, and print JSON: also those that say by their status that a target is missed. */
const apart = (file: string) =>
  new Promise<ReturnType<typeof JSON.parse>>((resolve, reject) => {
    const script = fileURLToPath(new URL(file, import.meta.url))
    const child = execFile(process.execPath, [script], { maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(error ?? new Error(`Expected JSON from ${file}, received ${stdout.slice(0, SHOWN_CHARACTERS)}`))
      }
    })
    child.stderr?.pipe(process.stderr)
  })
/** The soak prints some hundred kilobytes. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20
const SHOWN_CHARACTERS = 200

export const PARTS: Part[] = [
  {
    name: 'speed',
    heading: 'Files to answers and examples (JPEG, 1 megapixel)',
    minutes: 2,
    measure: async () => describeSpeed(await (await import('./speed.ts')).measureSpeed()),
  },
  {
    name: 'start',
    heading: 'The command line',
    minutes: 1,
    measure: async () => describeStart(await (await import('./start.ts')).measureStart()),
  },
  {
    name: 'discord',
    heading: 'The bot, against a stand-in for Discord on the same machine',
    minutes: 3,
    measure: async () => describeBot(await apart('./discord.ts')),
  },
  {
    name: 'responsiveness',
    heading: 'One server does much, others ask',
    minutes: 5,
    measure: async () => describeResponsiveness(await apart('./responsiveness.ts')),
  },
  {
    name: 'web-gallery',
    heading: 'The gallery in a browser',
    minutes: 3,
    needs: ['chromium'],
    measure: async () => describeWebGallery(await apart('./web-gallery.ts')),
  },
  {
    name: 'gallery',
    heading: 'What a gallery asks the server for',
    minutes: 2,
    measure: async () => describeGallery(await apart('./gallery.ts')),
  },
  {
    name: 'web',
    heading: 'The web page',
    minutes: 15,
    needs: ['chromium'],
    measure: async () => describePage(await apart('./web.ts')),
  },
  {
    name: 'web-add',
    heading: 'Adding many files',
    minutes: 5,
    needs: ['chromium'],
    measure: async () => describeAdding(await apart('./web-add.ts')),
  },
  {
    name: 'million',
    heading: 'One server among a million examples of others, on PostgreSQL',
    minutes: 10,
    needs: ['postgres'],
    measure: async () => describeMillion(await apart('./postgres/million.ts')),
  },
  {
    name: 'shards',
    heading: 'Thousands of servers on several shards',
    minutes: 10,
    needs: ['postgres'],
    measure: async () => describeShards(await apart('./scale/shards.ts')),
  },
  {
    name: 'processes',
    heading: 'Several processes on one PostgreSQL',
    minutes: 20,
    needs: ['postgres'],
    measure: async () =>
      describeProcesses({
        inference: await apart('./scale/inference.ts'),
        chaos: await apart('./scale/chaos.ts'),
        restart: await apart('./scale/restart.ts'),
      }),
  },
  {
    name: 'soak',
    heading: 'Soak',
    minutes: 25,
    measure: async () => describeSoak(await apart('./soak.ts')),
  },
  {
    name: 'accuracy',
    heading: 'Accuracy on drawn characters (12 labels, 10 splits)',
    minutes: 2,
    measure: async () => describeAccuracy(await (await import('./accuracy.ts')).measureAccuracy()),
  },
  {
    name: 'few',
    heading: 'Few pictures a label, four kinds of pictures',
    minutes: 30,
    measure: async () => describeFew(await (await import('./few.ts')).measureFew()),
  },
  {
    name: 'refusals',
    heading: 'Sure, unsure, unknown',
    minutes: 20,
    measure: async () => describeRefusals(await (await import('./refusals.ts')).measureRefusals()),
  },
  {
    name: 'photographs',
    heading: 'Photographs, two backbones',
    minutes: 60,
    needs: ['photographs'],
    measure: async () => describePhotographs(await (await import('./photographs.ts')).measurePhotographs()),
  },
  {
    name: 'refusals-by-two',
    heading: 'Sure, unsure, unknown, two backbones',
    minutes: 15,
    needs: ['photographs'],
    measure: async () => describeRefusalsByTwo(await (await import('./refusals-by-two.ts')).measureRefusalsByTwo()),
  },
  {
    name: 'wrong',
    heading: 'Wrong pictures',
    minutes: 30,
    measure: async () => describeWrong(await (await import('./wrong.ts')).measureWrong()),
  },
  {
    name: 'wrong-by-two',
    heading: 'Wrong pictures, two backbones',
    minutes: 30,
    needs: ['photographs'],
    measure: async () => describeWrongByTwo(await (await import('./wrong-by-two.ts')).measureWrongByTwo()),
  },
  {
    name: 'duplicates',
    heading: 'Copies',
    minutes: 5,
    measure: async () => {
      const { describeDuplicates, measureDuplicates } = await import('./duplicates.ts')
      return describeDuplicates(await measureDuplicates())
    },
  },
  {
    name: 'growth',
    heading: 'From the last label to the new active version',
    minutes: 5,
    measure: async () => describeGrowth((await import('./growth.ts')).measureGrowth()),
  },
  {
    name: 'svm',
    heading: 'Training a linear SVM (one core)',
    minutes: 5,
    measure: async () => describeSvm(await (await import('./svm.ts')).measureSvm()),
  },
  {
    name: 'boosting',
    heading: 'Boosting on features of real pictures, one core',
    minutes: 15,
    needs: ['photographs'],
    measure: async () => describeBoosting(await (await import('./boosting.ts')).measureBoosting()),
  },
]
