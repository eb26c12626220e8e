// The tables of the database, in one list.
import type { Generated } from 'kysely'
import type { Decimal } from '#assessment/rational'
import type { Role, Stage, UnitKind } from '#assessment/vocabulary'
import type { FindingFact, Outcome } from '#assessment/score/facts'

/*
 * Row types. Ids are random text, so that they tell nothing; days are `YYYY-MM-DD`, moments ISO 8601 in UTC, marks exact decimals as text.
 * `seq` orders facts as they were recorded.
 */

/** 审定: asked for by who filled the form in, declined by the head of the unit. */
export const signOffTypes = ['asked', 'declined'] as const

export const submissionTypes = ['submitted', 'returned', 'resubmitted', 'withdrawn', 'verified'] as const

/** What became of a suspicion 疑点; after the last two nothing more. */
export const suspicionStepTypes = ['postponed', 'dismissed', 'confirmed'] as const

/** What a second person decided about a prepared publication, or that its preparer took it back; one a publication. */
export const publicationStepTypes = ['approved', 'returned', 'withdrawn'] as const

export interface UnitRow {
  id: string
  name: string
  kind: UnitKind
  parentId: string | null
  position: number
}

export interface SchemeRow {
  id: string
  name: string
  version: number
  /** A `Scheme` as JSON; immutable once an assessment uses it. */
  body: string
  createdBy: string | null
  createdAt: string
}

export interface AssessmentRow {
  id: string
  name: string
  year: number
  /** 考核主体. */
  unitId: string
  schemeId: string
  startsOn: string
  endsOn: string
  stage: Stage
  /** Grows with every change of facts; ETags and caches hang on it. */
  version: number
  createdBy: string | null
  createdAt: string
}

export interface ParticipantRow {
  assessmentId: string
  unitId: string
  groupName: string
  position: number
}

/** 提供单位、责任单位: which unit an assessment's rule means by a name; the last row of a name is in force. */
export interface ResponsibleUnitRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  name: string
  unitId: string
  onDay: string
  /** Why it was handed over; null where the name says it. */
  reason: string | null
  recordedBy: string | null
  recordedAt: string
}

/** What a unit was called in a year that was over when it got another name. */
export interface FormerNameRow {
  assessmentId: string
  unitId: string
  name: string
}

/** Below which unit one stood in a year that was over when it was put elsewhere; null = below none. */
export interface FormerPlaceRow {
  assessmentId: string
  unitId: string
  parentId: string | null
}

export interface FindingRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  /** 编号: 2017-3 is the third of the year within the unit named by `numberedUnitId`. */
  number: string
  kind: string
  unitId: string
  what: string
  source: string | null
  foundOn: string | null
  importId: string | null
  recordedBy: string | null
  recordedAt: string
  /** Key of its severity 档次; null = the kind's usual one. */
  severity?: string | null
  /** The unit charged when it was recorded, whoever is charged since; null = numbered before, within the whole assessment. */
  numberedUnitId?: string | null
  /** 1 = its unit heard of it by the import that brought it; null = recorded here, or imported as history. */
  heardByImport?: number | null
}

export interface FindingFactRow {
  id: string
  seq: Generated<number>
  findingId: string
  type: FindingFact['type']
  onDay: string
  deadline: string | null
  outcome: Outcome | null
  kind: string | null
  unitId: string | null
  reason: string | null
  recordedBy: string | null
  recordedAt: string
  /** Under the amended kind; null = its usual one. */
  severity?: string | null
  /** By when the unit rectifies to which an amendment moved it; null where the unit stayed, and in decisions of earlier releases. */
  unitDeadline?: string | null
}

/** 佐证材料: a file or a link; staged until the transaction that adds its fact or claim attaches it, and fixed from then on. */
export interface EvidenceRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  /** Whose quota it uses. */
  unitId: string
  /** As shown; the file on disk is called `storedName`. */
  fileName: string
  mediaType: string | null
  bytes: number
  sha256: string | null
  storedName: string | null
  url: string | null
  /** 文件日期, apart from the day of upload. */
  documentDate: string | null
  uploadedBy: string
  uploadedAt: string
  /** Chosen by the client, so that a repeated upload is known as one. */
  uploadId: string | null
  factId: string | null
  claimId: string | null
}

