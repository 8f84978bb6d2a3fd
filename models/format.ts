/** Format of the JSON that `Classifier.toJSON` writes. `readClassifier` accepts this one only: raise it when that JSON changes. */
export const FORMAT = 4
