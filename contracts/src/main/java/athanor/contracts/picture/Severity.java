package athanor.contracts.picture;

/** What a finding means for the picture. */
public enum Severity {
    /** Good to know; the picture is fine. */
    HINT,
    /** Better replaced. */
    WARNING,
    /** Does more harm than good; leave it out unless there is a reason. */
    HARMFUL,
    /** Not taken. */
    REJECTED
}