/** A self-assessment window of an assessment; `closedOn` is set once. */
export interface WindowRow {
  assessmentId: string
  component: string
  key: string
  dueOn: string
  closedOn: string | null
}

/** 自评 of one leaf, as handed in. */
export interface ClaimRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  component: string
  windowKey: string
  unitId: string
  leaf: string
  marks: Decimal | null
  note: string | null
  /** The unit says that the leaf does not concern it. */
  notApplicable: Generated<number>
  recordedBy: string | null
  recordedAt: string
}

/** 自评 of one leaf while it is filled in; `version` grows with every change. */
export interface DraftRow {
  assessmentId: string
  component: string
  windowKey: string
  unitId: string
  leaf: string
  marks: Decimal | null
  notApplicable: number
  note: string | null
  version: number
  updatedBy: string
  updatedAt: string
}

/** Evidence meant for a leaf; handing in attaches it to the claim. */
export interface DraftEvidenceRow {
  evidenceId: string
  assessmentId: string
  component: string
  windowKey: string
  unitId: string
  leaf: string
}

export interface SubmissionRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  component: string
  windowKey: string
  unitId: string
  type: (typeof submissionTypes)[number]
  onDay: string
  reason: string | null
  recordedBy: string | null
  recordedAt: string
}

/** 审定 of a form before it is handed in; the last one since then holds. */
export interface SignOffRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  component: string
  windowKey: string
  unitId: string
  type: (typeof signOffTypes)[number]
  reason: string | null
  recordedBy: string
  recordedAt: string
}

/** Whom to ask at an assessing unit. */
export interface OfficeContactRow {
  unitId: string
  name: string
  telephone: string | null
}

/** 核查分; the last one counts. */
export interface VerifiedMarkRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  component: string
  windowKey: string
  unitId: string
  leaf: string | null
  fullMarks: Decimal
  marks: Decimal | null
  notApplicable: number
  reason: string | null
  onDay: string | null
  importId: string | null
  recordedBy: string | null
  recordedAt: string
  /** 观测, under the leaf's scale. */
  observation?: string | null
  /** The marks are those that follow from the observation, as they are shown; it is what counts. Null = 0. */
  follows?: number | null
}

export interface ExternalMarkRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  component: string
  dimension: string | null
  unitId: string
  /** On the scheme's full marks. */
  marks: Decimal | null
  onDay: string | null
  importId: string | null
  recordedBy: string | null
  recordedAt: string
  /** The evaluator's file it came with; null = from a workbook. */
  batchId?: string | null
  /** As the evaluator gave it, out of `givenFull`, before conversion. */
  givenMarks?: Decimal | null
  givenFull?: Decimal | null
  /** Null where the component has no windows. */
  windowKey?: string | null
  /** 不适用 leaves the window, or the part, out for the unit; null = 0. */
  notApplicable?: number | null
}

/** 加分 for one unit; a negative one takes back the entry that it `reverses`. */
export interface BonusMarkRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  unitId: string
  /** In hundredths. */
  points: number
  what: string
  onDay: string
  reverses: string | null
  importId: string | null
  recordedBy: string | null
  recordedAt: string
}

/** 考核进程: the assessment came to this stage. */
export interface StageChangeRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  stage: Stage
  onDay: string
  reason: string | null
  recordedBy: string | null
  recordedAt: string
}

/** 延期: a later due day of a self-assessment window, for one unit or, with a null unit, for all. */
export interface ExtensionRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  component: string
  windowKey: string
  unitId: string | null
  dueOn: string
  onDay: string
  reason: string
  recordedBy: string | null
  recordedAt: string
}

/** 委托: who evaluates a component, by which procurement and contract; `version` grows with every change. */
export interface CommissionRow {
  id: string
  assessmentId: string
  component: string
  evaluator: string
  /** 采购编号. */
  procurementNumber: string | null
  startsOn: string
  endsOn: string
  /** Evidence that holds the contract. */
  contractId: string | null
  version: number
  updatedBy: string
  updatedAt: string
}

