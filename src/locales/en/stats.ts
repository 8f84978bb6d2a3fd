import { layOutStats } from '../layouts/stats.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceWords } from './advice.ts'
import { grades } from './grades.ts'
import { inEnglish } from './say.ts'
import { nothingTrained } from './training.ts'

export function statsResults(m: Markup): ResultWords<'stats'> {
  const say = inEnglish(m)
  const { command, count, number, percent } = say
  const pictures = (n: number): string => count(n, 'picture')

  return layOutStats(m, say, {
    nothingTrained: nothingTrained(m),
    accuracy: {
      unmeasured: 'There are too few pictures to say how often I’m right.',
      right: (share) => `I’m right ${share} of the time.`,
      rightByLabel: (mean, ofAll) =>
        `I’m right ${mean} of the time if every label counts the same, ${ofAll} of all pictures.`,
    },
    pictures,
    contents: (labels, examples) => `${count(labels, 'label')}, ${pictures(examples)}.`,
    feedback: {
      none: 'No feedback yet. Press Right or Wrong under my answers.',
      some: ({ judged, right, accuracy }) =>
        `Feedback: ${number(right)} of ${count(judged, 'answer')} right (${percent(accuracy)}).`,
    },
    flagged: (flagged) => `${count(flagged, 'picture looks', 'pictures look')} mislabelled: ${command('review')}`,
    teacher: ({ teacher, examples, suspected, others }) =>
      `⚠️ ${percent(suspected)} of the ${pictures(examples)} that ${m.person(teacher)} added look mislabelled (everybody else: ${percent(others)}).`,
    times: (n) => `${number(n)}×`,
    titles: {
      teachers: 'Teachers',
      advice: 'What would help',
      confusions: 'Most often confused',
      labels: 'Labels',
      details: 'Details',
    },
    advice: adviceWords(m),
    grades,
    details: {
      names: {
        version: 'Active version',
        head: 'Classifier',
        interval: '95 % interval of the accuracy',
        feedbackInterval: '95 % interval of the feedback',
        calibration: 'Confidence is off by',
        leftOut: 'Not used for training',
        copies: 'Near copies',
        conflicts: 'Under two labels',
        waiting: 'Waiting',
        trainings: 'Trainings running',
        speed: 'Time for a picture',
        stored: 'Stored',
      },
      version: (version, kept) => `${version} (${count(kept, 'version')} kept)`,
      calibration: (error) => `${error} on average`,
      trainings: number,
      stored: (n, bytes) => `${pictures(n)}, ${bytes}`,
    },
  })
}
