// Makes what is not committed: the SIMD kernels, the embedded backbone's weights and the sample pictures. Run by `npm ci`.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { draw } from '../demo/characters.ts'
import { convertTfjsGraph } from '../models/backbones/convert-tfjs.ts'
import { readNsfwjs } from '../models/backbones/nsfwjs.ts'
import { EMBEDDED, weightsFolder } from '../models/backbones/registry.ts'
import { encodeModel } from '../models/onnx/protobuf.ts'
import { ASKED, SAMPLE_CHARACTERS, SAMPLE_FOLDER, TAUGHT_EACH } from '../src/services/samples/sample-pictures.ts'

const models = fileURLToPath(new URL('../models/', import.meta.url))

async function buildKernels(): Promise<void> {
  const { error, stderr } = await asc.main([
    join(models, 'kernels/assembly/index.ts'),
    ...['-o', join(models, 'kernels/kernels.wasm')],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'threads'],
    ...['--importMemory', '--sharedMemory', '--maximumMemory', '65536'],
  ])
  if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`, { cause: error })
}

function buildBackbone(): void {
  const file = EMBEDDED.file
  if (existsSync(file)) return
  mkdirSync(weightsFolder, { recursive: true })
  const model = convertTfjsGraph(readNsfwjs('mobilenet_v2_mid', 2), {
    lastOperation: '/expanded_conv_13/expand/Relu6',
    size: EMBEDDED.input.width,
  })
  writeFileSync(file, encodeModel(model))
}

async function drawSamples(): Promise<void> {
  const folder = fileURLToPath(SAMPLE_FOLDER)
  const { taught, stranger } = SAMPLE_CHARACTERS
  const wanted = taught.length * (TAUGHT_EACH + 1) + 1
  if (existsSync(folder) && readdirSync(folder).length === wanted) return
  for (const character of [...taught, stranger]) await draw(folder, character, ASKED)
  for (const character of taught) for (let k = 0; k < TAUGHT_EACH; k++) await draw(folder, character, k)
}

await buildKernels()
buildBackbone()
await drawSamples()
