package athanor.stack.client;

import athanor.contracts.picture.Region;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A picture file of the user's folder.
 *
 * @param fileName how the run calls it; with its folder in front where pictures of several folders are one set
 * @param caption the words that lie in a file beside it
 * @param regions what a file beside it points out
 */
public record Photograph(String fileName, Path file, Optional<String> caption, List<Region> regions) {

    public Photograph {
        regions = List.copyOf(regions);
    }

    public Photograph(String fileName, Path file, Optional<String> caption) {
        this(fileName, file, caption, List.of());
    }

    /** The same under a name with something in front. */
    public Photograph below(String folder) {
        return new Photograph(folder + fileName, file, caption, regions);
    }

    public byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
