package athanor.stack;

/** Whoever watches a stack, told in words for people; does nothing by itself. */
public interface StackListener {

    /** @param part for example {@code Kafka} */
    default void ready(String part) {}

    /** A service ended by itself and is there again in a moment. */
    default void startedAgain(String sentence) {}

    /** Something ended that is not started again. */
    default void over(String sentence) {}
}
