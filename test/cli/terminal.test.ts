// The command line in a real terminal (through util-linux's `script`), in a pipe, and stopped with Ctrl-C.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { noisy } from '../support/bad-pictures.ts'
import { makeHome } from '../support/mekiki.ts'
import { atTerminal, skipWithoutTerminal as skip } from '../support/terminal.ts'

const { root, mekiki } = makeHome()
const pictures = join(root, 'pictures')
/** Begins a 24-bit colour. */
const PAINT = '\u001b[38;2;'
/** Pictures of each label: enough that an import is seen while it runs. */
const PICTURES = 20

before(async () => {
  for (const label of ['a', 'b']) {
    mkdirSync(join(pictures, label), { recursive: true })
    for (let i = 0; i < PICTURES; i++)
      writeFileSync(
        join(pictures, label, `${i}.png`),
        await noisy(label.charCodeAt(0) * 100 + i)
          .png()
          .toBuffer(),
      )
  }
})

// Node takes a terminal for one without colours where CI is set.
const coloured = { CI: undefined, NO_COLOR: undefined }
const terminal = (home: string) => ({ cwd: root, home: join(root, home), columns: 80, env: coloured })

test('a progress bar that fits, with numbers that mean something, and then the summary', { skip }, async () => {
  const { out, status } = await atTerminal({ ...terminal('bar'), columns: 60, answers: [] }, 'import', 'pictures')
  assert.equal(status, 0, out)
  const frames = out.split(/\r|\n|\p{Cc}\[[0-9;?]*[A-Za-z]/u).filter((line) => line.startsWith('import '))
  assert.ok(frames.length > 0, out)
  for (const frame of frames) {
    assert.match(frame, /\d+ of 40 pictures/)
    assert.ok(frame.length < 60, frame)
    assert.doesNotMatch(frame, /Infinity|NaN|LL|INF|NULL/)
  }
  assert.match(
    stripVTControlCharacters(out),
    /Added 40 pictures to 2 labels\.\r\na {2}20 pictures\r\nb {2}20 pictures\r\nNext: mekiki train/,
  )
})

test('Ctrl-C says what is kept and how to go on, and the next run goes on', { skip }, async () => {
  const stop: [RegExp, string] = [/ [1-9]\d* of 40/, '\u0003']
  const { out, status } = await atTerminal({ ...terminal('stopped'), answers: [stop] }, 'import', 'pictures')
  assert.equal(status, 130, out)
  assert.match(out, /Stopped\. Pictures added so far are kept; run the same command again to add the\s+rest\./)
  const { added, duplicates } = (await mekiki('stopped', 'import', pictures, '--json')).lines[0] as {
    added: number
    duplicates: number
  }
  assert.ok(duplicates > 0)
  assert.equal(added + duplicates, 2 * PICTURES)
})

test('in a pipe there is no bar, no colour and no wrapping', async () => {
  const { out, err } = await mekiki('pipe', 'import', pictures)
  assert.equal(err, '')
  assert.equal(out, 'Added 40 pictures to 2 labels.\na  20 pictures\nb  20 pictures\nNext: mekiki train\n')
})

test('charts go into one folder of the working directory, over those of the last time', async () => {
  await mekiki('pipe', 'train')
  const [one, other] = [join(pictures, 'a', '0.png'), join(pictures, 'b', '0.png')]
  const first = await mekiki('pipe', 'predict', one, other, '--why')
  assert.match(first.out, / drawn: mekiki-charts\/similar\.png\n/)
  const folder = join(root, 'mekiki-charts')
  assert.deepEqual(readdirSync(folder).sort(), ['similar-2.png', 'similar.png'])
  await mekiki('pipe', 'predict', one, '--why')
  assert.deepEqual(readdirSync(folder), ['similar.png'])
})

test('NO_COLOR: no picture is painted in the terminal', { skip }, async () => {
  const answers: [RegExp, string][] = [[/\[q\] quit/, 'q']]
  const colours = { ...coloured, COLORTERM: 'truecolor' }
  const label = (await mekiki('pipe', 'label', 'b', join(pictures, 'a', '1.png'), '--json')).lines[0]
  assert.equal(label?.added, 1)
  await mekiki('pipe', 'train')
  const painted = await atTerminal({ ...terminal('pipe'), env: colours, answers }, 'review')
  assert.ok(painted.out.includes(PAINT))
  const plain = await atTerminal({ ...terminal('pipe'), env: { ...colours, NO_COLOR: '1' }, answers }, 'review')
  assert.ok(!plain.out.includes(PAINT))
  assert.match(plain.out, /Is this really/)
})
