// Manifests of Kubernetes against the schemas of Kubernetes itself, and against its types, which also know what is no field at all.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export type Manifest = { apiVersion: string; kind: string; metadata: { name: string }; spec?: Record<string, unknown> }

/** A package of this name that may be missing. */
async function load(name: string): Promise<Record<string, unknown> | undefined> {
  try {
    return await import(name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

type Yaml = { parseAllDocuments(text: string): { toJS(): unknown; errors: Error[] }[] }
const yaml = (await load('yaml')) as Yaml | undefined
export const skipWithoutYaml = yaml === undefined && 'the package yaml is not installed'

/** The documents of a file of YAML. Throws on a mistake in it. */
export function parseYaml(text: string): unknown[] {
  return (yaml?.parseAllDocuments(text) ?? []).map((document) => {
    for (const error of document.errors) throw error
    return document.toJS()
  })
}

const MODELS = 'kubernetes-models'
export const skipWithoutSchemas = (await load(`${MODELS}/v1`)) === undefined && `the package ${MODELS} is not installed`

/** Throws where one breaks the schema of its kind. */
export async function validate(manifest: Manifest): Promise<void> {
  const models = (await load(`${MODELS}/${manifest.apiVersion}`)) ?? {}
  const Model = models[manifest.kind] as (new (data: Manifest) => { validate(): void }) | undefined
  if (!Model) throw new Error(`Expected a kind of Kubernetes, received ${manifest.apiVersion} ${manifest.kind}`)
  new Model(manifest).validate()
}

/** Fields that no type of Kubernetes has, and values of the wrong type: schemas let unknown fields pass. */
export function typeErrors(manifests: readonly Manifest[]): string[] {
  const lines = manifests.map(
    ({ apiVersion, kind, ...rest }, i) =>
      `import type { I${kind} as K${i} } from '${MODELS}/${apiVersion}'\nexport const m${i}: K${i} = ${JSON.stringify({ apiVersion, kind, ...rest })}`,
  )
  const file = join(fileURLToPath(new URL('.', import.meta.url)), 'made-up-manifests.ts')
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext }
  const resolution = { moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ESNext }
  const host = ts.createCompilerHost({ ...options, ...resolution })
  const { getSourceFile, fileExists } = host
  const text = lines.join('\n')
  host.fileExists = (path) => path === file || fileExists(path)
  host.getSourceFile = (path, version) =>
    path === file ? ts.createSourceFile(path, text, version) : getSourceFile.call(host, path, version)
  const program = ts.createProgram([file], { ...options, ...resolution }, host)
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}
