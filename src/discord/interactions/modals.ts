import {
  FileUploadBuilder,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import type { Source } from '../../images/source.ts'
import type { Words } from '../../locales/words.ts'
import { toSource, toUpload } from '../uploads.ts'
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
  const upload = new FileUploadBuilder()
    .setCustomId('pictures')
    .setMinValues(1)
    .setMaxValues(MAX_UPLOADS)
    .setRequired(true)
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(words.labelFormTitle)
    .addLabelComponents(
      new LabelBuilder().setLabel(words.labelFormLabel).setTextInputComponent(textInput(label)),
      new LabelBuilder().setLabel(words.labelFormPictures).setFileUploadComponent(upload),
    )
}

/** Asks for a label alone. @param id what submitting it does */
export function textForm(id: string, words: Words): ModalBuilder {
  return new ModalBuilder()
    .setCustomId(id)
    .setTitle(words.typeFormTitle)
    .addLabelComponents(new LabelBuilder().setLabel(words.labelFormLabel).setTextInputComponent(textInput()))
}

export function readForm(from: ModalSubmitInteraction, hosts: string[]): { label: string; pictures: Source[] } {
  const label = from.fields.getTextInputValue('label')
  const hasFiles = from.fields.fields.has('pictures')
  const files = hasFiles ? [...(from.fields.getUploadedFiles('pictures')?.values() ?? [])] : []
  return { label, pictures: files.map((file) => toSource(toUpload(file), hosts)) }
}
