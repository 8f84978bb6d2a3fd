/** Pixels of the shorter side: sharp on a dense screen at the size that is shown. */
const SIDE = 192
const QUALITY = 0.8
/** Pictures that are decoded at once: a photograph takes 50 MB meanwhile. */
const AT_ONCE = 2

let running = 0
const queue: (() => void)[] = []

/** A small copy as this browser decodes it, as an address to be freed; undefined where it cannot. */
export async function drawThumbnail(file: Blob): Promise<string | undefined> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve))
  running++
  try {
    return URL.createObjectURL(await shrink(file))
  } catch {
    return undefined
  } finally {
    running--
    queue.shift()?.()
  }
}

async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, SIDE / Math.min(picture.width, picture.height))
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  )
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return canvas.convertToBlob({ type: 'image/webp', quality: QUALITY })
}
