import type { OnnxModel, OnnxValueInfo } from './model.ts'

/**
 * Appends the graph of one model to that of another, in place. Its tensors get a prefix, so that no two have the same name. The operations of both
 * are then of the newer operator set of the two.
 * @param sharedInput name of a tensor of `model` that is taken instead of the other's input; left out: the model gets a second input
 * @returns what a tensor of the other is called now, and the names of its inputs
 */
export function appendModel(
  model: OnnxModel,
  other: OnnxModel,
  { prefix, sharedInput }: { prefix: string; sharedInput?: string | undefined },
): { rename(name: string): string; inputs: string[] } {
  const constants = new Set(other.graph.initializer.map(({ name }) => name))
  // Old models list their constants among the inputs.
  const inputs = other.graph.input.filter(({ name }) => !constants.has(name))
  const isShared = (name: string): boolean => sharedInput !== undefined && inputs.some((input) => input.name === name)
  // An input that is left out has no name.
  const rename = (name: string): string => (name === '' ? '' : isShared(name) ? sharedInput! : prefix + name)
  const renamed = (info: OnnxValueInfo): OnnxValueInfo => ({ ...info, name: rename(info.name) })

  model.graph.initializer.push(...other.graph.initializer.map((t) => ({ ...t, name: rename(t.name) })))
  for (const node of other.graph.node)
    model.graph.node.push({
      ...node,
      name: prefix + node.name,
      input: node.input.map(rename),
      output: node.output.map(rename),
    })
  if (sharedInput === undefined) model.graph.input.push(...inputs.map(renamed))
  model.irVersion = Math.max(model.irVersion, other.irVersion)
  for (const { domain, version } of other.opsetImport) {
    const own = model.opsetImport.find((o) => o.domain === domain)
    if (own) own.version = Math.max(own.version, version)
    else model.opsetImport.push({ domain, version })
  }
  return { rename, inputs: inputs.map(({ name }) => rename(name)) }
}