/** How an evaluator's columns are read, remembered for its next file. */
export interface ColumnMappingRow {
  assessingUnitId: string
  evaluator: string
  body: string
  updatedAt: string
}

/** 批次: one accepted file of an evaluator; the last one of a component counts, since it holds a row for every participant. */
export interface ExternalBatchRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  component: string
  commissionId: string | null
  fileName: string
  sha256: string
  mapping: string
  /** The file itself, as evidence of the assessing unit; null where it was not kept. */
  evidenceId: string | null
  supersedes: string | null
  /** Why it replaces the one before. */
  reason: string | null
  onDay: string
  recordedBy: string | null
  recordedAt: string
  /** Null where the component has no windows. */
  windowKey?: string | null
}

/** 发布: results frozen as canonical JSON. */
export interface PublicationRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  /** 1, 2, … within its assessment. */
  number: number
  asOf: string
  body: string
  /** Of `body`, in hex. */
  sha256: string
  /** The hash of each fact row that the body rests on, as JSON. */
  digests: string
  /** What the salts of its proof follow from, 64 hexadecimal digits; never shown. Null for publications without a proof. */
  proofSeed: string | null
  /** 1: 阶段成绩, results so far. */
  interim: Generated<number>
  supersedes: string | null
  /** Why it replaces the one before. */
  reason: string | null
  preparedBy: string
  preparedAt: string
}

export interface PublicationStepRow {
  id: string
  seq: Generated<number>
  publicationId: string
  type: (typeof publicationStepTypes)[number]
  reason: string | null
  recordedBy: string
  recordedAt: string
}

/** 通报 text of an assessing unit; `version` grows with every change. */
export interface CircularTemplateRow {
  assessingUnitId: string
  body: string
  version: number
  updatedBy: string
  updatedAt: string
}

/** 大屏 link; `tokenHash` is the SHA-256 of the secret in its address, in hex. */
export interface WallLinkRow {
  id: string
  tokenHash: string
  assessmentId: string
  name: string
  expiresAt: string
  createdBy: string
  createdAt: string
  revokedAt: string | null
}

/** One accepted workbook. */
export interface ImportRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  fileName: string
  sha256: string
  rowsAdded: number
  recordedBy: string | null
  recordedAt: string
}

export interface AccountRow {
  id: string
  username: string
  name: string
  role: Role
  unitId: string | null
  passwordHash: string
  mustChangePassword: number
  disabledAt: string | null
  createdAt: string
  email?: string | null
  /** SHA-256 of the secret in the calendar's address, in hex. */
  calendarTokenHash?: string | null
  /** Null where nobody knows: such a password does not grow old. */
  passwordSetAt?: string | null
  /** TOTP secret, sealed with the key of the data folder. */
  secondFactor?: string | null
  /** The time step of the last code taken, so that none is taken twice. */
  secondFactorStep?: number | null
  /** Since when it waits for its role to be granted, and does not work; null = it is granted. */
  awaitsGrantSince?: string | null
  /** Null before there were three administrators. */
  grantedAt?: string | null
  /** Null = the first start, or the server's console. */
  grantedBy?: string | null
  lastSignInAt?: string | null
  /** Up to when its owner has read what others did to it. */
  toldAt?: string | null
}

/** A password that its account had before. */
export interface EarlierPasswordRow {
  accountId: string
  replacedAt: string
  passwordHash: string
}

/** `tokenHash` is the SHA-256 of the cookie's token, in hex. */
export interface SessionRow {
  /** By which its owner ends it. */
  id: string
  tokenHash: string
  accountId: string
  /** From where it was begun, and by which program (User-Agent). */
  address: string
  client: string
  /** 1 = its role requires a second factor that the account does not have yet. */
  mustEnrol: number
  createdAt: string
  usedAt: string
  expiresAt: string
}

/** Who did what; each entry's hash covers the one before. */
export interface AuditRow {
  seq: Generated<number>
  at: string
  accountId: string | null
  action: string
  subject: string
  detail: string
  previousHash: string
  hash: string
  /** The account's unit when it acted. */
  unitId?: string | null
  /** From where; null where nobody knows. */
  address?: string | null
  /** Null in entries of earlier releases, which are all of what was done. */
  outcome?: 'done' | 'refused' | null
  /** The digests of the rows that it vouches for, by table and key, as JSON. */
  facts?: string | null
  /** The key that signed it; null before the log had one. */
  keyName?: string | null
}

