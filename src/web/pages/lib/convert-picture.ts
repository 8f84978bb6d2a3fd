/** Pixels of the longer side: more than any network looks at, and less than the server refuses. */
const MAX_SIDE = 4096
const QUALITY = 0.95

/** Why the server refuses a picture that this browser may yet be able to show: HEIC above all. Of a damaged one it would show a part. */
export const mayBeConverted = (code: string): boolean =>
  /^picture\.(not-a-picture|unsupported|heic|too-large|too-many-frames)$|^(file|web)\.too-large$/.test(code)

/** What this browser shows of a file, as JPEG; undefined where it cannot show it either. */
export async function convertPicture(file: Blob): Promise<Blob | undefined> {
  try {
    return await encodeJpeg(await createImageBitmap(file))
  } catch {
    return undefined
  }
}

/** A picture as JPEG, smaller where it is very large. */
export function encodeJpeg(picture: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height))
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
}
