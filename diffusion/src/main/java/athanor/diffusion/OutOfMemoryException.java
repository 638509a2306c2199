package athanor.diffusion;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for does not fit into the memory of the card, of the processor or of Java. Trying again does not help; less at
 * once does.
 *
 * <p>The one place that knows how libtorch, CUDA and Java say so.
 */
public final class OutOfMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String SENTENCE = "the memory does not suffice: ";

    /** Of a card, of libtorch's allocator on Linux and elsewhere, and of the libraries that libtorch calls on a card. */
    private static final List<String> SAID =
            List.of("out of memory", "can't allocate memory", "not enough memory", "STATUS_ALLOC_FAILED");

    /** @param known what is needed and what is there, where that can be told before it is tried */
    public OutOfMemoryException(String known) {
        super(SENTENCE + known);
    }

    private OutOfMemoryException(String said, Throwable cause) {
        super(SENTENCE + said, cause);
    }

    /** Does the work, and throws this where the work fails for want of memory. */
    public static <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (OutOfMemoryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw translated(e);
        } catch (OutOfMemoryError e) {
            throw new OutOfMemoryException(String.valueOf(e.getMessage()), e);
        }
    }

    private static RuntimeException translated(RuntimeException e) {
        String line = lineOf(e.getMessage());
        return line == null ? e : new OutOfMemoryException(line, e);
    }

    /** Of libtorch's long messages (where in the program, in which kernel) the line that tells. */
    private static @Nullable String lineOf(@Nullable String message) {
        return message == null
                ? null
                : message.lines()
                        .filter(line -> SAID.stream().anyMatch(line::contains))
                        .findFirst()
                        .map(String::strip)
                        .orElse(null);
    }
}