/** 放假安排 of a year as somebody entered it. */
export interface HolidayAnnouncementRow {
  id: string
  seq: Generated<number>
  year: number
  /** JSON: `AnnouncedDays[]`. */
  spans: string
  /** Why it replaces the one before. */
  reason: string | null
  recordedBy: string | null
  recordedAt: string
}

/** 催办 of a unit by an office; the last one of an assessment. */
export interface UnitReminderRow {
  assessmentId: string
  unitId: string
  note: string | null
  recordedBy: string
  recordedAt: string
}

/** 年度报告 of a unit on a year, as it was read; a corrected one is the next version. */
export interface ReportRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  unitId: string
  /** The year that it reports on. */
  year: number
  version: number
  fileName: string
  /** Of the file, in hex. */
  sha256: string
  /** The text as read; empty where pages are pictures. Places count in its UTF-16 units. */
  body: string
  /** What the monitor says of it, as JSON: `Observation[]`. */
  observations: string
  evidenceId: string | null
  recordedBy: string | null
  recordedAt: string
}

/** 疑点: what a monitor suspects of a record; `key` is the same whenever the same is suspected again. */
export interface SuspicionRow {
  id: string
  seq: Generated<number>
  assessmentId: string
  /** The kind of record watched. */
  monitor: string
  rule: string
  severity: 'fail' | 'warn'
  unitId: string | null
  recordId: string
  excerpt: string
  /** Where the excerpt begins, in UTF-16 units of the record's text. */
  place: number | null
  /** What is wrong: a key of the monitor's words, which `params` (JSON) fill in. */
  message: string
  params: string
  /** Key of the rule's clause. */
  source: string
  key: string
  onDay: string
  recordedBy: string | null
  recordedAt: string
}

export interface SuspicionStepRow {
  id: string
  seq: Generated<number>
  suspicionId: string
  type: (typeof suspicionStepTypes)[number]
  /** The day on which a postponed one comes back. */
  untilDay: string | null
  reason: string | null
  findingId: string | null
  onDay: string
  recordedBy: string | null
  recordedAt: string
}

/** Under which kind of the ledger a monitor's suspicions belong, and thus whose they are. */
export interface MonitorKindRow {
  assessmentId: string
  monitor: string
  kind: string
}

export interface SettingRow {
  key: string
  value: string
}

export interface Tables {
  units: UnitRow
  schemes: SchemeRow
  assessments: AssessmentRow
  participants: ParticipantRow
  responsibleUnits: ResponsibleUnitRow
  formerNames: FormerNameRow
  formerPlaces: FormerPlaceRow
  findings: FindingRow
  findingFacts: FindingFactRow
  evidence: EvidenceRow
  windows: WindowRow
  claims: ClaimRow
  drafts: DraftRow
  draftEvidence: DraftEvidenceRow
  submissions: SubmissionRow
  signOffs: SignOffRow
  officeContacts: OfficeContactRow
  verifiedMarks: VerifiedMarkRow
  externalMarks: ExternalMarkRow
  bonusMarks: BonusMarkRow
  imports: ImportRow
  stageChanges: StageChangeRow
  extensions: ExtensionRow
  commissions: CommissionRow
  columnMappings: ColumnMappingRow
  externalBatches: ExternalBatchRow
  publications: PublicationRow
  publicationSteps: PublicationStepRow
  circularTemplates: CircularTemplateRow
  wallLinks: WallLinkRow
  accounts: AccountRow
  sessions: SessionRow
  earlierPasswords: EarlierPasswordRow
  auditEntries: AuditRow
  holidayAnnouncements: HolidayAnnouncementRow
  unitReminders: UnitReminderRow
  reports: ReportRow
  suspicions: SuspicionRow
  suspicionSteps: SuspicionStepRow
  monitorKinds: MonitorKindRow
  settings: SettingRow
}
