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

/** Those of which managers may choose the backbones. @param allowed names of backbones; undefined: all */
export const offeredKinds = (allowed: readonly string[] | undefined): PictureKind[] =>
  PICTURE_KINDS.filter((kind) => BACKBONES_FOR[kind].split('+').every((name) => allowed?.includes(name) ?? true))

/** Whether a chat offers the backbones of a kind, by CHAT_BACKBONES. */
export const isOffered = (kind: PictureKind): boolean => offeredKinds(readServerLimits().backbones).includes(kind)
