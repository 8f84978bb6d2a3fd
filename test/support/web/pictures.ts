// Files that a test hands to the page.
import { readdirSync, readFileSync } from 'node:fs'
import { SAMPLE_FOLDER } from '../../../src/services/samples/sample-pictures.ts'

export type PageFile = { name: string; mimeType: string; buffer: Buffer }

/** A sample picture, by the beginning of its name, as in `Emi-20`. */
export function sample(name: string): PageFile {
  const file = readdirSync(SAMPLE_FOLDER).find((each) => each.startsWith(`${name}.`))!
  return { name: file, mimeType: `image/${file.split('.').at(-1)}`, buffer: readFileSync(new URL(file, SAMPLE_FOLDER)) }
}

export const textFile: PageFile = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') }

/** Colours in stripes, as BMP: browsers show it, and the server does not read it. */
export function bitmap(side = 96): PageFile {
  const head = 54
  const buffer = Buffer.alloc(head + side * side * 4)
  buffer.write('BM')
  buffer.writeUInt32LE(buffer.length, 2)
  buffer.writeUInt32LE(head, 10)
  buffer.writeUInt32LE(40, 14)
  buffer.writeInt32LE(side, 18)
  buffer.writeInt32LE(side, 22)
  buffer.writeUInt16LE(1, 26)
  buffer.writeUInt16LE(32, 28)
  for (let i = 0; i < side * side; i++) buffer.writeUInt32LE(((i % side) * 2 + (i / side) * 512) >>> 0, head + i * 4)
  return { name: 'scan.bmp', mimeType: 'image/bmp', buffer }
}

/** Does in the page what a person does with files: drops them on an element, or pastes them. */
export const giveFiles = async (
  page: import('playwright-core').Page,
  { how, files, selector = 'body' }: { how: 'drop' | 'paste'; files: PageFile[]; selector?: string },
): Promise<void> => {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }))
  await page.evaluate(
    ([how, selector, given]) => {
      const transfer = new DataTransfer()
      for (const { name, mimeType, base64 } of given)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: mimeType }))
      const target = document.querySelector(selector)!
      if (how === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))
      else
        for (const event of ['dragenter', 'dragover', 'drop'])
          target.dispatchEvent(new DragEvent(event, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    [how, selector, given] as const,
  )
}
