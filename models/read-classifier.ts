import { Classifier } from './classifier.ts'
import { savedClassifier } from './saved-format.ts'

/**
 * Reads what `Classifier.toJSON` gave, after a round trip through `JSON`.
 * @throws ZodError where it is of another format (`FORMAT`, `EARLIER_FORMAT`) or damaged
 */
export const readClassifier = (json: unknown): Classifier => Classifier.fromJSON(savedClassifier.parse(json))
