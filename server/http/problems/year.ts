import { entry, type ProblemEntry } from './entry.ts'

/** Why the course of an assessment is refused, and what a person can do about it. */
export const lifeProblemTexts = {
  'announcement-empty': entry(
    422,
    [
      '没有读到放假安排',
      '文字中没有读到放假或上班的日期；请粘贴 {year} 年放假安排的通知全文，或写成“1月1日至3日放假”“1月4日上班”。',
    ],
    [
      'No days found',
      'The text names no days off or worked. Paste the announcement for {year}, or write “1月1日至3日放假”, “1月4日上班”.',
    ],
  ),
  'announcement-invalid': entry(
    422,
    ['放假安排有误', '有的日期没有读懂或前后不符，没有写入；请先核对改正。'],
    [
      'The announcement has errors',
      'Some days were not understood or contradict each other; nothing was written. Check and mend them.',
    ],
  ),
  'announcement-known': entry(
    422,
    ['请写明更改理由', '{year} 年已有放假安排；更改须写明理由，各单位的期限会随之重新推算。'],
    [
      'Say why',
      'There is an arrangement for {year} already. A change needs a reason: deadlines are counted anew by it.',
    ],
  ),
  'assessment-draft': entry(
    409,
    ['考核尚未开始', '这次考核还在筹备，现在只能设置和导入；请先完成设置并开始考核。'],
    [
      'Not open yet',
      'This assessment is in preparation: it can only be set up and imported into. Finish its setup and open it first.',
    ],
  ),
  'stage-forbids': entry(
    409,
    [
      '现阶段不能这样办理',
      '考核现为“{stage}”，这一步不在本阶段办理；确需办理，请考核办先退回上一阶段并说明原因。',
    ],
    [
      'Not in this stage',
      'The assessment is {stage}; this is not done in that stage. If it must be, let the office reopen the assessment with a reason.',
    ],
  ),
  'stage-not-possible': entry(
    409,
    ['不能进入这个阶段', '考核现为“{stage}”，从这里不能直接进入“{to}”。'],
    ['No such move', 'The assessment is {stage}; from there it cannot become {to}.'],
  ),
  'stage-by-publication': entry(
    409,
    ['须经发布审批', '考核成绩由一人拟制、另一人审批后发布，不能直接改为“已发布”。'],
    [
      'Only by a publication',
      'Results are published by one person preparing and another approving; the stage cannot be set by hand.',
    ],
  ),
  'not-ready-to-open': entry(
    409,
    ['还不能开始考核', '开始前还有 {count} 项须先完成。'],
    ['Not ready to open', '{count} item(s) must be settled before opening.'],
  ),
  'participant-has-facts': entry(
    409,
    ['对象已有记录', '{units}已有台账、自评或评估记录，不能移出考核。'],
    ['It has records', '{units} already has findings, a self-assessment or marks and cannot be removed.'],
  ),
  'extension-no-window': entry(
    422,
    ['没有这个周期', '这次考核没有这个自评周期。'],
    ['No such window', 'The assessment has no such self-assessment window.'],
  ),
  'extension-day-not-later': entry(
    422,
    ['日期不晚于现截止日', '延期须晚于现在的截止日 {day}，并且不早于今天。'],
    ['Not later', 'The new day must be after the present one, {day}, and not in the past.'],
  ),
  'not-a-participant': entry(
    422,
    ['不是考核对象', '该单位不参加这次考核。'],
    ['Not a participant', 'This unit takes no part in the assessment.'],
  ),
  'handed-over-already': entry(
    409,
    ['已由该单位负责', '{unit}已经是这里的负责单位。'],
    ['Its own already', '{unit} is the unit in charge here already.'],
  ),
  'participant-repeated': entry(
    422,
    ['单位重复', '{units}在名单中出现了不止一次。'],
    ['Listed twice', '{units} is on the list more than once.'],
  ),
  'window-not-due': entry(
    409,
    ['尚未到截止日', '本期截止日 {day} 尚未过去，不能截止报送。'],
    ['Not due yet', 'The window is due on {day}, which has not passed; it cannot be closed.'],
  ),
  'window-closed': entry(
    409,
    ['已截止报送', '本期已于 {day} 截止报送。'],
    ['Closed already', 'The window was closed on {day}.'],
  ),
} as const satisfies Record<string, ProblemEntry>
