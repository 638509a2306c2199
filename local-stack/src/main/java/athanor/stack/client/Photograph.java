package athanor.stack.client;

import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture file of the user's folder.
 *
 * @param fileName how the run calls it; with its folder in front where pictures of several folders are one set
 * @param caption the words that lie in a file beside it
 */
public record Photograph(String fileName, Path file, Optional<String> caption) {

    public byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
