import type { Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import { bucketErrors } from './bucket-errors.ts'
import { datasetErrors } from './dataset-errors.ts'
import { loginErrors } from './login-errors.ts'
import { inEnglish } from './say.ts'
import { webErrors } from './web-errors.ts'

export function firstSteps(m: Markup): string {
  const { command } = inEnglish(m)
  return `Add a few pictures to two or more labels: ${command('label')}. I train on them automatically, or at once: ${command('train')}`
}

/** What commands show that only managers may use. */
const SEEN: Record<string, string> = {
  stats: 'statistics',
  audit: 'who changed what',
  report: 'the report',
  versions: 'the versions',
}

export function errors(m: Markup): Words['errors'] {
  const { command } = inEnglish(m)
  const byAccess: Record<string, string> = {
    teacher: `Only teachers can do that here. Server managers choose them: ${command('settings')}`,
    trainer: `Only trainers can do that here. Server managers choose them: ${command('settings')}`,
    reviewer: `Only reviewers can do that here. Server managers choose them: ${command('settings')}`,
    manager: 'Only server managers can do that.',
    owner: 'Only the owner of this server can do that.',
    operator: 'Only my operator can do that.',
  }

  return {
    ...datasetErrors(m),
    ...bucketErrors,
    ...webErrors,
    ...loginErrors(m),
    'withdraw.unknown': 'I don’t know anybody here by that name who added pictures.',
    'access.denied': ({ access, command }) =>
      access === 'manager' && command !== undefined && command in SEEN
        ? `Only server managers can see ${SEEN[command]}.`
        : (byAccess[String(access)] ?? 'You can’t do that here.'),
    'backbone.unusable': `The network that reads pictures doesn’t work. My operator should run ${m.code('doctor')}.`,
    'backbone.download-failed': 'I couldn’t download the network. Nothing has changed; please try again later.',
    'backbone.gone': `A network that I use here is gone. My operator can add it again, or a manager can choose another: ${command('backbone')}`,
    'backbone.hash-mismatch':
      'What I downloaded is not the network that I expected, so I threw it away. Nothing has changed; please tell my operator.',
    'backbone.repeated': 'Those are the same network.',
    'busy.cooldown': ({ seconds }) => `That was a lot at once. Please wait ${seconds} s.`,
    'busy.crashed': 'This picture made me fail three times. Please try another one.',
    'busy.full': 'I’m too busy at the moment. Please try again in a minute.',
    'busy.stopping': 'I’m being restarted. Please try again in a minute.',
    'call.given-up': 'I tried this several times, and something went wrong each time. Please try something else.',
    'choice.expired': 'This button is too old. Please ask again.',
    'confirm.changed': 'It has changed since I showed it to you. Please ask again.',
    'confirm.missing': 'I delete nothing without a confirmation.',
    'data.damaged': 'A stored picture was changed from outside. My operator should check the database.',
    'data.key-missing': 'The key to the stored pictures is missing. My operator has to set DATA_KEY.',
    'data.key-wrong': 'The key to the stored pictures is another one. My operator has to correct DATA_KEY.',
    'database.busy': 'Another program keeps my database locked. Please try again in a minute.',
    'database.connections': 'My database has no connection left for me. Please try again in a minute.',
    'database.damaged': 'My database is damaged. My operator has to restore a backup.',
    'database.io': 'My disk doesn’t answer as it should. My operator has to check it.',
    'database.memory': 'I’m out of memory. My operator has to make some.',
    'database.moved': 'My database was moved away. My operator has to restart me.',
    'database.no-locks': 'My database is on a file system that can’t lock files. My operator has to move it.',
    'database.read-only': 'My database can’t be written at the moment. My operator has to check it.',
    'database.unreachable': 'I can’t reach my database at the moment. Please try again in a minute.',
    'dataset.control-character': 'A dataset’s name can’t contain line breaks or invisible characters.',
    'dataset.empty': 'A dataset needs a name.',
    'dataset.not-found': 'There is no such dataset here.',
    'dataset.too-long': 'A dataset’s name can have at most 100 characters.',
    'direct.no-server': 'I don’t know which server’s labels you mean. Use me on a server first.',
    'disk.full': 'The disk is full. Nothing was lost; my operator has to make room.',
    'download.expired': 'The link to this picture has expired. Please post it again.',
    'download.failed': 'I couldn’t download this picture. Please try again.',
    'download.host': 'I only take pictures that were uploaded to Discord.',
    'download.timeout': 'Downloading this picture took too long. Please try again.',
    'example.not-filed': 'This picture isn’t under that label, or you didn’t add it.',
    'home.not-writable': 'I can’t write to my database. My operator has to mend its permissions.',
    'judge.expired': 'That answer is too old or belongs to another dataset.',
    'label.control-character': 'A label can’t contain line breaks or invisible characters.',
    'label.decided': 'Reviewers or managers have decided about pictures of that label. Only they can delete it.',
    'label.alone':
      'Reviewers have decided about pictures of that label, and two of you must agree here. Only a manager can delete it alone.',
    'label.deleted-by': ({ as }) =>
      as === 'manager'
        ? 'A manager deleted or merged that label. Only managers can bring it back.'
        : 'A reviewer deleted or merged that label. Only reviewers can bring it back.',
    'label.merged-since': ({ label }) =>
      label === undefined
        ? 'The label that has its pictures was deleted since. Bring that back first.'
        : `Its pictures went to ${m.name(String(label))}, which was deleted or merged since. Bring that back first.`,
    'label.not-deleted': 'No label of that name was deleted or merged in the last seven days.',
    'label.empty': 'A label needs at least one character.',
    'label.exists': `That label exists already. To join two: ${command('labels')}`,
    'label.not-found': 'There is no such label here.',
    'label.same': 'Those are the same label.',
    'label.too-long': 'A label can have at most 100 characters.',
    'labels.argument-missing': `Something is missing: ${m.code('rename')} and ${m.code('merge')} need a label and its target, ${m.code('delete')} needs a label.`,
    'link.not-visible': 'I can only open links to messages on this server that you can see here.',
    'option.invalid': 'I couldn’t read that request. Please ask again.',
    'picture.damaged': 'This picture is damaged and can’t be read.',
    'picture.empty': 'This file is empty.',
    'picture.missing': 'There is no picture here.',
    'picture.no-features': 'I couldn’t make out anything in this picture.',
    'picture.not-a-picture': 'I can’t read this file. I only read JPEG, PNG, WebP, GIF and AVIF.',
    'picture.too-heavy': 'This picture needs too much memory. Please save it smaller, or not as a progressive picture.',
    'picture.too-large': 'This file is too large. The limit is 32 MiB.',
    'picture.too-many-frames': 'This picture has more than 1,000 frames.',
    'picture.too-many-pixels': 'This picture is too large. The limit is 50 megapixels.',
    'picture.heic': 'I can’t read HEIC here. Please send it as JPEG; my operator can add what reads HEIC.',
    'picture.unsupported': 'I can’t read AVIF animations without a still picture. Please save it as JPEG.',
    'picture.blocked': 'This picture can’t be added.',
    'limit.pictures': 'This server has as many pictures as it may have. Remove some, or ask my operator for more.',
    'limit.labels': 'This server has as many labels as it may have. Delete some, or ask my operator for more.',
    'access.blocked': 'You can’t use me.',
    'backbone.not-offered': 'My operator doesn’t offer that network here.',
    'picture.video': 'That’s a video. I only read JPEG, PNG, WebP, GIF and AVIF.',
    'posts.forwarded': `I don’t know whose picture this is, so I can’t ask them. If it’s yours, add it yourself: ${command('label')}`,
    'posts.not-yours': 'Only the person who posted the picture can answer this.',
    'posts.off': `I don’t learn from posted pictures here; the owner of this server can change that. To add your own: ${command('label')}`,
    'predict.not-trained': `I haven’t been trained yet. ${firstSteps(m)}`,
    'report.not-writable': 'The report could not be written.',
    'review.changed':
      'Somebody changed that picture after your decision, so I left it as it is. If it is wrong, decide about it again.',
    'review.decided': 'A reviewer has decided about that picture. Only reviewers can change it now.',
    'review.alone': `Reviewers have decided about that picture, and two of you must agree here: ${command('exclude')} waits for another reviewer. Managers decide alone.`,
    'review.gone': 'That picture is no longer there.',
    'review.not-found': `I know no picture by that number or name. To see the numbers: ${command('suspects')}`,
    'review.withdrawn': `That picture was withdrawn with everything its teacher added. A manager can bring it all back: ${command('withdraw')}`,
    'review.too-many': 'That is too many pictures at once. Give smaller ranges.',
    'review.nothing-to-undo': 'You have no decision to undo.',
    'settings.unknown-server': 'I’m not in that server.',
    'since.invalid': 'Say how long ago it began, as in 90m, 2h or 3d, or when, as in 2026-11-26 14:30.',
    'settings.schedule': `I can’t read that schedule. Cron takes five fields: ${m.code('0 4 * * *')} is every day at four.`,
    'train.given-up':
      'The training was cut off again and again. Please tell my operator. The active version stays active.',
    'train.memory': ({ left }) =>
      `There is too little memory to train on so many pictures (${left} MiB free). Please tell my operator. The active version stays active.`,
    'train.too-few-labels': `There are too few labels with pictures to train. Add more: ${command('label')}`,
    'version.newer': 'The active version was made by a newer Mekiki. My operator has to update.',
    'version.not-found': ({ version, kept = 0 }) =>
      version === undefined
        ? `Nothing to roll back to: ${Number(kept) > 0 ? 'no version is older than the active one' : 'nothing has been trained yet'}.`
        : `There is no version ${version}. To see those that are kept: ${command('versions')}`,
    'version.older': `The active version was made by an older Mekiki. Please train again: ${command('train')}`,
    'version.unreadable': `The active version is damaged. Please train again: ${command('train')}`,
    'why.gone': 'I no longer have that picture: it was never stored. Ask me about it again.',
  }
}
