import rule from '../../rules/prefer-streaming.ts'
import { run } from '../support/rule-tester.ts'

run('js', 'by binding', rule, {
  valid: ['const eval2 = (text) => text; eval2(text)'],
  invalid: [{ code: 'eval(text)', errors: [{ messageId: 'found', data: { name: 'eval' } }] }],
})
