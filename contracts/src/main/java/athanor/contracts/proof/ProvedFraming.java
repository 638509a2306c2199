package athanor.contracts.proof;

import athanor.contracts.Check;

/**
 * A framing that was asked for.
 *
 * @param words that asked for it
 * @param delivered share of the pictures that have it
 */
public record ProvedFraming(String words, Estimate delivered) {

    public ProvedFraming {
        Check.text(words, "words");
        Check.present(delivered, "delivered");
    }
}
