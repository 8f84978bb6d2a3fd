import { table } from '../figures.ts'
import type { PageFigures } from '../web.ts'
import type { Durations } from './durations.ts'

const cells = ({ count, p50, p99, max }: Durations): string[] => [
  `${count}`,
  p50.toFixed(1),
  p99.toFixed(1),
  max.toFixed(0),
]
const KILOBYTE = 1000

export const describePage = ({ load, training, bot, streams }: PageFigures): string =>
  `## The web page

${describeLoad(load)}
${training.map(describeTraining).join('\n')}
${describeBot(bot)}
${describeStreams(streams)}`

const describeLoad = (load: PageFigures['load']): string =>
  load ? describeFirst(load) : 'The first load was not measured: there was no Chromium on the machine.\n'

const describeFirst = ({ bytes, requests, first, interactive }: NonNullable<PageFigures['load']>): string =>
  `The first page, *Try*, for a browser that has nothing of it yet: ${(bytes / KILOBYTE).toFixed(0)} kB compressed, headers included (target: under 150), in ${requests} requests. From its address
to the first control that can be used, on this machine: ${interactive.p50.toFixed(0)} ms (median of ${interactive.count} browsers; longest ${interactive.max.toFixed(0)}; target: 1,000), and ${first.toFixed(0)} ms for the first browser after a start.
`

function describeTraining({ examples, seconds, quiet, training }: PageFigures['training'][number]): string {
  const rows = training.map((row) => {
    const before = quiet.find(({ what }) => what === row.what)
    return [row.what, before?.p50.toFixed(1) ?? '', before?.p99.toFixed(1) ?? '', ...cells(row)]
  })
  return `Answers of \`mekiki web\` to one person, 13 requests on their way and 0.1 s between an answer and the next request of its kind: while nothing else goes on, and while the
same process trains on ${examples.toLocaleString('en')} examples for ${seconds.toFixed(1)} s. Milliseconds; target while it trains: p99 at most 100, other than for a picture that is asked about.

${table(['what', 'alone p50', 'alone p99', 'answers', 'p50', 'p99', 'most'], rows)}
`
}

const describeBot = ({ screens, alone, beside }: PageFigures['bot']): string =>
  `From a command in the chat to its acknowledgement, in turn: while nobody is on the bot's page, and while somebody looks through its gallery, which was ${screens} screens of 84
pictures. Milliseconds; target: not slower.

${table(
  ['while', 'commands', 'p50', 'p99', 'most'],
  [
    ['nobody is on the page', ...cells(alone)],
    ['somebody looks through the gallery', ...cells(beside)],
  ],
)}
`

const describeStreams = ({ streams, mebibytes, delays, tabs, ofTabs }: PageFigures['streams']): string =>
  `${streams.toLocaleString('en')} open event streams take ${mebibytes.toFixed(0)} MiB. From asking for a change until a stream tells of it: ${delays.p50.toFixed(0)} ms (p50), ${delays.p99.toFixed(0)} ms (p99). ${ofTabs === null ? '' : `A browser with ${tabs} tabs has ${ofTabs} of them.`}
`
