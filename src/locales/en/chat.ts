import type { Markup } from '../markup.ts'
import type { ChatWords } from '../words.ts'
import { inEnglish } from './say.ts'

const MIB = 2 ** 20

export function chat(m: Markup): ChatWords {
  const { bytes, command, number, percent } = inEnglish(m)
  return {
    whatIsThis: 'What is this?',
    labelThis: 'Label this picture',
    picture: 'a picture (JPEG, PNG, WebP, GIF, AVIF)',
    noContent: `Without the “Message Content” intent I can’t see what others post. Mention me, use ${command('predict')}, or choose “What is this?” in a message’s menu. My operator can grant the intent in the Developer Portal.`,
    cannotAnswerIn: (channel) =>
      `Someone asked me in ${m.channel(channel)}, but I can’t answer there. I need permission to view the channel, send messages and read its history.`,
    consent: (by, poster, label) =>
      `${m.person(poster)}, ${m.person(by)} would like me to learn from your picture as ${m.name(label)}. May I keep a small copy of it?`,
    details: 'Details',
    openPage: 'Open on the page',
    yes: 'Yes',
    no: 'No',
    consented: (label) => `Thanks! Added to ${m.name(label)}.`,
    consentedInVain: (why) => `Thanks, but nothing was added. ${why}`,
    teacherLeft: (by) => `${m.person(by)} may no longer teach here.`,
    declined: 'All right, nothing was stored.',
    labelFormTitle: 'Add pictures',
    labelFormLabel: 'Label',
    labelFormPictures: 'Pictures',
    datasetFormLabel: 'New name',
    typeFormTitle: 'What is it?',
    progress({ done, total, of }) {
      if (of === 'percent') return `Training … ${m.bar(done / 100)} ${percent(done / 100)}`
      if (of === 'mebibytes') return `Downloading … ${bytes(done * MIB)}${total ? ` of ${bytes(total * MIB)}` : ''}`
      return `Looking at pictures … ${number(done)}${total ? ` of ${number(total)}` : ''}`
    },
    internalError: 'Something went wrong on my side. I’ve logged it for my operator.',
    mentionHelp: `Send me a picture and I’ll tell you what it is. ${command('help')} shows what else I can do.`,
    directHelp: 'Send me a picture and I’ll tell you what it is.',
  }
}
