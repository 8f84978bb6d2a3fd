import { InputDescription } from './registry.ts'

/** A network that is not part of the program and is downloaded by name. `bytes` and `sha256` are of the file at `url`. */
type CatalogueEntry = { name: string; url: string; bytes: number; sha256: string; input: InputDescription }

/** Pictures as the ResNets of the ONNX model zoo take them: mean and deviation of ImageNet's colours. */
const input = InputDescription.parse({
  width: 224,
  height: 224,
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
})
const ZOO = 'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model'

/** ONNX model zoo, Apache-2.0. https://github.com/onnx/models */
export const CATALOGUE: CatalogueEntry[] = [
  {
    name: 'resnet50',
    url: `${ZOO}/resnet50-v1-12.onnx`,
    bytes: 102_576_419,
    sha256: 'ab65bdc02c5b3123eb3cdf6dac01742438517d8635d4f233913b2be1c70db3b6',
    input,
  },
  {
    name: 'resnet50-v2',
    url: `${ZOO}/resnet50-v2-7.onnx`,
    bytes: 102_442_450,
    sha256: '1e80e8a7c8eec8e8b20c440d7dd7f2f8590779c7c2859dc4514870dc463845d3',
    input,
  },
  {
    name: 'resnet50-int8',
    url: `${ZOO}/resnet50-v1-12-int8.onnx`,
    bytes: 25_815_878,
    sha256: 'd1a4461aeaa1c7a639a89c806b51f3ad8c228cae0039d3cefd6c6ba406dcec37',
    input,
  },
]
