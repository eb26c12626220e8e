import { entry, type ProblemEntry } from './entry.ts'

/** Why evidence is refused, and what a person can do about it. */
export const evidenceProblemTexts = {
  'evidence-missing': entry(
    400,
    ['没有佐证材料', '请在 file 字段中上传一个文件，或者以 JSON 提交一个网址。'],
    ['No evidence', 'Send one file in the field “file”, or a link as JSON.'],
  ),
  'upload-broken': entry(
    400,
    ['上传不完整', '没有收到完整的文件，请重新上传。'],
    ['The upload is incomplete', 'The file did not arrive completely. Upload it again.'],
  ),
  'upload-id-used': entry(
    409,
    ['上传标识已被使用', '同一上传标识已用于另一份材料，请换一个标识。'],
    ['Upload id in use', 'This upload id belongs to other evidence already. Choose another.'],
  ),
  'evidence-path': entry(
    422,
    ['文件名含有路径', '文件名不能带有文件夹路径，请直接选择文件上传。'],
    ['The file name holds a path', 'A file name must not contain folders. Choose the file itself.'],
  ),
  'evidence-double-extension': entry(
    422,
    ['文件名有多重扩展名', '文件名“{name}”里藏着另一种文件的扩展名（.{extension}），请改名后再上传。'],
    [
      'Double file extension',
      'The name “{name}” hides the extension of another type (.{extension}). Rename the file first.',
    ],
  ),
  'evidence-type': entry(
    415,
    ['不接受这种文件', '佐证材料只接受 {expected} 文件。'],
    ['File type not accepted', 'Evidence can be one of {expected}.'],
  ),
  'evidence-content': entry(
    422,
    ['文件内容与扩展名不符', '这个文件的内容不是 .{extension} 文件，请用正确的格式另存后再上传。'],
    [
      'The content does not match the extension',
      'The content of this file is not that of a .{extension} file. Save it in the right format first.',
    ],
  ),
  'evidence-macro': entry(
    422,
    ['文件含有宏', '含有宏的 Office 文件不能作为佐证材料，请另存为不含宏的格式。'],
    ['The file contains macros', 'An Office file with macros is not accepted. Save it without macros.'],
  ),
  'evidence-empty': entry(
    422,
    ['文件是空的', '这个文件没有内容。'],
    ['The file is empty', 'There is nothing in this file.'],
  ),
  'evidence-malware': entry(
    422,
    ['文件带有病毒特征', '这个文件含有病毒测试特征码，已拒绝接收。'],
    ['The file looks like malware', 'The file contains a virus test signature and was refused.'],
  ),
  'evidence-quota': entry(
    413,
    ['本单位空间不足', '本单位的佐证材料空间共 {limit}，这个文件放不下。'],
    ['No space left for your unit', 'Your unit has {limit} for evidence; this file does not fit in.'],
  ),
  'zip-broken': entry(
    422,
    ['压缩包已损坏', '无法读取这个压缩包，请重新打包后再上传。'],
    ['The archive is damaged', 'The archive cannot be read. Pack it again.'],
  ),
  'zip-encrypted': entry(
    422,
    ['压缩包已加密', '加密的内容无法检查，请去掉密码后再上传。'],
    ['The archive is encrypted', 'Encrypted content cannot be checked. Remove the password first.'],
  ),
  'zip-too-many': entry(
    422,
    ['压缩包内文件过多', '压缩包内最多 {limit} 个文件。'],
    ['Too many files in the archive', 'An archive may hold {limit} files at most.'],
  ),
  'zip-too-large': entry(
    422,
    ['压缩包解开后过大', '压缩包解开后不能超过 {limit}，压缩比不能超过 {ratio}。'],
    [
      'The archive unpacks to too much',
      'An archive may unpack to {limit} and to {ratio} times its size at most.',
    ],
  ),
  'zip-nested': entry(
    422,
    ['压缩包层层嵌套', '压缩包里最多再放一层 zip 压缩包，其他格式的压缩包不能放入。'],
    ['Archives inside archives', 'An archive may hold one level of zip archives and no other kind.'],
  ),
  'zip-path': entry(
    422,
    ['压缩包内路径有误', '压缩包里有指向包外的路径或链接。'],
    ['Unsafe path in the archive', 'The archive holds a path or a link that leads out of it.'],
  ),
  'evidence-not-staged': entry(
    422,
    ['佐证材料不可用', '所选材料不存在、不是您上传的，或者已经用于其他记录。'],
    ['Evidence not available', 'It does not exist, is not yours, or is part of another record already.'],
  ),
  'evidence-fixed': entry(
    409,
    ['佐证材料已经入账', '已经随记录提交的材料不能删除。'],
    ['The evidence is on record', 'Evidence that was filed with a record cannot be removed.'],
  ),
  'evidence-lost': entry(
    500,
    ['文件缺失', '服务器上找不到这个文件，请告知管理员。'],
    ['The file is missing', 'The file is not on the server any more. Tell the administrator.'],
  ),
  throttled: entry(429, ['请求过于频繁', '请稍后再试。'], ['Too many requests', 'Try again a little later.']),
  'mail-off': entry(
    409,
    ['未启用邮件', '邮件提醒没有启用，没有发送任何内容。'],
    ['E-mail is off', 'E-mail is not switched on; nothing was sent.'],
  ),
  'mail-failed': entry(
    503,
    ['邮件发送失败', '邮件服务器没有接受邮件（{reason}）。'],
    ['The mail was not sent', 'The mail server did not take the message ({reason}).'],
  ),
} as const satisfies Record<string, ProblemEntry>
