import type { Generated } from 'kysely'
import type { Decimal } from '#assessment/rational'
import type { Outcome } from '#assessment/facts'

/*
 * Row types. Ids are random text, so that they tell nothing; days are `YYYY-MM-DD`, moments ISO 8601 in UTC, marks exact decimals as text.
 * `seq` orders facts as they were recorded.
 */

export const unitKinds = [
  'city',
  'county',
  'zone',
  'department',
  'county-department',
  'township',
  'section',
  'school',
  'hospital',
  'agency',
] as const
export type UnitKind = (typeof unitKinds)[number]

export const stages = ['draft', 'open', 'aggregating', 'published', 'archived'] as const
export type Stage = (typeof stages)[number]

export const roles = ['office', 'agency', 'editor', 'head', 'leader', 'system', 'security', 'audit'] as const
export type Role = (typeof roles)[number]

export const findingFactTypes = [
  'notified',
  'extended',
  'submitted',
  'withdrawn',
  'accepted',
  'rejected',
  'appealed',
  'decided',
  'reversed',
] as const
export const submissionTypes = ['submitted', 'returned', 'resubmitted', 'withdrawn', 'verified'] as const

/** What a second person decided about a prepared publication, or that its preparer took it back; one a publication. */
export const publicationStepTypes = ['approved', 'returned', 'withdrawn'] as const

export interface UnitRow {
  id: string
  name: string
  kind: UnitKind
  parent_id: string | null
  position: number
}

export interface SchemeRow {
  id: string
  name: string
  version: number
  /** A `Scheme` as JSON; immutable once an assessment uses it. */
  body: string
  created_by: string | null
  created_at: string
}

export interface AssessmentRow {
  id: string
  name: string
  year: number
  /** 考核主体. */
  unit_id: string
  scheme_id: string
  starts_on: string
  ends_on: string
  stage: Stage
  /** Grows with every change of facts; ETags and caches hang on it. */
  version: number
  created_by: string | null
  created_at: string
}

export interface ParticipantRow {
  assessment_id: string
  unit_id: string
  group_name: string
  position: number
}

export interface FindingRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  /** 编号, e.g. 2017-432; unique in its assessment. */
  number: string
  kind: string
  unit_id: string
  what: string
  source: string | null
  found_on: string | null
  import_id: string | null
  recorded_by: string | null
  recorded_at: string
}

export interface FindingFactRow {
  id: string
  seq: Generated<number>
  finding_id: string
  type: (typeof findingFactTypes)[number]
  on_day: string
  deadline: string | null
  outcome: Outcome | null
  kind: string | null
  unit_id: string | null
  reason: string | null
  recorded_by: string | null
  recorded_at: string
}

/** 佐证材料: a file or a link; staged until the transaction that adds its fact or claim attaches it, and fixed from then on. */
export interface EvidenceRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  /** Whose quota it uses. */
  unit_id: string
  /** As shown; the file on disk is called `stored_name`. */
  file_name: string
  media_type: string | null
  bytes: number
  sha256: string | null
  stored_name: string | null
  url: string | null
  /** 文件日期, apart from the day of upload. */
  document_date: string | null
  uploaded_by: string
  uploaded_at: string
  /** Chosen by the client, so that a repeated upload is known as one. */
  upload_id: string | null
  fact_id: string | null
  claim_id: string | null
}

/** A self-assessment window of an assessment; `closed_on` is set once. */
export interface WindowRow {
  assessment_id: string
  component: string
  key: string
  due_on: string
  closed_on: string | null
}

/** 自评 of one leaf, as handed in. */
export interface ClaimRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  component: string
  window_key: string
  unit_id: string
  leaf: string
  marks: Decimal | null
  note: string | null
  /** The unit says that the leaf does not concern it. */
  not_applicable: Generated<number>
  recorded_by: string | null
  recorded_at: string
}

/** 自评 of one leaf while it is filled in; `version` grows with every change. */
export interface DraftRow {
  assessment_id: string
  component: string
  window_key: string
  unit_id: string
  leaf: string
  marks: Decimal | null
  not_applicable: number
  note: string | null
  version: number
  updated_by: string
  updated_at: string
}

/** Evidence meant for a leaf; handing in attaches it to the claim. */
export interface DraftEvidenceRow {
  evidence_id: string
  assessment_id: string
  component: string
  window_key: string
  unit_id: string
  leaf: string
}

export interface SubmissionRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  component: string
  window_key: string
  unit_id: string
  type: (typeof submissionTypes)[number]
  on_day: string
  reason: string | null
  recorded_by: string | null
  recorded_at: string
}

/** 核查分; the last one counts. */
export interface VerifiedMarkRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  component: string
  window_key: string
  unit_id: string
  leaf: string | null
  full_marks: Decimal
  marks: Decimal | null
  not_applicable: number
  reason: string | null
  on_day: string | null
  import_id: string | null
  recorded_by: string | null
  recorded_at: string
}

export interface ExternalMarkRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  component: string
  dimension: string | null
  unit_id: string
  /** On the scheme's full marks. */
  marks: Decimal | null
  on_day: string | null
  import_id: string | null
  recorded_by: string | null
  recorded_at: string
  /** The evaluator's file it came with; null = from a workbook. */
  batch_id?: string | null
  /** As the evaluator gave it, out of `given_full`, before conversion. */
  given_marks?: Decimal | null
  given_full?: Decimal | null
}

