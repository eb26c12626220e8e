import { expect, test } from 'vitest'
import { deeds } from '../../../server/access/deeds.ts'
import { en } from '../../../web/locales/en.ts'
import { zhCN } from '../../../web/locales/zh-CN.ts'

test.each([
  ['Chinese', zhCN.operation.deeds],
  ['English', en.operation.deeds],
])('the audit log says in %s what every deed is, and offers no other', (_language, words) => {
  expect(
    Object.keys(words)
      .map((key) => key.replaceAll('_', '.'))
      .sort(),
  ).toEqual([...deeds].sort())
})
