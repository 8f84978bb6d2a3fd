import { relative } from 'node:path'
import type { Tile } from '../charts/gallery.ts'
import type { Choice, CommandRegistry, Result } from '../commands/define.ts'
import type { Words } from '../locales/words.ts'
import { toJson } from './json.ts'
import { PictureFiles } from './pictures.ts'
import { drawPreview, showsPictures } from './preview.ts'
import type { CommonOptions } from './program.ts'
import { plain } from './render/format.ts'
import { render } from './render/render.ts'
import { wrap } from './render/width.ts'

type Surroundings = { common: CommonOptions; registry: CommandRegistry; words: Words }

/** Prints results on stdout. */
export class Output {
  /** What can be done next with a key, after the last result. */
  choices: Choice[] = []
  /** Whether the reader of stdout has gone, as `head` does. */
  isClosed = false
  private readonly common: CommonOptions
  private readonly registry: CommandRegistry
  private readonly words: Words
  private readonly files: PictureFiles

  constructor({ common, registry, words }: Surroundings) {
    this.common = common
    this.registry = registry
    this.words = words
    this.files = new PictureFiles({ withCharts: common.charts ?? false, words })
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      this.isClosed = true
    })
  }

  /** Whether a person is there, who sees what is offered and can press a key. */
  get canChoose(): boolean {
    return !this.common.json && process.stdin.isTTY && process.stdout.isTTY
  }

  async show(result: Result): Promise<void> {
    this.choices = this.canChoose ? await this.choicesHere(result) : []
    if (this.choices.length > 0) {
      if (result.gallery && showsPictures()) await this.preview(result.gallery)
      this.print(render(result, this.words))
      return
    }
    const written = await this.files.write(result)
    if (this.common.json) process.stdout.write(`${toJson(result, written)}\n`)
    else {
      const paths = [written.picture ?? [], written.charts ?? []].flat()
      this.print(
        [
          render(result, this.words),
          ...paths.map((file) => `  ${this.words.terminal.drawn(plain(relative('.', file)))}`),
        ].join('\n'),
      )
    }
  }

  private async preview(gallery: Tile[]): Promise<void> {
    try {
      process.stdout.write(`${await drawPreview(gallery)}\n`)
    } catch (error) {
      this.files.warn(error)
    }
  }

  private print(text: string): void {
    process.stdout.write(`${wrap(text, process.stdout.isTTY ? process.stdout.columns : undefined)}\n`)
  }

  /** Those that a key leads to. */
  private async choicesHere({ choices = [] }: Result): Promise<Choice[]> {
    const commands = await Promise.all(choices.map((c) => this.registry.find(c.command, 'cli')))
    return choices.filter((_, i) => commands[i]?.updatesInPlace)
  }
}
