import { Counter, Histogram, type Registry } from 'prom-client'
import type { Command } from '../commands/define.ts'

export type Metrics = ReturnType<typeof openMetrics>

const ACKNOWLEDGE_BUCKETS_S = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3]

const made = new WeakMap<Registry, Metrics>()

/** What answers of a chat come to, counted for all roles of a process. Names and codes only: never who, where or what. */
export function metricsOf(registry: Registry): Metrics {
  const metrics = made.get(registry) ?? openMetrics(registry)
  made.set(registry, metrics)
  return metrics
}

function openMetrics(registry: Registry) {
  const registers = [registry]
  const commands = new Counter({
    name: 'mekiki_commands_total',
    help: 'Commands run, by outcome',
    labelNames: ['command', 'outcome'],
    registers,
  })
  /** The former name of `mekiki_commands_total`, for dashboards made before 0.2. It goes with 0.3. */
  const verbs = new Counter({
    name: 'mekiki_verbs_total',
    help: 'Deprecated: use mekiki_commands_total',
    labelNames: ['verb', 'outcome'],
    registers,
  })
  return {
    countCommand({ name, formerNames = [] }: Command, outcome: 'done' | 'failed'): void {
      commands.inc({ command: name, outcome })
      verbs.inc({ verb: formerNames[0] ?? name, outcome })
    },
    acknowledged: new Histogram({
      name: 'mekiki_acknowledge_seconds',
      help: 'From an interaction to its first answer',
      buckets: ACKNOWLEDGE_BUCKETS_S,
      registers,
    }),
    posts: new Counter({
      name: 'mekiki_posts_total',
      help: 'Posted messages with pictures, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
  }
}
