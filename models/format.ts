/** Format of the JSON that `Classifier.toJSON` writes: raise it when that JSON changes. */
export const FORMAT = 5
/** Of versions from before there were grades and several backbones, which `readClassifier` accepts, too. */
export const EARLIER_FORMAT = 4
