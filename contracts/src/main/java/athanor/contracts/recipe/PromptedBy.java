package athanor.contracts.recipe;

/** How people will call the subject when they use the LoRA; decides which recipe measures best. */
public enum PromptedBy {
    /** By the rare token, the class stays the class. */
    TOKEN,
    /** By the class word alone, the class becomes the subject. */
    CLASS_WORD
}
