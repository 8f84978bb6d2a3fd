import sharp from 'sharp'

/** How far a view may stray from the picture: share of the area kept, and the rest around the picture as it is. */
const LEAST_AREA = 0.35
const DEGREES = 15
const BRIGHTNESS = 0.25
const SATURATION = 0.4
const HUE = 12

/** A random view of a picture: part of it, mirrored or not, turned, recoloured, on a background of its own. PNG. */
export async function randomView(picture: Buffer, random: () => number): Promise<Buffer> {
  // All drawn before the first await: views made side by side must not change each other.
  const background = random() < 0.5 ? '#fff' : { r: 255 * random(), g: 255 * random(), b: 255 * random() }
  const side = Math.sqrt(LEAST_AREA + (1 - LEAST_AREA) * random())
  const [across, down, mirrored] = [random(), random(), random() < 0.5]
  const around = (spread: number): number => spread * (2 * random() - 1)
  const [degrees, hue] = [around(DEGREES), Math.round(around(HUE))]
  const [brightness, saturation] = [1 + around(BRIGHTNESS), 1 + around(SATURATION)]

  const flat = sharp(picture).flatten({ background }).toColourspace('srgb').removeAlpha()
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true })
  const [width, height] = [Math.ceil(info.width * side), Math.ceil(info.height * side)]
  const [left, top] = [Math.floor(across * (info.width - width + 1)), Math.floor(down * (info.height - height + 1))]
  const part = await sharp(data, { raw: info }).extract({ left, top, width, height }).flop(mirrored).png().toBuffer()
  const turned = sharp(part).rotate(degrees, { background: '#fff' })
  return turned.modulate({ brightness, saturation, hue }).png().toBuffer()
}
