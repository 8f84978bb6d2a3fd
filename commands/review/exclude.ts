import { decisionCommand } from '../shared/decision-command.ts'

export default decisionCommand('exclude', 'exclude pictures from training; nothing is deleted', 'exclude')
