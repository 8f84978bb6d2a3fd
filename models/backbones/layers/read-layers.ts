import { z } from 'zod'
import { BackboneError } from '../network.ts'

/** A layer of a network without its parts: `inputs` are places in the list, all before it. */
export type Layer = { name: string; type: string; config: Record<string, unknown>; inputs: number[] }

const Inbound = z.array(z.array(z.tuple([z.string()]).rest(z.unknown())))
const Part = z.object({
  name: z.string().optional(),
  class_name: z.string(),
  config: z.union([z.looseObject({}), z.array(z.unknown())]),
  inbound_nodes: Inbound.default([]),
})
type Part = z.infer<typeof Part>
const Ends = z.array(z.tuple([z.string()]).rest(z.unknown())).length(1)
const Functional = z.object({ layers: z.array(Part), input_layers: Ends, output_layers: Ends })
const Topology = z.object({ model_config: Part.optional() })

const FUNCTIONAL = ['Model', 'Functional']
/** More is a damaged file. */
const MAX_DEPTH = 8
const MAX_LAYERS = 5_000

/** Whether a parsed `model.json` is a layers model of TensorFlow.js, rather than a graph model. */
export function isLayersModel(json: unknown): boolean {
  const { data } = z.object({ modelTopology: z.looseObject({}) }).safeParse(json)
  return data !== undefined && ('model_config' in data.modelTopology || 'class_name' in data.modelTopology)
}

/**
 * The layers of a layers model of TensorFlow.js (Keras' own description of a network), each after those that it takes. Sequential and functional
 * models are taken apart, those inside others too. Throws BackboneError, or ZodError for what is none
 */
export function readLayers(topology: unknown): Layer[] {
  const { model_config } = Topology.parse(topology)
  const layers: Layer[] = []
  flatten(model_config ?? Part.parse(topology), { layers, input: null, depth: 0 })
  return layers
}

/** `input`: the place of what a part takes; null at the beginning. */
type State = { layers: Layer[]; input: number | null; depth: number }

/** @returns the place of what a part gives */
function flatten(part: Part, { layers, input, depth }: State): number {
  if (depth > MAX_DEPTH || layers.length > MAX_LAYERS)
    throw new BackboneError('Expected a network, found parts without end')
  if (part.class_name === 'Sequential') {
    const listed = z.union([z.array(Part), z.object({ layers: z.array(Part) })]).parse(part.config)
    const parts = Array.isArray(listed) ? listed : listed.layers
    const last = parts.reduce<number | null>((from, p) => flatten(p, { layers, input: from, depth: depth + 1 }), input)
    if (last === null) throw new BackboneError('Expected layers in a sequential model, found none')
    return last
  }
  if (FUNCTIONAL.includes(part.class_name)) return flattenFunctional(part, { layers, input, depth })
  return addLayer(part, layers, input === null ? [] : [input])
}

function flattenFunctional(part: Part, { layers, input, depth }: State): number {
  const { layers: parts, input_layers, output_layers } = Functional.parse(part.config)
  const byName = new Map(parts.map((p) => [nameOf(p), p]))
  const places = new Map<string, number>()
  const open = new Set<string>()

  function place(name: string): number {
    const known = places.get(name)
    if (known !== undefined) return known
    const found = byName.get(name)
    if (!found || open.has(name))
      throw new BackboneError(`Expected a layer called ${name} before what takes it, found none`)
    open.add(name)
    const inputs = (found.inbound_nodes[0] ?? []).map(([from]) => place(from))
    const made = placePart(found, name, inputs)
    places.set(name, made)
    return made
  }

  function placePart(found: Part, name: string, inputs: number[]): number {
    // The picture comes from outside where this model is a part of another one.
    if (name === input_layers[0]?.[0] && input !== null) return input
    if (found.class_name !== 'Sequential' && !FUNCTIONAL.includes(found.class_name))
      return addLayer(found, layers, inputs)
    return flatten(found, { layers, input: inputs[0] ?? null, depth: depth + 1 })
  }

  return place(output_layers[0]?.[0] ?? '')
}

const nameOf = ({ name, config }: Part): string => {
  const own = Array.isArray(config) ? undefined : config.name
  return name ?? (typeof own === 'string' ? own : '')
}

function addLayer(part: Part, layers: Layer[], inputs: number[]): number {
  const config = Array.isArray(part.config) ? {} : part.config
  return layers.push({ name: nameOf(part), type: part.class_name, config, inputs }) - 1
}
