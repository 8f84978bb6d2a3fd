import { CAUTION_NAMES } from '../../models/evaluation/refusals.ts'
import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, pictures, text } from '../../src/commands/options.ts'
import type { Rejected } from '../../src/commands/results.ts'
import type { Source } from '../../src/images/source.ts'
import { isSpoiler } from '../../src/images/spoiler.ts'
import { pictureProgress } from '../../src/progress.ts'
import { createPredictor, type PredictedPicture, type Prediction } from '../../src/services/prediction.ts'
import { requireSomeUsed } from '../shared/rejected.ts'
import { seesAll } from '../shared/sees-all.ts'

/** Answers that are explained in one pass over the examples. */
const EXPLAINED_TOGETHER = 64

export default defineCommand({
  name: 'predict',
  summary: 'tell which label pictures belong to, or that it is none of them; stores nothing',
  access: 'member',
  directMessages: 'last-server',
  options: {
    pictures: pictures('pictures, or folders of pictures'),
    // A chat turns it into pictures.
    link: text('a link to a message here, or to a picture on Discord', { optional: true, frontEnds: ['discord'] }),
    why: flag('show the most similar pictures of the dataset, and which other label came close', {
      optional: true,
      named: true,
    }),
    caution: choice('how much is answered with "I don\'t know"; by default as `settings` say', CAUTION_NAMES, {
      optional: true,
      named: true,
    }),
    copyTo: text('copy the pictures into this folder, a folder for each answer, and overwrite nothing', {
      optional: true,
      named: true,
      frontEnds: ['cli'],
    }),
  },
  examples: [
    'predict new.jpg',
    'predict ./folder',
    'predict new.jpg --why',
    'predict ./folder --caution high',
    'predict ./folder --copy-to ./sorted',
  ],
  ifInterrupted: 'Predictions store nothing; run the same command again.',
  // What only some answers need is loaded by them: most ask about one picture, and wait for the start.
  async *run({ app, screen, dataset, options: { pictures, why, caution, copyTo } }) {
    if (copyTo !== undefined) {
      const { sortIntoFolders } = await import('../shared/sort-into-folders.ts')
      return yield* sortIntoFolders(app, dataset, { pictures, caution, dir: copyTo })
    }
    const predict = await createPredictor(app, dataset, { caution, thumbnails: screen?.hidesAsked })
    const explain = why ? await loadExplanation() : undefined
    const feedback = screen && (await import('../../src/services/feedback.ts'))
    const rejected: Rejected[] = []
    let done = 0
    const asked: Source[] = []
    for await (const answers of inGroups(
      predict(why ? noted(pictures, asked) : pictures),
      why ? EXPLAINED_TOGETHER : 1,
    )) {
      const predicted = answers.filter((answer) => 'features' in answer)
      const features = predicted.map((answer) => answer.features)
      const explanations = await explain?.explainAnswers(app, dataset, features)
      for (const answer of answers) {
        if ('error' in answer) {
          rejected.push({ file: answer.file, ...answer.error })
          yield result('predicted', answer)
        } else {
          // A terminal has no buttons.
          const choices = feedback
            ? { choices: feedbackOn(await feedback.savePrediction(app, dataset, answer), answer.prediction, !why) }
            : {}
          const beside = besideOf(answer)
          const reasons = explanations?.[predicted.indexOf(answer)]
          if (!explain || !reasons) yield result('predicted', answer.prediction, { ...beside, ...choices })
          else {
            const shown = await explain.explanationGallery(app, dataset, { ...reasons, seesAll: seesAll(screen) })
            // A terminal alone does not show it.
            const source = screen ? undefined : asked[done]
            const tile = source && (await explain.askedTile(app, dataset, source))
            const gallery = tile ? [tile, ...shown.gallery] : shown.gallery
            yield result(
              'predicted',
              { ...answer.prediction, why: reasons },
              { ...shown, ...beside, gallery, ...choices },
            )
          }
        }
        yield pictureProgress(++done)
      }
    }
    requireSomeUsed({ screen }, { used: done - rejected.length, rejected })
  },
})

async function loadExplanation() {
  const { askedTile, explainAnswers, explanationGallery } = await import('../../src/services/explanation.ts')
  return { askedTile, explainAnswers, explanationGallery }
}

/** The picture that an answer is about, where it came back small. */
const besideOf = ({ thumbnail: bytes, prediction: { file } }: PredictedPicture) =>
  bytes ? { thumbnail: { bytes, isSpoiler: isSpoiler(file) } } : {}

/** Remembers what was asked about, in order. */
async function* noted(sources: AsyncIterable<Source>, asked: Source[]): AsyncGenerator<Source> {
  for await (const source of sources) {
    asked.push(source)
    yield source
  }
}

async function* inGroups<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = []
  for await (const item of items) {
    if (group.push(item) < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

/** That it is unknown is nothing to be cheered: it looks otherwise than a label that is right. */
function feedbackOn(prediction: string, { grade }: Prediction, canAskWhy: boolean): Choice[] {
  const right = grade === 'unknown' ? 'rightUnknown' : 'right'
  const choices: Choice[] = [
    { key: right, command: 'feedback', options: { prediction, right: true } },
    { key: 'wrong', command: 'feedback', options: { prediction, right: false } },
  ]
  if (canAskWhy) choices.push({ key: 'why', command: 'why', options: { prediction } })
  return choices
}
