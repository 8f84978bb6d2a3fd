// The web page beside everything else that goes on: first load, answers while it trains, the bot beside it, event streams.
// As the program does.
import '../bin/runtime.js'
import { measureBotBesidePage } from './web/bot.ts'
import { measureLoad } from './web/load.ts'
import { measureStreams } from './web/streams.ts'
import { measureTraining } from './web/training.ts'

export type PageFigures = {
  load: Awaited<ReturnType<typeof measureLoad>>
  training: Awaited<ReturnType<typeof measureTraining>>
  bot: Awaited<ReturnType<typeof measureBotBesidePage>>
  streams: Awaited<ReturnType<typeof measureStreams>>
}

async function measurePage(): Promise<PageFigures> {
  return {
    // Pictures are drawn before a decoder closes the loader of SVG.
    training: await measureTraining(),
    bot: await measureBotBesidePage(),
    load: await measureLoad(),
    streams: await measureStreams(),
  }
}

/** Fewer of everything, for a look at the bench itself. */
const SMALL = {
  training: () => measureTraining([500]),
  bot: () => measureBotBesidePage({ turns: 1, commands: 20 }),
  load: () => measureLoad({ opened: 3 }),
  streams: () => measureStreams({ streams: 100, changes: 3 }),
}
const WHOLE = { training: measureTraining, bot: measureBotBesidePage, load: measureLoad, streams: measureStreams }

/** One of them: `node bench/web.ts load`; `--small` after it: a look. */
function measureOne(part: string, isSmall: boolean): Promise<unknown> {
  const all = isSmall ? SMALL : WHOLE
  if (!(part in all)) throw new Error(`Expected one of ${Object.keys(all).join(', ')}, received ${part}`)
  return all[part as keyof typeof all]()
}

if (import.meta.main) {
  const [part, small] = process.argv.slice(2)
  const figures = part === undefined ? await measurePage() : await measureOne(part, small === '--small')
  process.stdout.write(JSON.stringify(figures))
}
