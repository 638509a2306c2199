package athanor.contracts;

/**
 * How many class pictures of one size.
 */
public record ClassBatch(Size size, int count) {

    public ClassBatch {
        Check.present(size, "size");
        Check.atLeast(1, count, "count");
    }
}
