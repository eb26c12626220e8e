// Every problem with its words: one list.
import { accountProblemTexts } from './account.ts'
import { evidenceProblemTexts } from './evidence.ts'
import { entry, type ProblemEntry } from './entry.ts'
import { circularProblemTexts } from './circular.ts'
import { outageProblemTexts } from './outage.ts'
import { monitorProblemTexts } from './monitor.ts'
import { workProblemTexts } from './work.ts'
import { schemeProblemTexts } from './scheme.ts'
import { thirdPartyProblemTexts } from './third-party.ts'
import { lifeProblemTexts } from './year.ts'
import { selfAssessmentProblemTexts } from './self-assessment.ts'

/** Every problem the API reports, by its stable code. */
export const problemTexts = {
  ...accountProblemTexts,
  ...monitorProblemTexts,
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
    ['账号暂时锁定', '在这个地址连续多次登录失败，请在 {minutes} 分钟后再试，或请安全管理员重置密码。'],
    [
      'Temporarily locked',
      'Too many failed sign-ins from this address. Try again in {minutes} minute(s), or have the password reset.',
    ],
  ),
  'too-many-sign-ins': entry(
    429,
    ['登录失败次数过多', '这个地址登录失败次数过多，请在 {minutes} 分钟后再试。'],
    [
      'Too many failed sign-ins',
      'Too many sign-ins failed from this address. Try again in {minutes} minute(s).',
    ],
  ),
  'second-factor': entry(
    401,
    ['还需要动态验证码', '请填写身份验证器上显示的六位验证码。'],
    ['One more step', 'Enter the six digits that your authenticator app shows.'],
  ),
  'second-factor-wrong': entry(
    401,
    ['验证码不正确', '验证码不正确、已过期或已用过，请等新的验证码出现后再填。'],
    ['Wrong code', 'The code is wrong, too old, or used already. Wait for the next one.'],
  ),
  'second-factor-missing': entry(
    403,
    ['请先启用动态验证码', '当前角色登录时须有动态验证码，请先启用。'],
    [
      'Set up a second factor first',
      'Your role signs in with a code from an authenticator app; set one up to go on.',
    ],
  ),
  'second-factor-there': entry(
    409,
    ['已经启用', '这个账号已经启用动态验证码。'],
    ['Set up already', 'This account has a second factor already.'],
  ),
  'second-factor-required': entry(
    409,
    ['不能停用', '当前角色登录时须有动态验证码。'],
    ['It must stay', 'Your role signs in with a second factor.'],
  ),
  'second-factor-elsewhere': entry(
    403,
    [
      '还需要第二种验证',
      '当前账号登录时须有第二种验证，统一身份认证没有说明已经验证。请改用密码和动态验证码登录。',
    ],
    [
      'One proof is not enough',
      'This account needs a second proof, and the other side did not say that there was one. Sign in here with password and code.',
    ],
  ),
  'single-sign-on-unreachable': entry(
    503,
    ['统一身份认证没有回应', '请稍后再试，或者用密码登录。'],
    ['Signing in elsewhere does not answer', 'Try again later, or sign in with your password.'],
  ),
  'single-sign-on-failed': entry(
    401,
    ['统一身份认证没有成功', '请重新登录，或者用密码登录。'],
    ['Signing in elsewhere failed', 'Try again, or sign in with your password.'],
  ),
  'single-sign-on-nobody': entry(
    403,
    ['没有对应的账号', '统一身份认证中的用户名在这里没有可用的账号，请联系系统管理员。'],
    ['No such account here', 'There is no active account of your name here. Ask the system administrator.'],
  ),
  'password-unfit': entry(
    422,
    ['密码不符合要求', '新密码有 {count} 处不符合要求。'],
    ['The password will not do', 'The new password breaks {count} rule(s).'],
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
  'not-public': entry(
    403,
    ['没有公布全部名次', '按照考核办法，各单位只能看到本单位的结果。'],
    ['The table is not made known', 'By the scheme, units are told their own result only.'],
  ),
  'publication-blocked': entry(
    409,
    ['还不能发布', '发布前检查有 {count} 处错误，处理以后才能拟制和批准。'],
    ['Not ready to be published', 'The checks found {count} error(s); they must be settled first.'],
  ),
  'publication-waiting': entry(
    409,
    ['已有待批准的发布', '一次只能有一份发布等待批准，请先处理那一份。'],
    ['One is waiting already', 'Only one publication can wait for approval at a time.'],
  ),
  'publication-decided': entry(
    409,
    ['已经处理过', '这份发布已经批准、退回或撤回。'],
    ['Decided already', 'This publication was approved, returned or withdrawn already.'],
  ),
  'publication-own': entry(
    403,
    ['不能审批本人拟制的发布', '拟制人和批准人必须是两个人。'],
    ['Prepared by yourself', 'One person prepares a publication, another approves it.'],
  ),
  'publication-not-yours': entry(
    403,
    ['不是本人拟制', '只有拟制人可以撤回。'],
    ['Not prepared by you', 'Only the preparer can take it back.'],
  ),
  'publication-outdated': entry(
    409,
    ['拟制以后事实有变化', '拟制以后有 {facts} 项事实变化，{units} 个单位的结果会变；请退回后重新拟制。'],
    [
      'Facts changed since it was prepared',
      '{facts} fact(s) changed since it was prepared and {units} unit(s) would come out otherwise; return it and have it prepared again.',
    ],
  ),
  'proof-none': entry(
    409,
    ['没有公开核验文件', '这次发布由较早的版本作出，当时不计算校验码；以后的发布都有。'],
    [
      'No file to check it by',
      'It was published by an earlier release, which computed no root; later publications have one.',
    ],
  ),
  'proof-unsound': entry(
    409,
    ['事实与发布时的校验码不符', '发布所依据的事实被改动过，不能生成公开核验文件；请运行 verify 查明。'],
    [
      'The facts do not come to the root published',
      'What the publication rests on was altered, so no file is made; run verify to see what.',
    ],
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
  'unknown-severity': entry(
    422,
    ['没有这个档次', '这一类别没有这个档次。'],
    ['No such severity', 'The kind has no such severity.'],
  ),
  'notice-missing': entry(
    422,
    ['没有通知日期', '请填写通知日期。'],
    ['No day of notice', 'Give the day of notice.'],
  ),
  'observation-required': entry(
    422,
    ['请填写观测', '这项指标按观测计分：请填写核查时看到的情况，分数由此得出；分数不同的，再写明理由。'],
    [
      'Observation needed',
      'Marks of this indicator follow from what was observed: give it, and a reason where they differ.',
    ],
  ),
  'observation-unreadable': entry(
    422,
    ['观测无法计分', '按这项指标的计分方式，“{value}”算不出分数；请改正。'],
    ['Observation not understood', '“{value}” gives no marks under this indicator’s scale; correct it.'],
  ),
  'no-such-window': entry(
    422,
    ['没有这个周期', '这一部分分周期评分，请选择其中一个周期。'],
    ['No such window', 'This component is marked by windows; choose one of them.'],
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
  'notice-before-year': entry(
    422,
    ['通知日期有误', '通知日期不能早于考核年度开始之日 {day}。'],
    [
      'Wrong notification date',
      'The notification cannot be earlier than {day}, when the assessed year begins.',
    ],
  ),
  'notice-reason-required': entry(
    422,
    ['请写明补登理由', '通知日期早于今天，须写明理由；被扣分单位能看到。'],
    ['Say why', 'A notice dated before today needs a reason, which the unit charged sees.'],
  ),
  'found-out-of-bounds': entry(
    422,
    ['发现日期有误', '发现日期须在 {day} 和今天之间。'],
    ['Wrong day', 'The day it was found must lie between {day} and today.'],
  ),
  'deadline-too-late': entry(
    422,
    ['期限过晚', '期限不能晚于 {day}。'],
    ['Too late', 'The deadline cannot be later than {day}.'],
  ),
  'notice-in-future': entry(
    422,
    ['通知日期有误', '通知日期不能晚于今天。'],
    ['Wrong notification date', 'The notification cannot be later than today.'],
  ),
  'finding-duplicate': entry(
    409,
    ['可能重复登记', '已有 {count} 个相近的问题；确认不是同一问题后，请注明“仍要登记”。'],
    [
      'Possibly recorded already',
      'There are {count} similar finding(s). If yours is another problem, say that it may be recorded all the same.',
    ],
  ),
  'unit-not-yours': entry(
    403,
    ['不是本单位的问题', '这一步只能由被扣分单位或问题发生单位办理；申诉只能由被扣分单位负责人提出。'],
    [
      'Not your unit’s finding',
      'Only the unit charged or the unit where it occurred may do this; only the head of the unit charged may appeal.',
    ],
  ),
  'own-case': entry(
    403,
    ['须由他人办理', '您登记、办理或报送过这个问题，这一步须由没有经手的人办理。'],
    [
      'Someone else must do this',
      'You recorded, handled or submitted this case; this step is for someone who had no part in it.',
    ],
  ),
  'step-not-possible': entry(
    409,
    ['现在不能这样办理', '这个问题目前可以：{possible}。'],
    ['Not possible now', 'What is possible with this finding now: {possible}.'],
  ),
  'own-unit-case': entry(
    403,
    ['本单位是当事单位', '这个问题涉及本单位，须回避，由考核办办理。'],
    ['Your unit is a party', 'Your own unit is concerned, so the office acts in this case.'],
  ),
  'reason-in-place-required': entry(
    422,
    ['请写明代办理由', '代提供单位{unit}核查，须写明理由；理由记入经过和审计日志。'],
    [
      'Say why',
      'Reviewing for {unit}, which provides this kind, needs a reason; it stands in the course and in the audit log.',
    ],
  ),
  'reason-required': entry(
    422,
    ['请写明理由', '日期早于今天时须写明理由。'],
    ['A reason is required', 'A date before today needs a reason.'],
  ),
  'backdating-not-yours': entry(
    403,
    ['日期只能是今天', '单位办理的事项一律记在当天。'],
    ['Only today', 'What a unit does is dated on the day it does it.'],
  ),
  'fact-in-future': entry(
    422,
    ['日期有误', '日期不能晚于今天。'],
    ['Wrong date', 'The date cannot be later than today.'],
  ),
  'fact-before-previous': entry(
    422,
    ['日期有误', '日期不能早于上一步的日期 {day}。'],
    ['Wrong date', 'The date cannot be before the previous step, {day}.'],
  ),
  'extension-not-later': entry(
    422,
    ['延期后的期限有误', '新的期限须晚于现在的期限 {deadline}，并且不早于办理日期。'],
    [
      'Wrong new deadline',
      'The new deadline must be later than the present one, {deadline}, and not before the extension itself.',
    ],
  ),
  'amendment-changes-nothing': entry(
    422,
    ['没有变更', '变更后的类别和单位与现在相同；请改选维持，或者另选类别、单位。'],
    ['Nothing is amended', 'The kind and the unit are the present ones; uphold it, or choose others.'],
  ),
  'deadline-reason-required': entry(
    422,
    ['请写明改期理由', '整改期限与按工作日推算的 {deadline} 不同，须写明理由。'],
    ['Say why', 'The deadline differs from {deadline}, which the scheme gives; a reason is needed.'],
  ),
  'number-taken': entry(
    409,
    ['编号已被使用', '编号“{number}”已经有问题使用；请改用其他编号，或者留空。'],
    ['Number taken', 'Another finding has the number “{number}”. Choose another, or leave it blank.'],
  ),
  'batch-empty': entry(
    422,
    ['没有可登记的内容', '没有找到任何一行台账；请连同单位、扣分类别、事由、通知日期各列一起复制。'],
    [
      'Nothing to record',
      'No ledger row was found. Copy the columns unit, kind, subject and notification date.',
    ],
  ),
  'batch-invalid': entry(
    422,
    ['批量登记有误', '有 {count} 处错误，没有登记任何问题。'],
    ['The batch has errors', 'There are {count} error(s); nothing was recorded.'],
  ),
  'batch-course': entry(
    422,
    ['批量登记只登记问题', '整改、核查和撤销须由各自的经办人逐项办理；请清空整改日期、核查结果、撤销日期。'],
    [
      'A batch records findings only',
      'Rectification, review and revocation are done case by case; leave those columns blank.',
    ],
  ),
  'file-missing': entry(
    400,
    ['没有文件', '请在 file 字段中上传文件。'],
    ['No file', 'Send the file in the field “file”.'],
  ),
  'file-unreadable': entry(422, ['文件读不出来', '{why}'], ['The file cannot be read', '{why}']),
  'workbook-invalid': entry(
    422,
    ['工作簿有误', '工作簿中有 {count} 处错误，没有导入任何内容。'],
    ['The workbook has errors', 'The workbook has {count} error(s); nothing was imported.'],
  ),
  'wall-links-full': entry(
    409,
    ['大屏链接太多', '同时有效的大屏链接最多 {most} 个，请先停用不再使用的。'],
    ['Too many wall links', 'At most {most} links can work at a time; revoke those no longer used first.'],
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
  ...outageProblemTexts,
  ...workProblemTexts,
  ...evidenceProblemTexts,
  ...circularProblemTexts,
  ...schemeProblemTexts,
  ...selfAssessmentProblemTexts,
  ...thirdPartyProblemTexts,
  ...lifeProblemTexts,
} as const satisfies Record<string, ProblemEntry>

export type ProblemCode = keyof typeof problemTexts
