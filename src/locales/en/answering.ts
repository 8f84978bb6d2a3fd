import type { Markup } from '../markup.ts'
import type { AnsweringWords, Learned, SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

export function answeringResults(m: Markup) {
  return {
    pictureGone: ({ label }) => ({
      headline: 'I no longer have that picture.',
      lines: [`I don’t keep what I’m only asked about. Show it again, and I’ll add it to ${m.name(label)}.`],
    }),
    ignoring: ({ ignoring }) =>
      ignoring
        ? {
            headline: 'I’ll leave your posts alone.',
            lines: ['In watched channels I neither load nor answer them from now on. You can still ask me yourself.'],
          }
        : { headline: 'I’ll answer your posts in watched channels again.' },
  } satisfies SomeResults
}

export function answering(m: Markup): AnsweringWords {
  const { command, count, duration } = inEnglish(m)
  return {
    waiting: ({ seconds, pictures, adds }) => {
      const what = pictures === 1 ? 'this one' : `these ${pictures}`
      return `Got ${pictures === 1 ? 'it' : 'them'}. I’ll ${adds ? 'add' : 'look at'} ${what} in about ${duration(seconds)}.`
    },
    notPictures: {
      sticker: 'That’s a sticker, and those come without a picture file that I could read. Send me the picture itself.',
      poll: 'There is no picture in a poll.',
      voice: 'That’s a voice message. I can only look at pictures.',
      video: 'That’s a video. I only read JPEG, PNG, WebP, GIF and AVIF: a screenshot will do.',
      sound: 'That’s a sound. I can only look at pictures.',
      file: 'I can’t find a picture in that file. I only read JPEG, PNG, WebP, GIF and AVIF.',
      link: 'Discord shows no picture for that link, and I open no links myself. Upload the picture instead.',
      role: `I can’t see your message, because you mentioned my role. Mention me by name, or use ${command('predict')}.`,
    },
    onlyAsker: 'Only the person who asked, and whoever may manage messages here, can delete this answer.',
    hidden: (pictures) =>
      `${count(pictures, 'picture is', 'pictures are')} not shown here: added in an age-restricted channel.`,
    unreadable: (pictures) =>
      `${count(pictures, 'picture')} can’t be read at the moment. If that stays so, my operator should run ${m.code('mekiki doctor')}.`,
  }
}

/** What the training that followed an addition came to. */
export function describeLearned(m: Markup, { accuracy, isActive }: Learned): string {
  const { percent } = inEnglish(m)
  const right = accuracy === null ? '' : ` ${percent(accuracy)} right on pictures I had not seen.`
  return isActive ? `Learned.${right}` : `Trained, but the version before stays active.${right}`
}
