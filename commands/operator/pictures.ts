import { existsSync } from 'node:fs'
import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, text } from '../../src/commands/options.ts'
import { allowPicture, listBlockedPictures, type PictureHashes } from '../../src/db/blocked-pictures.ts'
import { findEverywhere, listPlaces, readHashes, removeEverywhere } from '../../src/db/near-copies.ts'
import { checkPictures } from '../../src/db/objects/check-pictures.ts'
import { movePictures } from '../../src/db/objects/move-pictures.ts'
import { emptyWriteAheadLog } from '../../src/db/write-ahead-log.ts'
import { UserError } from '../../src/errors.ts'
import { fileSource } from '../../src/files/sources.ts'
import { hashPicture } from '../../src/services/picture-hashes.ts'

/** Places that are listed before somebody confirms. */
const MAX_PLACES = 50

export default defineCommand({
  name: 'pictures',
  summary:
    'remove a picture and its near copies from every server and keep them out, list what is kept out; move pictures between the database and a bucket, or check those there',
  access: 'operator',
  frontEnds: ['cli', 'web'],
  updatesInPlace: true,
  options: {
    action: choice('what to do', ['remove', 'blocked', 'allow', 'move', 'check'] as const),
    which: text('for remove: a file, or the number of an example; for allow: a number of `pictures blocked`', {
      optional: true,
    }),
    everywhere: flag('for remove: on every server; it is needed, since nothing else is offered', {
      optional: true,
      named: true,
    }),
    to: choice('for move: where all pictures go; PICTURES_URL names the bucket', ['bucket', 'database'] as const, {
      optional: true,
      named: true,
      frontEnds: ['cli'],
    }),
    yes: flag('do it without asking', { optional: true, named: true }),
  },
  examples: [
    'pictures remove bad.jpg --everywhere',
    'pictures remove 12 --everywhere --yes',
    'pictures blocked',
    'pictures move --to bucket',
  ],
  ifInterrupted: 'Nothing was removed, unless the command said so; moving goes on with the same command.',
  async *run({ app, dataset, by, screen, canChoose, namesAreFiles, options: { action, which, everywhere, to, yes } }) {
    if (action === 'blocked') {
      yield result('blockedPictures', { pictures: await listBlockedPictures(app.db) })
      return
    }
    if (action === 'move') {
      if (to === undefined)
        throw new UserError('pictures.argument-missing', 'Expected --to bucket or --to database, received neither')
      yield result('picturesMoved', { to, ...(yield* movePictures(app.db, to)) })
      return
    }
    if (action === 'check') {
      yield result('picturesChecked', yield* checkPictures(app.db))
      return
    }
    if (which === undefined)
      throw new UserError(
        'pictures.argument-missing',
        `Expected \`pictures ${action}\` with a file or a number, received neither`,
      )
    if (action === 'allow') {
      const changed = /^\d{1,15}$/.test(which) && (await allowPicture(app.db, { id: Number(which), by }))
      yield result('pictureAllowed', { id: which, changed })
      return
    }
    if (!everywhere)
      throw new UserError(
        'pictures.argument-missing',
        'Expected --everywhere: to remove a picture from one dataset, use `unlabel`',
      )
    const hashes = await identify({ app, dataset, namesAreFiles }, which)
    if (!yes) {
      yield* ask(app, hashes, which)
      if (!canChoose && !screen)
        throw new UserError('pictures.not-confirmed', 'Expected a confirmation before anything is deleted: add --yes')
    } else {
      const { pictures, examples, datasets } = await removeEverywhere(app.db, hashes, by)
      // What was deleted is in the log until then; a bot that serves empties it, too.
      await emptyWriteAheadLog(app.db)
      yield result('picturesRemoved', { pictures, examples, datasets: datasets.length })
    }
  },
})

async function* ask(app: App, hashes: PictureHashes, which: string): AsyncGenerator<CommandEvent> {
  const found = await findEverywhere(app.db, hashes)
  const pictures = found.map(({ id }) => id)
  const { places, total } = await listPlaces(app.db, pictures, MAX_PLACES)
  const remove: Choice = {
    key: 'removeEverywhere',
    command: 'pictures',
    options: { action: 'remove', which, everywhere: true, yes: true },
  }
  yield result('picturesFound', { places, total, pictures: found.length }, { choices: [remove] })
}

type Where = { app: App; dataset: number; namesAreFiles: true | undefined }

/** On a command line a file, or the number of an example of the dataset. Throws UserError pictures.not-found, file.*, picture.* */
async function identify({ app, dataset, namesAreFiles }: Where, which: string): Promise<PictureHashes> {
  const number = /^#?(\d{1,15})$/.exec(which)?.[1]
  if (namesAreFiles && (number === undefined || existsSync(which))) return hashPicture(app, dataset, fileSource(which))
  const hashes = number === undefined ? undefined : await readHashes(app.db, dataset, Number(number))
  if (!hashes)
    throw new UserError(
      'pictures.not-found',
      `Expected a file or the number of an example of this dataset, received ${which}`,
    )
  return hashes
}
