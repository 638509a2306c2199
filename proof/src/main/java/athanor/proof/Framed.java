package athanor.proof;

/**
 * A framing that was asked for.
 *
 * @param words that asked for it
 * @param delivered share of the pictures that have it
 */
public record Framed(String words, Estimate delivered) {}