/** 加分 for one unit; a negative one takes back the entry that it `reverses`. */
export interface BonusMarkRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  unit_id: string
  /** In hundredths. */
  points: number
  what: string
  on_day: string
  reverses: string | null
  import_id: string | null
  recorded_by: string | null
  recorded_at: string
}

/** 考核进程: the assessment came to this stage. */
export interface StageChangeRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  stage: Stage
  on_day: string
  reason: string | null
  recorded_by: string | null
  recorded_at: string
}

/** 延期: a later due day of a self-assessment window, for one unit or, with a null unit, for all. */
export interface ExtensionRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  component: string
  window_key: string
  unit_id: string | null
  due_on: string
  on_day: string
  reason: string
  recorded_by: string | null
  recorded_at: string
}

/** 委托: who evaluates a component, by which procurement and contract; `version` grows with every change. */
export interface CommissionRow {
  id: string
  assessment_id: string
  component: string
  evaluator: string
  /** 采购编号. */
  procurement_number: string | null
  starts_on: string
  ends_on: string
  /** Evidence that holds the contract. */
  contract_id: string | null
  version: number
  updated_by: string
  updated_at: string
}

/** How an evaluator's columns are read, remembered for its next file. */
export interface ColumnMappingRow {
  assessing_unit_id: string
  evaluator: string
  body: string
  updated_at: string
}

/** 批次: one accepted file of an evaluator; the last one of a component counts, since it holds a row for every participant. */
export interface ExternalBatchRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  component: string
  commission_id: string | null
  file_name: string
  sha256: string
  mapping: string
  /** The file itself, as evidence of the assessing unit; null where it was not kept. */
  evidence_id: string | null
  supersedes: string | null
  /** Why it replaces the one before. */
  reason: string | null
  on_day: string
  recorded_by: string | null
  recorded_at: string
}

/** 发布: results frozen as canonical JSON. */
export interface PublicationRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  /** 1, 2, … within its assessment. */
  number: number
  as_of: string
  body: string
  /** Of `body`, in hex. */
  sha256: string
  /** The hash of each fact row that the body rests on, as JSON. */
  digests: string
  supersedes: string | null
  /** Why it replaces the one before. */
  reason: string | null
  prepared_by: string
  prepared_at: string
}

export interface PublicationStepRow {
  id: string
  seq: Generated<number>
  publication_id: string
  type: (typeof publicationStepTypes)[number]
  reason: string | null
  recorded_by: string
  recorded_at: string
}

/** 通报 text of an assessing unit; `version` grows with every change. */
export interface CircularTemplateRow {
  assessing_unit_id: string
  body: string
  version: number
  updated_by: string
  updated_at: string
}

/** 大屏 link; `token_hash` is the SHA-256 of the secret in its address, in hex. */
export interface WallLinkRow {
  id: string
  token_hash: string
  assessment_id: string
  name: string
  expires_at: string
  created_by: string
  created_at: string
  revoked_at: string | null
}

/** One accepted workbook. */
export interface ImportRow {
  id: string
  seq: Generated<number>
  assessment_id: string
  file_name: string
  sha256: string
  rows_added: number
  recorded_by: string | null
  recorded_at: string
}

export interface AccountRow {
  id: string
  username: string
  name: string
  role: Role
  unit_id: string | null
  password_hash: string
  must_change_password: number
  disabled_at: string | null
  created_at: string
  email?: string | null
  /** SHA-256 of the secret in the calendar's address, in hex. */
  calendar_token_hash?: string | null
}

/** `token_hash` is the SHA-256 of the cookie's token, in hex. */
export interface SessionRow {
  token_hash: string
  account_id: string
  created_at: string
  expires_at: string
}

/** Failed sign-ins, for the lock after five in 15 minutes. */
export interface SignInFailureRow {
  username: string
  at: string
}

/** Who did what; each entry's hash covers the one before. */
export interface AuditRow {
  seq: Generated<number>
  at: string
  account_id: string | null
  action: string
  subject: string
  detail: string
  previous_hash: string
  hash: string
}

/** One day of the announced calendar that differs from an ordinary week. */
export interface HolidayRow {
  day: string
  kind: 'holiday' | 'workday'
}

export interface HolidayYearRow {
  year: number
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
  findings: FindingRow
  finding_facts: FindingFactRow
  evidence: EvidenceRow
  windows: WindowRow
  claims: ClaimRow
  drafts: DraftRow
  draft_evidence: DraftEvidenceRow
  submissions: SubmissionRow
  verified_marks: VerifiedMarkRow
  external_marks: ExternalMarkRow
  bonus_marks: BonusMarkRow
  imports: ImportRow
  stage_changes: StageChangeRow
  extensions: ExtensionRow
  commissions: CommissionRow
  column_mappings: ColumnMappingRow
  external_batches: ExternalBatchRow
  publications: PublicationRow
  publication_steps: PublicationStepRow
  circular_templates: CircularTemplateRow
  wall_links: WallLinkRow
  accounts: AccountRow
  sessions: SessionRow
  sign_in_failures: SignInFailureRow
  audit_entries: AuditRow
  holidays: HolidayRow
  holiday_years: HolidayYearRow
  settings: SettingRow
}
