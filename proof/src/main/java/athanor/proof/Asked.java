package athanor.proof;

/** A picture to be drawn. */
public record Asked(String prompt, long seed) {}
