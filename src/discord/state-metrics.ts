import { statfs } from 'node:fs/promises'
import type { Client } from 'discord.js'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { App } from '../app.ts'
import { config } from '../config.ts'
import { readDatabaseBytes } from '../db/storage.ts'
import { problems } from '../logger.ts'

/** Name, meaning, and how it is read whenever somebody asks. */
type State = [name: string, help: string, read: () => number | Promise<number>]

/** What is so at the moment that somebody asks. */
export function watchState(registers: Registry[], app: App, client: Client<true>): void {
  const states: State[] = [
    ['mekiki_connected', '1 while Discord is connected', () => Number(client.isReady())],
    ['mekiki_servers', 'Servers that the bot is in', () => client.guilds.cache.size],
    ['mekiki_queue_waiting', 'Pictures that wait for their turn', () => app.queue.waitingCount],
    ['mekiki_trainings_waiting', 'Trainings that wait for their turn', () => app.trainingQueue.waitingCount],
    [
      'mekiki_picture_seconds',
      'From reading a picture to its features: the median of the latest',
      () => (app.latency.summary().milliseconds ?? 0) / 1000,
    ],
    ['mekiki_database_bytes', 'Size of the database', () => readDatabaseBytes(app.db)],
    ['mekiki_disk_free_bytes', 'Room that is left on the disk of the data folder', freeBytes],
  ]
  for (const [name, help, read] of states)
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      },
    })
  new Counter({
    name: 'mekiki_problems_total',
    help: 'Warnings and errors in the log',
    labelNames: ['level'],
    registers,
    collect() {
      this.reset()
      this.inc({ level: 'warn' }, problems.warn)
      this.inc({ level: 'error' }, problems.error)
    },
  })
}

async function freeBytes(): Promise<number> {
  const { bavail, bsize } = await statfs(config.home)
  return bavail * bsize
}
