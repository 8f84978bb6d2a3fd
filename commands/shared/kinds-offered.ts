import { readServerLimits } from '../../src/config.ts'
import { offeredKinds, type PictureKind } from '../../src/services/backbones/picture-kinds.ts'

/** What managers may choose a backbone for: the operator decides which ones a chat offers. */
export const kindsOffered = (): PictureKind[] => offeredKinds(readServerLimits().backbones)
