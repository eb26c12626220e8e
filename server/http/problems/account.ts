import { entry, type ProblemEntry } from './entry.ts'

/** What keeps accounts from being made, changed, granted or reset. */
export const accountProblemTexts = {
  'username-taken': entry(
    409,
    ['用户名已被使用', '请换一个用户名。'],
    ['Username taken', 'Choose another username.'],
  ),
  'unit-required': entry(
    422,
    ['缺少所属单位', '这个角色的账号须属于一个单位。'],
    ['A unit is required', 'An account with this role must belong to a unit.'],
  ),
  'own-account': entry(
    409,
    ['不能操作自己的账号', '自己的账号由另一名管理员停用、改换角色、授权和重置。'],
    [
      'Your own account',
      'Another administrator disables, moves, grants or resets the account you are signed in with.',
    ],
  ),
  'last-administrator': entry(
    409,
    [
      '这一角色只有这个账号可用',
      '系统管理员、安全管理员、审计管理员都至少须有一个可用的账号，请先另建一个并完成授权。',
    ],
    [
      'The last of its kind',
      'There must be a system, a security and an audit administrator who can sign in. Make another one first and have it granted.',
    ],
  ),
  'granted-already': entry(
    409,
    ['已经授权', '这个账号不在等待授权，请刷新列表。'],
    ['Granted already', 'This account waits for nothing; reload the list.'],
  ),
  'not-granted': entry(
    409,
    ['尚未授权', '这个账号的角色还没有授权，授权时会生成凭条。'],
    ['Not granted yet', 'The role of this account is not granted yet; granting it makes its slip.'],
  ),
  'account-list-empty': entry(
    422,
    ['没有可建立的账号', '没有找到任何一行；请连同姓名、单位、角色各列一起复制。'],
    ['Nothing to make', 'No row was found. Copy the columns name, unit and role.'],
  ),
  'account-list-invalid': entry(
    422,
    ['账号名单有误', '有 {count} 处错误，没有建立任何账号。'],
    ['The list has errors', 'There are {count} error(s); no account was made.'],
  ),
} as const satisfies Record<string, ProblemEntry>
