import { InputDescription } from './registry.ts'

/** What helps to choose a backbone. `bytes`: of its file. `milliseconds`: of one picture on one core of a desktop computer; null where it was not measured. */
export type BackboneFacts = { licence: string; bytes: number; goodAt: string; milliseconds: number | null }

/**
 * A network that is not part of the program and is downloaded by name. `bytes` and `sha256` are of the file at `url`. `input`: what an ONNX file
 * takes; a TFLite file says it itself.
 */
export type CatalogueEntry = BackboneFacts & { name: string; url: string; sha256: string; input?: InputDescription }

/** Pictures as the ResNets of the ONNX model zoo take them: mean and deviation of ImageNet's colours. */
const input = InputDescription.parse({
  width: 224,
  height: 224,
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
})
/** ONNX model zoo, Apache-2.0. https://github.com/onnx/models */
const ZOO = 'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model'
/** Test data of Coral, Apache-2.0. https://github.com/google-coral/test_data */
const CORAL = 'https://raw.githubusercontent.com/google-coral/test_data/104342d2d3480b3e66203073dac24f4e2dbb4c41'
const LICENCE = 'Apache-2.0'
/** Measured beside the embedded backbone: of MobileNet V2 at 224 pixels, and of ResNet-50's structure with weights at random. */
const MOBILENET_MS = 13
const RESNET_MS = 130

export const CATALOGUE: CatalogueEntry[] = [
  {
    name: 'photos',
    url: `${CORAL}/tf2_mobilenet_v2_1.0_224_ptq.tflite`,
    bytes: 4_070_174,
    sha256: '5d3137241276e79c86d14a74fe43581398ae0e815191d3dba45495b810840e8c',
    licence: LICENCE,
    goodAt: 'photographs of things and animals (MobileNet V2, ImageNet)',
    milliseconds: MOBILENET_MS,
  },
  {
    name: 'birds',
    url: `${CORAL}/mobilenet_v2_1.0_224_inat_bird_quant.tflite`,
    bytes: 3_579_500,
    sha256: '350fcd8cf1df1560060d464595dfed8b174b05792788052896004848d9ad04f9',
    licence: LICENCE,
    goodAt: 'photographs of birds (MobileNet V2, iNaturalist)',
    milliseconds: MOBILENET_MS,
  },
  {
    name: 'insects',
    url: `${CORAL}/mobilenet_v2_1.0_224_inat_insect_quant.tflite`,
    bytes: 3_655_867,
    sha256: '0ebaeb474dccf56b8b818b014f0d6a8e22b35a45b491a659f0b5405c9c838282',
    licence: LICENCE,
    goodAt: 'photographs of insects (MobileNet V2, iNaturalist)',
    milliseconds: MOBILENET_MS,
  },
  {
    name: 'resnet50',
    url: `${ZOO}/resnet50-v1-12.onnx`,
    bytes: 102_576_419,
    sha256: 'ab65bdc02c5b3123eb3cdf6dac01742438517d8635d4f233913b2be1c70db3b6',
    licence: LICENCE,
    goodAt: 'photographs, slowly (ResNet-50, ImageNet)',
    milliseconds: RESNET_MS,
    input,
  },
  {
    name: 'resnet50-v2',
    url: `${ZOO}/resnet50-v2-7.onnx`,
    bytes: 102_442_450,
    sha256: '1e80e8a7c8eec8e8b20c440d7dd7f2f8590779c7c2859dc4514870dc463845d3',
    licence: LICENCE,
    goodAt: 'photographs, slowly (ResNet-50 V2, ImageNet)',
    milliseconds: RESNET_MS,
    input,
  },
  {
    name: 'resnet50-int8',
    url: `${ZOO}/resnet50-v1-12-int8.onnx`,
    bytes: 25_815_878,
    sha256: 'd1a4461aeaa1c7a639a89c806b51f3ad8c228cae0039d3cefd6c6ba406dcec37',
    licence: LICENCE,
    goodAt: 'photographs, slowly (ResNet-50 in 8 bits, ImageNet)',
    milliseconds: null,
    input,
  },
]

/** Inception V3 of the package nsfwjs, which is converted here. */
export const INCEPTION = {
  name: 'inception-v3-mixed7',
  facts: {
    licence: 'MIT',
    bytes: 35_900_000,
    goodAt: 'drawings, slowly (Inception V3 of nsfwjs)',
    milliseconds: 90,
  },
} satisfies { name: string; facts: BackboneFacts }

/** Of the embedded backbone. */
export const EMBEDDED_FACTS: BackboneFacts = {
  licence: 'MIT',
  bytes: 4_580_562,
  goodAt: 'drawings, characters and emoji (comes with Mekiki)',
  milliseconds: 15,
}
