import type { Words } from './words.ts'

/** Where to begin. */
export const start =
  'File a few pictures under two or more labels with `/label`; I learn from them by myself, or at once with `/train`.'

const WHO: Record<string, string> = {
  teacher: 'those who may teach',
  trainer: 'those who may train',
  reviewer: 'those who may review',
  manager: 'server managers',
  operator: 'whoever runs me',
  owner: 'the owner of the server',
}

export const errors: Words['errors'] = {
  'access.denied': ({ access }) =>
    `This is for ${WHO[String(access)] ?? access} here. A server manager can change that in \`/settings\`.`,
  'busy.full': 'I have too much to do at the moment. Please try again in a minute.',
  'busy.stopping': 'I am being restarted. Please try again in a minute.',
  'busy.cooldown': ({ seconds }) => `That was a lot at once. Please wait ${seconds} s.`,
  'busy.crashed': 'I stumbled over that, twice. Please try another picture.',
  'choice.expired': 'This button is too old. Please ask again.',
  'database.damaged': 'My database is damaged. Whoever runs me has to restore a backup.',
  'data.damaged': 'A stored picture was changed from outside. Whoever runs me should look at the database.',
  'data.key-missing': 'The key to the stored pictures is missing. Whoever runs me has to set DATA_KEY.',
  'dataset.control-character': 'A dataset’s name takes printable characters on one line.',
  'dataset.empty': 'A dataset needs a name.',
  'dataset.not-found': 'There is no such dataset here.',
  'dataset.too-long': 'A dataset’s name takes at most 100 characters.',
  'direct.no-server': 'I do not know which server’s labels you mean: use me on a server first.',
  'disk.full': 'The disk is full. Nothing was lost; whoever runs me has to make room.',
  'download.expired': 'The link to this picture has expired. Please post it again.',
  'download.failed': 'I could not download this picture. Please try again.',
  'download.host': 'I only take pictures that were uploaded to Discord.',
  'download.timeout': 'Downloading this picture took too long. Please try again.',
  'example.not-filed': 'This picture is not filed (by you, or under that label).',
  'picture.no-features': 'I cannot see anything in this picture: the network that I look with gave no numbers for it.',
  'why.gone': 'I have forgotten that picture: it was never stored. Ask me about it again.',
  'judge.expired': 'That answer is too old, or of another dataset.',
  'label.control-character': 'A label takes printable characters on one line.',
  'label.empty': 'A label needs at least one character.',
  'label.exists': 'There is such a label already: `/labels merge` joins two.',
  'label.not-found': 'There is no such label here.',
  'label.same': 'Those are one and the same label.',
  'label.too-long': 'A label takes at most 100 characters.',
  'labels.argument-missing':
    'Something is missing: `rename` and `merge` take a label and where it goes, `delete` a label.',
  'picture.damaged': 'This picture is damaged: it cannot be decoded.',
  'picture.empty': 'This file is empty.',
  'picture.missing': 'There is no picture here.',
  'picture.not-a-picture': 'This is no JPEG, PNG, WebP, GIF or AVIF picture.',
  'picture.too-heavy': 'This picture takes too much memory to decode. Please save it smaller, or not progressive.',
  'picture.too-large': 'This file is too large: 32 MiB are the most.',
  'picture.too-many-frames': 'This picture has more than 1,000 frames.',
  'picture.too-many-pixels': 'This picture is too large: 50 megapixels are the most.',
  'picture.unsupported': 'HEIC is not supported. Please save it as JPEG.',
  'option.invalid': 'Something in that request was not as expected. Please ask again.',
  'posts.not-yours': 'Only the one who posted it can say yes or no.',
  'posts.off':
    'Posted pictures are not learned from here. File yours with `/label`; the owner can allow more in `/settings`.',
  'predict.not-trained': `I was not taught yet. ${start}`,
  'settings.schedule': 'That is no schedule. Cron takes five fields, as in `0 4 * * *`: every day at four.',
  'report.not-writable': 'The page could not be written.',
  'review.gone': 'That picture is not there any more.',
  'review.not-found': 'I know no example by that number or name. `/suspects` has the numbers.',
  'review.nothing-to-undo': 'There is no decision of yours to take back.',
  'train.memory': ({ left }) =>
    `There is too little memory to learn from so many pictures (${left} MiB are free). Whoever runs me should know; what I learned before stays in use.`,
  'train.too-few-labels': 'I need at least two labels with pictures to tell them apart. File more with `/label`.',
  'version.not-found': 'There is no such version to go back to.',
  'version.newer': 'The version in use was made by a newer Mekiki. Whoever runs me has to update.',
  'version.older': 'The version in use is of an older Mekiki. Please `/train` again.',
  'version.unreadable': 'The version in use is damaged. Please `/train` again.',
  'backbone.unusable': 'The network that sees pictures does not work. Whoever runs me should try `doctor`.',
}
