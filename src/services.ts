import type { Backbone } from '../models/backbones/registry.ts'
import type { Store } from './store/database.ts'
import type { Pool } from './workers/pool.ts'

/** What the services stand on. */
export type Services = {
  store: Store
  /** Eyes of one backbone, started with the first picture and kept: sessions leak when they are made again. */
  eyes(backbone: Backbone): Pool
}
