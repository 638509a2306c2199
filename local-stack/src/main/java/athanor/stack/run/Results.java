package athanor.stack.run;

import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a command leaves its results in: made before the work begins, so that a wrong one costs no run. */
public record Results(Path folder) {

    /** @throws StackProblem when nothing can be written there */
    public static Results in(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".athanor", null));
            return new Results(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** {@code name-2.png} and so on where there is a {@code name.png} already: nothing is overwritten. */
    public Path newFile(String name, String ending) {
        Path file = file(name + ending);
        for (int number = 2; Files.exists(file); number++) {
            file = file("%s-%d%s".formatted(name, number, ending));
        }
        return file;
    }

    public Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static StackProblem unwritable(Path folder, IOException e) {
        return new StackProblem(
                "the results cannot be written to %s (%s); name another folder with --out"
                        .formatted(folder, String.valueOf(e.getMessage())),
                e);
    }
}
