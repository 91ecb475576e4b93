/** A resume rule names an argument or a field that its root field does not have. */
export class ResumeRuleError extends Error {
  override readonly name = 'ResumeRuleError';
  readonly code = 'RESUME_RULE';
}
