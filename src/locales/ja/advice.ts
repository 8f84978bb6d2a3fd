import type { Advice } from '../../../models/evaluation/advice.ts'
import { percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import { slash } from './commands.ts'

/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
const WORTHWHILE_GAIN = 0.005

/** What would make the classifier better, a line each. */
export function adviceLines({ needMore, alike, twice }: Advice, m: Markup): string[] {
  const bold = (label: string): string => `**${m.text(label)}**`
  const wanted = needMore.map(({ label, examples, recall }) =>
    recall === null
      ? `${m.text(label)}（${examples}枚のみ）`
      : `${m.text(label)}（${examples}枚中${percent(recall)}正解）`,
  )
  return [
    wanted.length > 0 ? `画像を増やすとよいラベル：${wanted.join('、')}` : '',
    ...alike.map(
      ({ labels: [one, other] }) =>
        `${bold(one)} と ${bold(other)} は同じものに見えます。${slash('labels')} の \`merge\` で統合できます。`,
    ),
    twice && twice.doubled - twice.now > WORTHWHILE_GAIN
      ? `画像が二倍になれば、精度はおよそ ${percent(twice.doubled)}（今は ${percent(twice.now)}）になりそうです。`
      : '',
  ]
}
