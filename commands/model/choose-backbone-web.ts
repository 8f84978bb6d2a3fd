import type { Command } from '../../src/commands/define.ts'
import chooseBackbone from './choose-backbone.ts'

/** On the page `backbone` is the operator's, who may do more. */
const chooseOnPage: Command = { ...chooseBackbone, name: 'choose-backbone', frontEnds: ['web'] }
export default chooseOnPage
