package athanor.contracts.recipe;

/** What kind of thing is learnt; decides what measures best where a recipe does not say. */
public enum SubjectKind {
    PERSON,
    CLOTHING,
    OBJECT,
    STYLE
}
