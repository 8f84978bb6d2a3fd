import type { HelpTopic } from '../../commands/results.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords, Words } from '../words.ts'
import { commands } from './commands.ts'
import { firstSteps } from './errors.ts'
import { inJapanese } from './say.ts'

const byName: Words['commands'] = commands

const TOPICS: Record<HelpTopic, string> = {
  asking: '画像について聞く',
  adding: '画像を登録する',
  review: '見直し',
  training: '学習',
  server: 'このサーバー',
  privacy: 'ヘルプとプライバシー',
}

export const helpResults = (m: Markup): ResultWords<'help'> => ({
  help: ({ trained, topics }) => ({
    headline: 'ここでできること',
    lines: [
      trained
        ? `${inJapanese(m).command('predict')} に画像を付けるか、メッセージのメニューの「これは何？」で聞いてください。`
        : firstSteps(m),
    ],
    sections: topics.map(({ topic, commands: offered }) => ({
      title: TOPICS[topic],
      lines: offered.map(
        ({ name, summary, id }) =>
          `${m.command({ name, shown: byName[name]?.name ?? name, id })} ${byName[name]?.summary ?? summary}`,
      ),
    })),
  }),
})
