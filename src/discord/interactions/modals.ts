import {
  FileUploadBuilder,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import type { Words } from '../../locales/words.ts'
import { toSource, toUpload, type UploadedSource } from '../uploads.ts'
import type { ComponentAction } from './custom-id.ts'
import { MAX_UPLOADS } from './names.ts'

const MAX_LABEL = 100

function textInput(label?: string): TextInputBuilder {
  const input = new TextInputBuilder()
    .setCustomId('label')
    .setStyle(TextInputStyle.Short)
    .setMinLength(1)
    .setMaxLength(MAX_LABEL)
    .setRequired(true)
  return label && label.length <= MAX_LABEL ? input.setValue(label) : input
}

/** Asks for pictures and their label. @param id what submitting it does */
export function labelForm(id: string, words: Words, label: string): ModalBuilder {
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(words.labelFormTitle)
    .addLabelComponents(
      new LabelBuilder().setLabel(words.labelFormLabel).setTextInputComponent(textInput(label)),
      new LabelBuilder().setLabel(words.labelFormPictures).setFileUploadComponent(pictureUpload()),
    )
}

/** Asks for pictures alone. @param id what submitting it does */
export const pictureForm = (id: string, words: Words): ModalBuilder =>
  new ModalBuilder()
    .setCustomId(id)
    .setTitle(words.whatIsThis)
    .addLabelComponents(new LabelBuilder().setLabel(words.labelFormPictures).setFileUploadComponent(pictureUpload()))

const pictureUpload = (): FileUploadBuilder =>
  new FileUploadBuilder().setCustomId('pictures').setMinValues(1).setMaxValues(MAX_UPLOADS).setRequired(true)

/** Asks for a label alone, or for what `asks` says. @param id what submitting it does */
export function textForm(
  id: string,
  words: Words,
  asks = { title: words.typeFormTitle, label: words.labelFormLabel },
): ModalBuilder {
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(asks.title)
    .addLabelComponents(new LabelBuilder().setLabel(asks.label).setTextInputComponent(textInput()))
}

/** What a form for the name of a dataset asks. */
export function datasetForm({ command, options }: ComponentAction, words: Words) {
  if (command !== 'datasets') return undefined
  const { copyDataset, renameDataset } = words.choices
  return { title: options.action === 'copy' ? copyDataset : renameDataset, label: words.datasetFormLabel }
}

export function readForm(from: ModalSubmitInteraction, hosts: string[]): { label: string; pictures: UploadedSource[] } {
  const label = from.fields.fields.has('label') ? from.fields.getTextInputValue('label') : ''
  const hasFiles = from.fields.fields.has('pictures')
  const files = hasFiles ? [...(from.fields.getUploadedFiles('pictures')?.values() ?? [])] : []
  return { label, pictures: files.map((file) => toSource(toUpload(file), hosts)) }
}
