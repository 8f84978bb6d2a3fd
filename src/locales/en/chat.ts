import { bar } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ChatWords } from '../words.ts'

export const chat = (m: Markup): ChatWords => ({
  whatIsThis: 'What is this?',
  labelThis: 'Label this picture',
  picture: 'a picture (JPEG, PNG, WebP, GIF, AVIF)',
  welcome: [
    '**I learn to tell your pictures apart.**',
    '1. `/label` a few pictures under two or more names. I train on them automatically.',
    '2. `/predict` a new picture, or choose “What is this?” in a message’s menu.',
    '3. `/settings` controls who may teach me and which channels I watch. `/privacy` shows what I store.',
  ].join('\n'),
  watchHere: 'Watch this channel',
  noContent:
    'Without the “Message Content” intent I can’t see what others post. Mention me, use `/predict`, or choose “What is this?” in a message’s menu. My operator can grant the intent in the Developer Portal.',
  cannotAnswerIn: (channel) =>
    `Someone asked me in ${m.channel(channel)}, but I can’t answer there. I need permission to view the channel, send messages and read its history.`,
  consent: (by, poster, label) =>
    `${m.person(poster)}, ${m.person(by)} would like me to learn from your picture as **${m.text(label)}**. May I keep a small copy of it?`,
  details: 'Details',
  yes: 'Yes',
  no: 'No',
  consented: (label) => `Thanks! Added to **${m.text(label)}**.`,
  consentedInVain: (why) => `Thanks, but nothing was added. ${why}`,
  teacherLeft: (by) => `${m.person(by)} may no longer teach here.`,
  declined: 'All right, nothing was stored.',
  labelFormTitle: 'Add pictures',
  labelFormLabel: 'Label',
  labelFormPictures: 'Pictures',
  datasetFormLabel: 'New name',
  typeFormTitle: 'What is it?',
  progress: ({ done, total, of }) => {
    if (of === 'percent') return `Training … ${bar(done / 100)} ${done} %`
    if (of === 'mebibytes') return `Downloading … ${done}${total ? ` of ${total}` : ''} MB`
    return `Looking at pictures … ${done}${total ? ` of ${total}` : ''}`
  },
  internalError: 'Something went wrong on my side. I’ve logged it for my operator.',
  mentionHelp: 'Send me a picture and I’ll tell you what it is. `/help` shows what else I can do.',
  directHelp: 'Send me a picture and I’ll tell you what it is.',
})
