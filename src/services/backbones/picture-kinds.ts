import { CATALOGUE } from '../../../models/backbones/catalogue.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { readServerLimits } from '../../config.ts'

/** What a dataset's pictures are, where people choose a backbone without knowing any by name. */
export const PICTURE_KINDS = ['drawings', 'photographs', 'both'] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]

/** The entry of the catalogue that knows photographs. */
export const PHOTOS = CATALOGUE.find(({ name }) => name === 'photos')

const [EMBEDDED_NAME = EMBEDDED.id] = EMBEDDED.id.split('@')
const PHOTOS_NAME = PHOTOS?.name ?? 'photos'

/** The backbone for each kind, or both, as `installBackbones` takes them. */
export const BACKBONES_FOR: Record<PictureKind, string> = {
  drawings: EMBEDDED_NAME,
  photographs: PHOTOS_NAME,
  both: `${EMBEDDED_NAME}+${PHOTOS_NAME}`,
}

/** Whether managers may choose the backbones of a kind in a chat, by CHAT_BACKBONES. */
export function isOffered(kind: PictureKind): boolean {
  const { backbones: offered } = readServerLimits()
  return offered === undefined || BACKBONES_FOR[kind].split('+').every((name) => offered.includes(name))
}
