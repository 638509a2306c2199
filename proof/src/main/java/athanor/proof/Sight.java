package athanor.proof;

/**
 * What somebody who can tell people sees in a picture.
 *
 * @param framing in the words of a prompt, {@code full body}; empty where the evidence is too weak
 * @param broken more than one figure, or a figure in parts
 */
public record Sight(String framing, boolean broken) {}
