import type { Language } from './language.ts'

interface Entry {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 428 | 429 | 500
  /** Title and detail; `{name}` is filled in from the problem's parameters. */
  readonly text: Readonly<Record<Language, readonly [title: string, detail: string]>>
}

const entry = (
  status: Entry['status'],
  zh: readonly [string, string],
  en: readonly [string, string],
): Entry => ({ status, text: { 'zh-CN': zh, en } })

/** Every problem the API reports, by its stable code. */
export const problemTexts = {
  'invalid-request': entry(
    400,
    ['请求内容有误', '请求中有 {count} 处内容不符合要求。'],
    ['The request is not valid', '{count} part(s) of the request do not meet the requirements.'],
  ),
  unauthenticated: entry(
    401,
    ['请先登录', '尚未登录，或者登录已过期。'],
    ['Sign in first', 'There is no session, or it has expired.'],
  ),
  'sign-in-failed': entry(
    401,
    ['登录失败', '用户名或密码不正确。'],
    ['Sign-in failed', 'The username or the password is wrong.'],
  ),
  locked: entry(
    429,
    ['账号暂时锁定', '连续多次登录失败，请在 {minutes} 分钟后再试。'],
    ['Temporarily locked', 'Too many failed sign-ins. Try again in {minutes} minute(s).'],
  ),
  forbidden: entry(
    403,
    ['没有权限', '当前角色不能进行这项操作。'],
    ['Not permitted', 'Your role does not include this action.'],
  ),
  'password-change-required': entry(
    403,
    ['请先修改密码', '这个密码由他人设置，须先修改密码再继续。'],
    [
      'Change your password first',
      'This password was set by someone else and must be changed before going on.',
    ],
  ),
  'wrong-password': entry(
    422,
    ['密码不正确', '当前密码不正确。'],
    ['Wrong password', 'The current password is not right.'],
  ),
  'same-password': entry(
    422,
    ['新旧密码相同', '新密码不能与当前密码相同。'],
    ['The password is unchanged', 'The new password must differ from the current one.'],
  ),
  'origin-mismatch': entry(
    403,
    ['请求来源不符', '写入操作只接受来自本站页面的请求。'],
    ['Wrong origin', 'Writes are accepted only from pages of this site.'],
  ),
  'setup-code-wrong': entry(
    403,
    ['启用码不正确', '请使用服务启动时打印的地址或启用码。'],
    ['Wrong setup code', 'Use the address or the code that the server printed when it started.'],
  ),
  'setup-code-throttled': entry(
    429,
    ['尝试次数过多', '请在 1 分钟后再试。'],
    ['Too many attempts', 'Try again in one minute.'],
  ),
  'setup-done': entry(
    409,
    ['系统已经启用', '已经有账号，初始设置不能再次进行。'],
    ['Already set up', 'There are accounts already; setup cannot run again.'],
  ),
  'not-found': entry(
    404,
    ['没有找到', '没有这项内容，或者您无权查看。'],
    ['Not found', 'There is no such thing, or you may not see it.'],
  ),
  'not-published': entry(
    403,
    ['尚未发布', '考核结果发布以后才能查看。'],
    ['Not published yet', 'Results can be seen once they are published.'],
  ),
  'precondition-required': entry(
    428,
    ['缺少版本标识', '修改时须在 If-Match 中带上读取时的 ETag。'],
    ['A version is required', 'Send the ETag that was read in If-Match with every change.'],
  ),
  stale: entry(
    412,
    ['内容已被他人修改', '您读取之后内容已有变化，请重新读取后再修改。'],
    ['Changed by someone else', 'It has changed since you read it. Read it again before changing it.'],
  ),
  'too-large': entry(
    413,
    ['内容过大', '请求内容超过 {limit} 的上限。'],
    ['Too large', 'The request is larger than the limit of {limit}.'],
  ),
  'username-taken': entry(
    409,
    ['用户名已被使用', '请换一个用户名。'],
    ['Username taken', 'Choose another username.'],
  ),
  'unit-name-taken': entry(
    409,
    ['单位名称已存在', '同名单位已经存在。'],
    ['Unit exists', 'There is a unit of this name already.'],
  ),
  'unit-cycle': entry(
    409,
    ['上级单位有误', '上级单位不能是自己或自己的下级。'],
    ['Wrong parent', 'A unit cannot be below itself.'],
  ),
  'unknown-unit': entry(
    422,
    ['没有这个单位', '所填单位不存在。'],
    ['No such unit', 'The unit given does not exist.'],
  ),
  'unit-required': entry(
    422,
    ['缺少所属单位', '这个角色的账号须属于一个单位。'],
    ['A unit is required', 'An account with this role must belong to a unit.'],
  ),
  'own-account': entry(
    409,
    ['不能停用自己', '不能停用当前登录的账号。'],
    ['Your own account', 'You cannot disable the account you are signed in with.'],
  ),
  'assessment-not-empty': entry(
    409,
    ['考核已有数据', '只能删除没有任何数据的草稿。'],
    ['Not empty', 'Only a draft without any facts can be deleted.'],
  ),
  'demo-not-empty': entry(
    409,
    ['已经有考核', '示例数据只能在没有任何考核时填入。'],
    [
      'There is an assessment already',
      'The fictional city can be filled in only while there is no assessment.',
    ],
  ),
  'assessment-closed': entry(
    409,
    ['考核已结束', '已发布或归档的考核不能再写入。'],
    ['The assessment is closed', 'A published or archived assessment takes no more facts.'],
  ),
  'unknown-kind': entry(
    422,
    ['没有这个扣分类别', '考核办法中没有这个扣分类别。'],
    ['No such kind', 'The scheme has no such kind of deduction.'],
  ),
  'kind-not-yours': entry(
    403,
    ['不是本单位提供的类别', '台账只能由该类别的提供单位登记。'],
    ['Not your kind', 'Only the unit that provides this kind may record it.'],
  ),
  'unit-not-charged': entry(
    422,
    ['没有参评单位', '该单位及其各级上级单位都不参加这次考核。'],
    ['Nobody to charge', 'Neither this unit nor any unit above it takes part.'],
  ),
  'deadline-before-notice': entry(
    422,
    ['整改期限有误', '整改期限不能早于通知日期。'],
    ['Wrong deadline', 'The deadline cannot be earlier than the notification.'],
  ),
  'notice-in-future': entry(
    422,
    ['通知日期有误', '通知日期不能晚于今天。'],
    ['Wrong notification date', 'The notification cannot be later than today.'],
  ),
  'file-missing': entry(
    400,
    ['没有文件', '请在 file 字段中上传考核工作簿（.xlsx）。'],
    ['No file', 'Send the workbook (.xlsx) in the field “file”.'],
  ),
  'workbook-invalid': entry(
    422,
    ['工作簿有误', '工作簿中有 {count} 处错误，没有导入任何内容。'],
    ['The workbook has errors', 'The workbook has {count} error(s); nothing was imported.'],
  ),
  cancelled: entry(
    409,
    ['已取消', '导入已取消，没有写入任何内容。'],
    ['Cancelled', 'The import was cancelled; nothing was written.'],
  ),
  internal: entry(
    500,
    ['服务器出错', '处理请求时出错，请将编号 {requestId} 告知管理员。'],
    ['Internal error', 'Something went wrong. Tell the administrator this number: {requestId}.'],
  ),
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof problemTexts
